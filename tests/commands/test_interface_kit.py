"""The design system's files come without anything that would be fetched from elsewhere."""

from commands import interface_kit
from commands.paths import STATIC_KIT


def test_remote_fonts_are_taken_out_and_the_rest_stays():
    styles = '@charset "UTF-8";@font-face{src:url(https://example.org/a.woff2) format("woff2")}a{color:red}'

    assert interface_kit.without_remote_fonts(styles) == '@charset "UTF-8";a{color:red}'


def test_source_map_pointers_are_taken_out():
    assert interface_kit.without_source_map("run();\n//# sourceMappingURL=a.js.map\n").strip() == "run();"
    assert interface_kit.without_source_map("a{}\n/*# sourceMappingURL=a.css.map */").strip() == "a{}"


def test_installed_files_fetch_nothing():
    interface_kit.prepare()

    styles = (STATIC_KIT / interface_kit.STYLES).read_text(encoding="utf-8")
    assert ".nhsuk-button" in styles
    assert "http" not in styles.replace("http://www.w3.org/", "")
    assert "initAll" in (STATIC_KIT / interface_kit.SCRIPT).read_text(encoding="utf-8")
