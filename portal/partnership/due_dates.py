"""When a report is due, and by when a conference must be held."""

from dataclasses import dataclass
from datetime import date, time

from portal.partnership.working_days import add_working_days, previous_working_day

NOON = time(12)
CONFERENCE_WORKING_DAYS = 15


# What an authority starts with until it sets its own numbers, in working days before the conference.
USUAL_DAYS_BEFORE = {"initial": 3, "pre-birth": 3, "transfer-in": 3, "review": 5}

# The conference types whose 15 working days begin with a strategy discussion.
STARTED_BY_STRATEGY_DISCUSSION = frozenset({"initial", "pre-birth", "transfer-in"})


@dataclass(frozen=True)
class Due:
    """When a report is due: a day, and an hour only at short notice (both Europe/London).

    Without an hour the whole day counts. At short notice without an hour it is due at once.
    """

    on: date
    at: time | None
    is_short_notice: bool


def due(
    conference_type: str,
    conference_date: date,
    booked_on: date,
    days_before: int,
    *,
    booked_at: time | None = None,
) -> Due:
    """Return when a report is due for a conference booked on `booked_on`.

    The due day is `days_before` working days (the authority's setting) before the conference. When that day
    is the day of booking or past, it is noon of the last working day before the conference, at short notice.
    When that noon has passed too (`booked_at` tells, on the day itself), it is due at once: today, no hour.
    Raises ValueError for an unknown type or a negative number of days, which are mistakes in the caller.
    """
    if conference_type not in USUAL_DAYS_BEFORE:
        raise ValueError(f"{conference_type!r} is not a type of conference")
    if days_before < 0:
        raise ValueError("days_before is a number of working days, 0 or more")
    usual = add_working_days(conference_date, -days_before)
    if usual > booked_on:
        return Due(usual, None, is_short_notice=False)
    last = previous_working_day(conference_date)
    noon_is_past = last < booked_on or (last == booked_on and booked_at is not None and booked_at >= NOON)
    if noon_is_past:
        return Due(booked_on, None, is_short_notice=True)
    return Due(last, NOON, is_short_notice=True)


def conference_time_limit(strategy_discussion_date: date) -> date:
    """Return the last day for an initial, pre-birth or transfer-in conference: 15 working days on.

    The day of the strategy discussion counts as 0. Source: Working Together to Safeguard Children 2023.
    """
    return add_working_days(strategy_discussion_date, CONFERENCE_WORKING_DAYS)
