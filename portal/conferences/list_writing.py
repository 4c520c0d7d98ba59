"""Writing a conference list back: left-out lines with reasons, defects as text, a list at later dates."""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta

from portal.conferences import list_cells as cells
from portal.conferences.list_columns import REASON_COLUMN
from portal.conferences.list_defects import THE_FILE, Defect, Findings
from portal.conferences.list_reading import ListReading
from portal.conferences.list_text import Row, delimiter_of, quoted_for_spreadsheets, read_sheet
from portal.partnership.working_days import add_working_days

WEEK = timedelta(weeks=1)
DAYS_AHEAD = 5
MOST_REASONS = 5
MOVING_COLUMNS = ("strategy_discussion_date", "conference_date", "expected_delivery_date")


def defect_lines(reading: ListReading) -> tuple[str, ...]:
    """Return what stops the import, each as `line N, column: reason`, by line."""
    return tuple(map(str, reading.defects))


def notice_lines(reading: ListReading) -> tuple[str, ...]:
    """Return what is worth knowing and stops nothing, each as `line N, column: reason`, by line."""
    return tuple(map(str, reading.notices))


def left_out_csv(reading: ListReading) -> bytes:
    """Return the left-out lines as a CSV file to correct and send again, the reasons in the last column.

    UTF-8 with a mark, so that spreadsheets show accents. Cells that a spreadsheet would run get an
    apostrophe in front; reading the file back takes it off again, so no text is changed.
    """
    page = io.StringIO(newline="")
    writer = csv.writer(page)
    header = [name for name in reading.header if name != REASON_COLUMN]
    writer.writerow([*map(quoted_for_spreadsheets, header), REASON_COLUMN])
    reasons = _Reasons(reading)
    for row in reading.left_out:
        listed, surplus = _without_old_reasons(row, reading.header)
        written = [*listed, reasons.of(row), *surplus]
        writer.writerow(map(quoted_for_spreadsheets, written))
    return page.getvalue().encode("utf-8-sig")


def _without_old_reasons(row: Row, header: tuple[str, ...]) -> tuple[list[str], list[str]]:
    width = len(header)
    padded = [*row.cells, *[""] * (width - len(row.cells))]
    listed = [cell for name, cell in zip(header, padded, strict=False) if name != REASON_COLUMN]
    return listed, padded[width:]


class _Reasons:
    """Why each line stays out, looked up by line and by conference."""

    def __init__(self, reading: ListReading) -> None:
        self._by_line: dict[int, list[Defect]] = {}
        self._by_conference: dict[str, list[Defect]] = {}
        for found in reading.defects:
            if found.column != THE_FILE:
                self._by_line.setdefault(found.line, []).append(found)
            self._by_conference.setdefault(found.conference_ref, []).append(found)
        of_the_list = [found for found in reading.defects if found.column == THE_FILE or found.line == 1]
        self._of_the_list = of_the_list if reading.is_refused else []

    def of(self, row: Row) -> str:
        if row.line in self._by_line:
            return "; ".join(f"{found.column}: {found.reason}" for found in self._by_line[row.line])
        if row.conference_ref in self._by_conference:
            return "another line of this conference: " + _told(self._by_conference[row.conference_ref])
        if self._of_the_list:
            return "the list was not read: " + _told(self._of_the_list)
        return "a line next to this conference has no conference_ref and may belong to it"


def _told(defects: Sequence[Defect]) -> str:
    more = len(defects) - MOST_REASONS
    told = "; ".join(map(str, defects[:MOST_REASONS]))
    return f"{told}; and {more} more" if more > 0 else told


def shift_dates(raw: bytes, anchor: date, days_ahead: int = DAYS_AHEAD) -> bytes:
    """Return the list moved by whole weeks so that no conference is less than `days_ahead` working days off.

    For demonstrations. Counted from `anchor`; dates are never moved earlier. Conference, strategy and
    expected delivery dates move together, birth dates stay. What is not a date stays as it is. Raises
    ValueError when the list cannot be read or has no conference date.
    """
    sheet = read_sheet(raw, Findings())
    days = [found for row in sheet.rows if (found := _day(row.values["conference_date"]))]
    if sheet.is_refused or not days:
        raise ValueError("this is not a conference list with dates")
    earliest = add_working_days(anchor, days_ahead)
    weeks = max(0, -((min(days) - earliest) // WEEK))
    page = io.StringIO(newline="")
    writer = csv.writer(page, delimiter=_delimiter(raw))
    writer.writerow(sheet.header)
    for row in sheet.rows:
        pairs = zip(sheet.header, row.cells, strict=False)
        writer.writerow([_moved(name, cell, weeks * WEEK) for name, cell in pairs])
    return page.getvalue().encode()


def _delimiter(raw: bytes) -> str:
    return delimiter_of(raw[:10_000].decode("utf-8-sig", errors="replace"))


def _day(text: str) -> date | None:
    try:
        return cells.day(text)
    except cells.CellRefused:
        return None


def _moved(column: str, cell: str, by: timedelta) -> str:
    day = _day(cell.strip()) if column in MOVING_COLUMNS else None
    return (day + by).isoformat() if day else cell
