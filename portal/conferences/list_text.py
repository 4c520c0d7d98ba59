"""From the bytes of a conference list to its lines and cells, whatever program wrote them."""

import codecs
import csv
import difflib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portal.conferences.list_cells import without_direction_marks
from portal.conferences.list_columns import COLUMN_NAMES, REASON_COLUMN
from portal.conferences.list_defects import THE_FILE, THE_LINE, Findings

LARGEST_FILE = 8_000_000
"""Bytes. Below the largest request the portal takes, so that who sends more reads why in our words."""
MOST_ROWS = 20_000
DELIMITERS = (",", ";", "\t")
_RUNS_IN_A_SPREADSHEET = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n\0])")


@dataclass(frozen=True)
class Row:
    """One line of the list: where it starts, its cells as written, and its values by column."""

    line: int
    cells: tuple[str, ...]
    values: Mapping[str, str]

    @property
    def conference_ref(self) -> str:
        return self.values["conference_ref"]


@dataclass(frozen=True)
class Sheet:
    """The list as rows. When it `is_refused`, nothing of it may be imported."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    missing: frozenset[str]
    is_refused: bool


REFUSED = Sheet((), (), frozenset(), is_refused=True)


def quoted_for_spreadsheets(cell: str) -> str:
    """Return the cell with an apostrophe in front when a spreadsheet would run it. Undone by `unquoted`."""
    return "'" + cell if _RUNS_IN_A_SPREADSHEET.match(cell) else cell


def unquoted(cell: str) -> str:
    """Return a cell of a left-out file as it was in the list."""
    return cell[1:] if cell.startswith("'") and _RUNS_IN_A_SPREADSHEET.match(cell) else cell


def decoded(raw: bytes, findings: Findings) -> str:
    """Return the text of the file: UTF-8, else UTF-16 with its mark, else Windows, with a notice."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        findings.note(1, THE_FILE, "not saved as UTF-8, so read as Windows text: check names with accents")
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        # Bytes that Windows does not know become control characters, which each cell then reports.
        return raw.decode("latin-1")


def delimiter_of(text: str) -> str:
    """Return what stands between the cells: whichever cuts the first line into most known columns."""
    first_line = text.lstrip("\r\n").splitlines()[:1] or [""]

    def known(delimiter: str) -> int:
        return sum(column_name(cell.strip('"')) in COLUMN_NAMES for cell in first_line[0].split(delimiter))

    return max(DELIMITERS, key=known)


def column_name(cell: str) -> str:
    """Return a heading as the portal spells it: lower case, underscores."""
    return re.sub(r"[\s-]+", "_", cell.strip().casefold())


def read_sheet(raw: bytes, findings: Findings) -> Sheet:
    """Return the rows of a list. What keeps a line, or the whole list, from being read goes to `findings`."""
    if len(raw) > LARGEST_FILE:
        findings.stop(1, THE_FILE, f"larger than {LARGEST_FILE // 1_000_000} MB: send the list in parts")
        return REFUSED
    text = decoded(raw, findings)
    lines = _lines(text, findings)
    _, heading = next(lines, (0, []))
    if not heading:
        findings.stop(1, THE_FILE, "the file is empty")
        return REFUSED
    header = tuple(column_name(cell) for cell in heading)
    if not set(header) & set(COLUMN_NAMES):
        findings.stop(1, THE_FILE, "the first line has no column names: start from the template")
        return REFUSED
    missing, is_refused = _check_header(header, findings)
    rows = _rows(header, lines, findings)
    if not rows:
        findings.stop(1, THE_FILE, "the list has no conferences below its headings")
    unreadable = any(found.stops_import and found.column == THE_FILE for found in findings.ordered())
    return Sheet(header, rows, missing, is_refused or unreadable)


def _lines(text: str, findings: Findings) -> Iterator[tuple[int, list[str]]]:
    delimiter = delimiter_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    width, line = 0, 1
    try:
        for cells in reader:
            width = width or len(cells)
            if any(cell.strip() for cell in cells):
                yield line, cells
            if _has_swallowed_lines(cells, reader.line_num - line, delimiter, width):
                _refuse_quotes(line, findings)
            line = reader.line_num + 1
    except csv.Error:
        _refuse_quotes(line, findings)


def _has_swallowed_lines(cells: list[str], extra_lines: int, delimiter: str, width: int) -> bool:
    # A quotation mark left open hides the lines after it, people among them: better to refuse the list.
    if not extra_lines:
        return False
    if len(cells) != width:
        return True
    # Sentences have a space after a comma; the cells of a swallowed line have none.
    between_cells = re.compile(re.escape(delimiter) + r"(?! )")
    parts = (part for cell in cells for part in cell.splitlines())
    return any(len(between_cells.findall(part)) >= width // 2 for part in parts)


def _refuse_quotes(line: int, findings: Findings) -> None:
    reason = "a quotation mark is in the wrong place, so the lines from here cannot be told apart"
    findings.stop(line, THE_FILE, f"{reason}: nothing is imported until it is put right")


def _check_header(header: tuple[str, ...], findings: Findings) -> tuple[frozenset[str], bool]:
    missing = frozenset(COLUMN_NAMES) - frozenset(header)
    twice = frozenset(name for name in COLUMN_NAMES if header.count(name) > 1)
    for name in COLUMN_NAMES:
        if name in missing:
            findings.stop(1, name, "this column is missing from the list")
        if name in twice:
            findings.stop(1, name, "this column is in the list more than once")
    for name in dict.fromkeys(header):
        if name and name not in COLUMN_NAMES and name != REASON_COLUMN:
            near = difflib.get_close_matches(name, sorted(missing), n=1)
            hint = f": did you mean {near[0]}?" if near else ": its cells are not read"
            findings.note(1, name[:60], f"not a column of a conference list{hint}")
    return missing, bool(missing or twice)


def _rows(
    header: tuple[str, ...], lines: Iterator[tuple[int, list[str]]], findings: Findings
) -> tuple[Row, ...]:
    rows: list[Row] = []
    is_coming_back = REASON_COLUMN in header
    for line, cells in lines:
        if len(rows) == MOST_ROWS:
            findings.stop(line, THE_FILE, f"more than {MOST_ROWS:,} lines: send the list in parts")
            break
        written = tuple(map(unquoted, cells)) if is_coming_back else tuple(cells)
        values = dict.fromkeys(COLUMN_NAMES, "") | {
            name: without_direction_marks(cell).strip()
            for name, cell in zip(header, written, strict=False)
            if name in COLUMN_NAMES
        }
        row = Row(line, written, values)
        _check_width(row, len(header), findings)
        _note_direction_marks(row, header, findings)
        rows.append(row)
    return tuple(rows)


def _note_direction_marks(row: Row, header: tuple[str, ...], findings: Findings) -> None:
    for name, cell in zip(header, row.cells, strict=False):
        if name in COLUMN_NAMES and cell != without_direction_marks(cell):
            reason = "has unseen marks that turn the order of letters round: they are left out"
            findings.note(row.line, name, reason, row.conference_ref)


def _check_width(row: Row, width: int, findings: Findings) -> None:
    if len(row.cells) < width:
        reason = f"ends early: {len(row.cells)} cells where the headings have {width}"
        findings.stop(row.line, THE_LINE, reason, row.conference_ref)
    elif any(cell.strip() for cell in row.cells[width:]):
        reason = "has more cells than there are headings: text with a comma needs quotation marks"
        findings.stop(row.line, THE_LINE, reason, row.conference_ref)
