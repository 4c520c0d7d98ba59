"""How dates, numbers and counts read."""

from datetime import UTC, date, datetime, time

import pytest

from portal.web import words


def test_long_date_names_the_weekday():
    assert words.long_date(date(2026, 12, 10)) == "Thursday 10 December 2026"


def test_short_date_when_the_moment_is_already_tomorrow_in_london():
    assert words.short_date(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2 July 2026"


def test_clock_time_is_london_time_for_a_moment_and_as_given_for_a_time():
    assert words.clock_time(datetime(2026, 7, 1, 13, 2, tzinfo=UTC)) == "14:02"
    assert words.clock_time(time(9, 5)) == "09:05"


def test_date_and_time_reads_as_a_phrase():
    assert words.date_and_time(datetime(2026, 12, 10, 14, 2, tzinfo=UTC)) == "10 December 2026 at 14:02"


@pytest.mark.parametrize(
    "reading", [words.long_date, words.short_date, words.clock_time, words.date_and_time, words.nhs_number]
)
def test_nothing_reads_as_nothing(reading):
    assert reading(None) == ""


@pytest.mark.parametrize(
    ("digits", "reads"),
    [
        ("9991234567", "999 123 4567"),
        ("999 123 4567", "999 123 4567"),
        ("99912", "99912"),
        ("٩٩٩١٢٣٤٥٦٧x", "٩٩٩١٢٣٤٥٦٧x"),
    ],
)
def test_nhs_number_is_spaced_only_when_it_has_ten_digits(digits, reads):
    assert words.nhs_number(digits) == reads


@pytest.mark.parametrize(
    ("days", "reads"),
    [
        (0, "due today"),
        (1, "1 working day left"),
        (5, "5 working days left"),
        (-1, "1 working day overdue"),
        (-2, "2 working days overdue"),
    ],
)
def test_working_days_left_reads_as_a_phrase(days, reads):
    assert words.working_days_left(days) == reads


def test_plural_takes_an_irregular_form():
    assert words.plural(1, "child", "children") == "1 child"
    assert words.plural(2000, "child", "children") == "2,000 children"
    assert words.plural(0, "report") == "0 reports"
