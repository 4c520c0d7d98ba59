"""How dates, times, NHS numbers and counts read on a page."""

from datetime import date, datetime, time

from portal import clock

NHS_NUMBER_DIGITS = 10


def _day(moment: date | datetime) -> date:
    """The day in London: a moment late in a summer evening already belongs to tomorrow there."""
    return clock.local(moment).date() if isinstance(moment, datetime) else moment


def long_date(moment: date | datetime | None) -> str:
    """A day in full, "Thursday 10 December 2026"; nothing for None."""
    if moment is None:
        return ""
    day = _day(moment)
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def short_date(moment: date | datetime | None) -> str:
    """A day for tables and lists, "10 December 2026"; nothing for None."""
    if moment is None:
        return ""
    day = _day(moment)
    return f"{day.day} {day:%B} {day.year}"


def clock_time(moment: time | datetime | None) -> str:
    """A time of day in London on the 24-hour clock, "14:02"; nothing for None.

    A time without a day is taken as already local, as a conference's time is.
    """
    if moment is None:
        return ""
    local = clock.local(moment) if isinstance(moment, datetime) else moment
    return f"{local:%H:%M}"


def date_and_time(moment: datetime | None) -> str:
    """A moment in London, "10 December 2026 at 14:02"; nothing for None."""
    return f"{short_date(moment)} at {clock_time(moment)}" if moment else ""


def nhs_number(digits: str | None) -> str:
    """An NHS number in groups of 3, 3 and 4; anything that is not ten digits comes back unchanged."""
    if digits is None:
        return ""
    bare = digits.replace(" ", "")
    if len(bare) != NHS_NUMBER_DIGITS or not bare.isdigit():
        return digits
    return f"{bare[:3]} {bare[3:6]} {bare[6:]}"


def plural(count: int, singular: str, several: str | None = None) -> str:
    """A count with its noun: "1 report", "3 reports"; give the plural where it is irregular."""
    return f"{count:,} {singular if count == 1 else several or singular + 's'}"


def working_days_left(days: int) -> str:
    """How long is left, counted in working days; negative means overdue."""
    if days == 0:
        return "due today"
    if days > 0:
        return f"{plural(days, 'working day')} left"
    return f"{plural(-days, 'working day')} overdue"


FILTERS = {
    "long_date": long_date,
    "short_date": short_date,
    "clock_time": clock_time,
    "date_and_time": date_and_time,
    "nhs_number": nhs_number,
    "working_days_left": working_days_left,
    "plural": plural,
}
