"""The only reader of the time; it can be moved in tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_moved_by = timedelta(0)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC) + _moved_by


def today() -> date:
    """The present day in Europe/London, the only calendar that due dates know."""
    return now().astimezone(LONDON).date()


def local(moment: datetime) -> datetime:
    """`moment` on the clocks of England."""
    return moment.astimezone(LONDON)


def set_to(moment: datetime) -> None:
    """Move the clock so that it reads `moment` now and goes on from there. For tests."""
    global _moved_by
    _moved_by = moment - datetime.now(UTC)


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Within the block the clock starts at `moment`. For tests."""
    global _moved_by
    before = _moved_by
    set_to(moment)
    try:
        yield
    finally:
        _moved_by = before
