"""Tests of dates as well as they are known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.questionnaire.dates import TypedDate


def typed_date(day="", month="", year="", marks=()):
    return TypedDate(day, month, year, frozenset(marks))


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (("3", "3", "2026"), "3 March 2026"),
        (("03", "mar", "2026"), "3 March 2026"),
        (("", "12", "2025"), "December 2025"),
        (("", "", "1999"), "1999"),
    ],
)
def test_date_reads_as_well_as_it_is_known(parts, words):
    assert str(typed_date(*parts).value) == words


def test_approximate_date_says_so():
    assert str(typed_date("", "5", "2024", ["about"]).value) == "about May 2024"


@pytest.mark.parametrize(
    "parts",
    [
        *(("31", "2", "2026"), ("0", "1", "2026"), ("1", "", "2026"), ("1", "13", "2026"), ("1", "1", "26")),
        *(("1", "1", ""), ("x", "1", "2026"), ("1", "ma", "2026"), ("1", "1", "0000"), ("١", "1", "2026")),
        ("1", "1", "1899"),
    ],
)
def test_date_that_is_not_real_has_no_value(parts):
    assert typed_date(*parts).value is None


@given(st.dates(min_value=date(1900, 1, 1)))
def test_every_real_date_is_read_back(day):
    assert typed_date(str(day.day), str(day.month), f"{day.year:04}").value.earliest == day


@given(st.text(max_size=6), st.text(max_size=6), st.text(max_size=6))
def test_nothing_typed_raises(day, month, year):
    value = typed_date(day, month, year).value
    assert value is None or value.earliest.year >= 1900
