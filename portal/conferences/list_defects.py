"""What is wrong, or worth knowing, in a conference list: line, column and reason in plain words."""

from dataclasses import dataclass

from portal.conferences.list_columns import COLUMN_NAMES

# The column named when the trouble is the file or a whole line.
THE_FILE = "file"
THE_LINE = "line"

_PLACE = {name: place for place, name in enumerate(COLUMN_NAMES)}


@dataclass(frozen=True)
class Defect:
    """One finding. Lines are physical lines of the file, from 1; a notice does not stop the import.

    `conference_ref` is empty when the finding is about the file or about a line without a reference.
    Reasons quote no names, birth dates or NHS numbers: they are printed on terminals.
    """

    line: int
    column: str
    reason: str
    conference_ref: str
    stops_import: bool

    def __str__(self) -> str:
        return f"line {self.line}, {self.column}: {self.reason}"


class Findings:
    """Gathers findings while a list is read, so that all are told at once."""

    def __init__(self) -> None:
        self._found: dict[Defect, None] = {}

    def stop(self, line: int, column: str, reason: str, conference_ref: str = "") -> None:
        """Record a defect that keeps the conference (or, without one, the list) out."""
        self._found[Defect(line, column, reason, conference_ref, stops_import=True)] = None

    def note(self, line: int, column: str, reason: str, conference_ref: str = "") -> None:
        """Record something to know that keeps nothing out."""
        self._found[Defect(line, column, reason, conference_ref, stops_import=False)] = None

    def ordered(self) -> tuple[Defect, ...]:
        """Return every finding once, by line, then in the order of the columns."""
        return tuple(sorted(self._found, key=lambda found: (found.line, _PLACE.get(found.column, -1))))
