import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.documents.fonts import coverage
from portal.documents.printable import Printer, without_hidden


@pytest.mark.parametrize(
    "text",
    [
        "Zażółć gęślą jaźń",
        "Ștefan, Çağrı, Đặng, Ólafur",
        "عربي ٹ پ چ گ",
        "می\u200cخواهم",
        "हिन्दी नमस्ते",
        "αβ ЖЇ אב ไทย ✓ ☐ ≥ £ €",
    ],
)
def test_text_is_unchanged_when_a_font_has_every_character(text):
    printer = Printer()

    assert printer.printable(text, "Health") == text
    assert printer.unprintable() == ()


def test_unprintable_character_is_marked_and_explained_with_every_section():
    printer = Printer()

    shown = [printer.printable("a 😀 b 中 😀", "Health"), printer.printable("😀", "Worries")]

    assert shown == ["a [?1] b [?2] [?1]", "[?1]"]
    first, second = printer.unprintable()
    assert first.explanation == "[?1] stands for GRINNING FACE (U+1F600). Section: Health; Worries."
    assert (second.code, second.sections) == ("U+4E2D", ("Health",))


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u200b", "\x00", "\x07", "\ufeff", "\ufe0f", "\xad"])
def test_hidden_characters_are_dropped(hidden):
    assert Printer().printable(f"a{hidden}b", "x") == "ab"


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_line_breaks_become_one_kind(line_break):
    assert Printer().printable(f"a{line_break}b", "x") == "a\nb"
    assert without_hidden(f"a{line_break}b") == "a\nb"


def test_decomposed_letters_are_composed():
    assert Printer().printable("z\u0307", "x") == "ż"


def test_tower_of_marks_is_taken_down_so_that_it_hides_no_other_line():
    shown = Printer().printable("a" + "\u0301" * 30, "x")

    assert shown.startswith("á")
    assert shown.count("[?1]") == 29


def test_lone_surrogate_and_private_use_are_marked():
    printer = Printer()

    assert printer.printable("\ud800\ue000", "x") == "[?1][?2]"
    assert not [point for font in coverage() for point in font if unicodedata.category(chr(point)) == "Co"]


def test_words_original_text_stays_but_for_control_and_bidi_characters():
    assert without_hidden("👨\u200d👩 ✔\ufe0f\u202e\x00\x08 中\ud800") == "👨\u200d👩 ✔\ufe0f 中\ufffd"


def test_cautious_printing_marks_every_combination():
    assert Printer(cautious=True).printable("ab q\u0323 ✓", "x") == "ab q[?1] [?2]"


@given(st.text())
def test_every_printed_character_is_in_some_font(text):
    shown = Printer().printable(text, "x")

    assert all(
        character in "\n \u200c\u200d" or any(ord(character) in font for font in coverage())
        for character in shown
    )
