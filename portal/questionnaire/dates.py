"""Dates as well as they are known, read from what was typed into day, month and year."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ABOUT, NOT_KNOWN = "about", "not_known"


@dataclass(frozen=True)
class ApproximateDate:
    """A date to the day, month or year; `is_about` when the writer says it is approximate."""

    year: int
    month: int | None = None
    day: int | None = None
    is_about: bool = False

    @property
    def earliest(self) -> date:
        """Return the first day it can mean: for sorting."""
        return date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        month = MONTHS[self.month - 1] if self.month else None
        words = " ".join(str(part) for part in (self.day, month, self.year) if part)
        return f"about {words}" if self.is_about else words


@dataclass(frozen=True)
class TypedDate:
    """The parts of a date as typed, and the two boxes beside them."""

    day: str
    month: str
    year: str
    marks: frozenset[str]

    @classmethod
    def read(cls, name: str, typed: Callable[[str], str], ticked: Callable[[str], list[str]]) -> "TypedDate":
        """Read one date's fields (`name`-day, -month, -year, -mark)."""
        day, month, year = (typed(f"{name}-{part}").strip() for part in ("day", "month", "year"))
        return cls(day, month, year, frozenset(ticked(f"{name}-mark")))

    @property
    def is_not_known(self) -> bool:
        """Say whether the writer ticked "not known"."""
        return NOT_KNOWN in self.marks

    @property
    def words(self) -> str:
        """Return what was typed, joined."""
        return " ".join(part for part in (self.day, self.month, self.year) if part)

    @property
    def value(self) -> ApproximateDate | None:
        """Return the date, or None when nothing real was typed."""
        month = _month(self.month)
        if (
            not _is_digits(self.year, 4)
            or month == 0
            or (self.day and (not month or not _is_digits(self.day, 2)))
        ):
            return None
        found = ApproximateDate(
            int(self.year), month, int(self.day) if self.day else None, ABOUT in self.marks
        )
        try:
            is_real = found.earliest.year >= 1900 and found.day != 0
        except ValueError:
            return None
        return found if is_real else None


def _is_digits(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= most


def _month(text: str) -> int | None:
    """Return 1 to 12, None when nothing was typed, 0 when it is no month. Names need three letters."""
    if not text:
        return None
    if _is_digits(text, 2):
        return int(text) if 1 <= int(text) <= 12 else 0
    matches = [
        n for n, name in enumerate(MONTHS, 1) if len(text) >= 3 and name.lower().startswith(text.lower())
    ]
    return matches[0] if matches else 0
