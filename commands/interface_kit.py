"""The NHS design system's compiled CSS and JavaScript, from a hash-pinned wheel into portal/static/nhsuk."""

import hashlib
import re
import shutil
import tempfile
from pathlib import Path

from commands.environment import run_pip
from commands.failure import Failure
from commands.locks import held
from commands.paths import PYTHON, REQUIREMENTS, STATIC_KIT, VAR, make_var

LOCK = REQUIREMENTS / "interface-kit.txt"
# Python's package index has the compiled files inside this package only; its Python code is not used.
PACKAGE = "wagtail-nhsuk-frontend==2.1.0"
STYLES = "nhsuk-frontend.min.css"
SCRIPT = "nhsuk-frontend.min.js"
STAMP = "installed.txt"


def prepare() -> None:
    """Put the kit's two files in place; quick when they are. Raises Failure when they cannot be had."""
    make_var()
    wanted = _stamp()
    if _installed() == wanted:
        return
    with held(VAR / "interface-kit.lock"), tempfile.TemporaryDirectory(dir=VAR) as scratch:
        if _installed() == wanted:
            return
        package = Path(scratch) / "package"
        _download(package)
        _put_in_place(package, wanted)


def without_remote_fonts(styles: str) -> str:
    """Return the style sheet without its @font-face rules: those fetch fonts from another site.

    Our pages may load nothing from elsewhere, and the font's licence covers nhs.uk addresses only.
    """
    return re.sub(r"@font-face\s*\{[^}]*\}", "", styles)


def without_source_map(text: str) -> str:
    """Return the text without its pointer to a source map, a file that is not shipped."""
    text = re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE)
    return re.sub(r"/\*# sourceMappingURL=[^*]*\*/", "", text)


def _download(folder: Path) -> None:
    locked = ("--require-hashes", "--no-deps", "--no-compile", "--requirement", LOCK)
    run_pip(PYTHON, "install", "--target", folder, *locked)


def _put_in_place(package: Path, wanted: str) -> None:
    """Write both files and the stamp beside the old folder, then swap: nobody sees a half-made folder."""
    finished = STATIC_KIT.with_name(".nhsuk-new")
    shutil.rmtree(finished, ignore_errors=True)
    finished.mkdir(parents=True)
    styles = without_remote_fonts(_only_file(package, "nhsuk-frontend-*.min.css"))
    (finished / STYLES).write_text(without_source_map(styles), encoding="utf-8")
    script = _only_file(package, "nhsuk-frontend-*.min.js")
    (finished / SCRIPT).write_text(without_source_map(script), encoding="utf-8")
    (finished / STAMP).write_text(wanted, encoding="utf-8")
    shutil.rmtree(STATIC_KIT, ignore_errors=True)
    finished.rename(STATIC_KIT)


def _only_file(package: Path, pattern: str) -> str:
    found = list(package.rglob(pattern))
    if len(found) != 1:
        raise Failure(f"{PACKAGE} holds {len(found)} files named {pattern}; exactly one was expected.")
    return found[0].read_text(encoding="utf-8")


def _stamp() -> str:
    """The digest of the lock and of this file: a change in either takes the files again."""
    return hashlib.sha256(LOCK.read_bytes() + Path(__file__).read_bytes()).hexdigest() + "\n"


def _installed() -> str:
    complete = all((STATIC_KIT / name).exists() for name in (STYLES, SCRIPT, STAMP))
    return (STATIC_KIT / STAMP).read_text(encoding="utf-8") if complete else ""
