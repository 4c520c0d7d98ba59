"""Cleaning what is typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.web.typed_text import clean_line, clean_text


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\x00b\x07c\x1b[31m\ufeff", "abc[31m"),
        ("\n\n  kept\t \n", "\n\n  kept\t \n"),
        ("cafe\u0301 Łódź", "caf\u00e9 Łódź"),
        ("👨\u200d👩\u200d👧 عربي", "👨\u200d👩\u200d👧 عربي"),
    ],
)
def test_clean_text_keeps_what_is_seen(typed, cleaned):
    assert clean_text(typed) == cleaned


def test_clean_text_keeps_an_ideograph_that_composing_would_redraw():
    assert clean_text("\ufa19") == "\ufa19"
    assert unicodedata.normalize("NFC", "\ufa19") != "\ufa19"


@given(st.text())
def test_clean_text_changes_nothing_the_second_time(typed):
    assert clean_text(clean_text(typed)) == clean_text(typed)


@given(st.text())
def test_clean_line_is_one_line_without_controls(typed):
    cleaned = clean_line(typed)
    assert not any(unicodedata.category(character) == "Cc" for character in cleaned)
    assert cleaned == cleaned.strip()
