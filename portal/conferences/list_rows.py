"""Reading the cells of one line, each at most once, with every finding told for that line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from portal.conferences import list_cells as cells
from portal.conferences.list_columns import COLUMN_NAMES
from portal.conferences.list_defects import Findings
from portal.conferences.list_text import Row

Value = TypeVar("Value")


@dataclass(frozen=True)
class Directory:
    """What the authority already knows: practice code to name, and the e-mails of chairs and nurses."""

    practices: Mapping[str, str]
    chair_emails: frozenset[str]
    nurse_emails: frozenset[str]


@dataclass
class LineReader:
    """One line of the list. A cell that is empty or refused reads as None; `is_bad` tells them apart.

    Nothing is told about the columns in `absent`: that the list lacks them has been said once.
    """

    row: Row
    findings: Findings
    absent: frozenset[str] = frozenset()
    bad: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for column in COLUMN_NAMES:
            problem = cells.writing_problem(column, self.row.values[column])
            if problem:
                self.stop(column, problem)

    @property
    def line(self) -> int:
        return self.row.line

    @property
    def conference_ref(self) -> str:
        return self.row.conference_ref

    def text(self, column: str) -> str:
        """Return what the cell says, without the spaces round it."""
        return self.row.values[column]

    def stop(self, column: str, reason: str) -> None:
        """Record a defect of this line that keeps its conference out."""
        self.bad.add(column)
        if column not in self.absent:
            self.findings.stop(self.line, column, reason, self.conference_ref)

    def note(self, column: str, reason: str) -> None:
        """Record a notice about this line."""
        if column not in self.absent:
            self.findings.note(self.line, column, reason, self.conference_ref)

    def is_bad(self, column: str) -> bool:
        """Return whether a defect has been found in this cell."""
        return column in self.bad

    def needs(self, *columns: str) -> None:
        """Record each of these cells that is empty."""
        for column in columns:
            if not self.text(column):
                self.stop(column, "missing")

    def value(self, column: str, parse: Callable[[str], Value]) -> Value | None:
        """Return the value of the cell, or None when it is empty or bad."""
        if not self.text(column) or self.is_bad(column):
            return None
        try:
            return parse(self.text(column))
        except cells.CellRefused as refused:
            self.stop(column, str(refused))
            return None

    def day(self, column: str) -> date | None:
        """Return the date in the cell; says so when a spreadsheet has rewritten it."""
        found = self.value(column, cells.day)
        if found and cells.is_day_first(self.text(column)):
            self.note(column, f"read as day, month, year: {cells.YEAR_MONTH_DAY}")
        return found

    def known_email(self, column: str, known: frozenset[str], unknown: str) -> str:
        """Return the address when it is one of `known` (compared without case), else record `unknown`."""
        address = self.value(column, cells.email_address) or ""
        if not address or address in known:
            return address
        if address not in {email.casefold() for email in known}:
            self.stop(column, unknown)
            return ""
        return address
