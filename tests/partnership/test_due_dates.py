"""When a report is due, near and far from the conference."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.partnership.due_dates import (
    NOON,
    USUAL_DAYS_BEFORE,
    Due,
    conference_time_limit,
    due,
)
from portal.partnership.working_days import is_working_day

DAYS = st.dates(date(2025, 1, 1), date(2035, 12, 31))
THURSDAY = date(2026, 12, 10)


@pytest.mark.parametrize(
    ("conference_type", "expected"),
    [
        ("initial", date(2026, 12, 7)),
        ("pre-birth", date(2026, 12, 7)),
        ("transfer-in", date(2026, 12, 7)),
        ("review", date(2026, 12, 3)),
    ],
)
def test_due_by_conference_type(conference_type, expected):
    days_before = USUAL_DAYS_BEFORE[conference_type]

    found = due(conference_type, THURSDAY, date(2026, 11, 23), days_before)

    assert found == Due(expected, None, is_short_notice=False)


@pytest.mark.parametrize("booked_on", [date(2026, 12, 7), date(2026, 12, 8), date(2026, 12, 9)])
def test_due_is_noon_of_the_last_working_day_when_the_usual_day_is_booking_day_or_past(booked_on):
    assert due("initial", THURSDAY, booked_on, 3) == Due(date(2026, 12, 9), NOON, is_short_notice=True)


def test_due_keeps_the_usual_day_when_booked_the_day_before_it():
    assert due("initial", THURSDAY, date(2026, 12, 6), 3) == Due(
        date(2026, 12, 7), None, is_short_notice=False
    )


@pytest.mark.parametrize(
    ("booked_at", "expected_at"), [(time(11, 59), NOON), (time(12), None), (time(16, 30), None)]
)
def test_due_on_the_day_before_the_conference_depends_on_whether_noon_has_passed(booked_at, expected_at):
    found = due("initial", THURSDAY, date(2026, 12, 9), 3, booked_at=booked_at)

    assert found == Due(date(2026, 12, 9), expected_at, is_short_notice=True)


@pytest.mark.parametrize("booked_on", [THURSDAY, date(2026, 12, 11)])
def test_due_at_once_when_the_conference_is_today_or_over(booked_on):
    assert due("review", THURSDAY, booked_on, 5) == Due(booked_on, None, is_short_notice=True)


def test_due_at_once_when_booked_on_the_weekend_before_a_monday_conference():
    saturday, monday = date(2026, 12, 12), date(2026, 12, 14)

    assert due("initial", monday, saturday, 3) == Due(saturday, None, is_short_notice=True)


def test_due_over_christmas_skips_the_bank_holidays():
    found = due("initial", date(2026, 12, 30), date(2026, 12, 1), 3)

    assert found.on == date(2026, 12, 23)


def test_due_refuses_an_unknown_type_and_negative_days():
    with pytest.raises(ValueError, match="first"):
        due("first", THURSDAY, THURSDAY, 3)
    with pytest.raises(ValueError, match="days_before"):
        due("initial", THURSDAY, THURSDAY, -1)


def test_conference_time_limit_is_15_working_days_over_new_year():
    assert conference_time_limit(date(2026, 12, 16)) == date(2027, 1, 11)


@given(DAYS, DAYS, st.integers(0, 10))
def test_due_is_never_before_booking_nor_after_a_conference_ahead(conference_date, booked_on, days_before):
    found = due("initial", conference_date, booked_on, days_before)

    assert found.on >= booked_on
    if conference_date >= booked_on:
        assert found.on <= conference_date
    if not found.is_short_notice and days_before:
        assert is_working_day(found.on)
