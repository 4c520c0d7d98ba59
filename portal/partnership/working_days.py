"""The working-day calendar: Monday to Friday, less the bank holidays of England and Wales."""

from datetime import date, timedelta
from functools import cache

import holidays

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Return the bank holidays of one year, substitute days included.

    Source: the `holidays` library, which follows the Banking and Financial Dealings Act 1971 and the royal
    proclamations. Years are worked out when first asked for, so starting up costs nothing.
    """
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Return whether offices are open on this day (a date in Europe/London)."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """Return the working day that lies `count` working days after `day`, or before it when negative.

    The day itself counts as 0, so 0 returns it unchanged, working day or not.
    """
    step = ONE_DAY if count > 0 else -ONE_DAY
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def previous_working_day(day: date) -> date:
    """Return the last working day before this day."""
    return add_working_days(day, -1)


def working_days_between(start: date, end: date) -> int:
    """Return how many working days are left from `start` until `end`; negative once `end` has passed.

    `start` counts as 0. The answer undoes `add_working_days`: counting from `day` to
    `add_working_days(day, n)` always gives n.
    """
    step = ONE_DAY if end > start else -ONE_DAY
    counted = 0
    day = start
    while day != end:
        day += step
        counted += is_working_day(day)
    return counted if end > start else -counted
