"""The working-day calendar against the published bank holidays of England and Wales."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import clock
from portal.partnership.working_days import (
    add_working_days,
    bank_holidays,
    is_working_day,
    previous_working_day,
    working_days_between,
)

DAYS = st.dates(date(2024, 1, 1), date(2034, 12, 31))
COUNTS = st.integers(-260, 260)

# As published on gov.uk/bank-holidays, weekdays only.
PUBLISHED = {
    2026: ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"],
    2027: ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"],
    2028: ["01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"],
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_bank_holidays_are_those_published(year):
    weekdays = sorted(day for day in bank_holidays(year) if day.weekday() < 5)

    assert weekdays == [date.fromisoformat(f"{year}-{day}") for day in PUBLISHED[year]]


@pytest.mark.parametrize("years_ahead", [0, 1, 2])
def test_bank_holidays_are_known_for_the_next_two_years(years_ahead):
    year = clock.today().year + years_ahead

    weekdays = [day for day in bank_holidays(year) if day.weekday() < 5]

    assert len(weekdays) >= 8


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 12, 24), 1, date(2026, 12, 29)),
        (date(2026, 12, 29), -1, date(2026, 12, 24)),
        (date(2027, 1, 4), -3, date(2026, 12, 29)),
        (date(2027, 3, 25), 1, date(2027, 3, 30)),
        (date(2027, 3, 30), -5, date(2027, 3, 19)),
        (date(2026, 11, 28), 0, date(2026, 11, 28)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), -1, date(2026, 11, 27)),
    ],
)
def test_add_working_days_over_christmas_easter_and_weekends(day, count, expected):
    assert add_working_days(day, count) == expected


def test_working_days_between_when_the_end_is_today_ahead_or_past():
    friday, monday = date(2026, 11, 27), date(2026, 11, 30)

    assert working_days_between(friday, friday) == 0
    assert working_days_between(friday, monday) == 1
    assert working_days_between(monday, friday) == -1


def test_previous_working_day_when_the_day_follows_a_bank_holiday():
    assert previous_working_day(date(2027, 3, 30)) == date(2027, 3, 25)


@given(DAYS, COUNTS)
def test_working_days_between_undoes_add_working_days(day, count):
    assert working_days_between(day, add_working_days(day, count)) == count


@given(DAYS, COUNTS.filter(bool))
def test_add_working_days_always_gives_a_working_day(day, count):
    assert is_working_day(add_working_days(day, count))


@given(DAYS, st.integers(0, 100), st.integers(0, 100))
def test_add_working_days_in_two_steps_is_one_step(day, first, second):
    assert add_working_days(add_working_days(day, first), second) == add_working_days(day, first + second)


@given(DAYS)
def test_previous_working_day_has_only_days_off_after_it(day):
    previous = previous_working_day(day)

    between = [previous + timedelta(n) for n in range(1, (day - previous).days)]

    assert previous < day
    assert not any(map(is_working_day, between))
