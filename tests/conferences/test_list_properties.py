"""What holds for every list, sound or broken."""

import csv
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.conferences.list_columns import COLUMN_NAMES, REASON_COLUMN
from portal.conferences.list_reading import ListReading, read_list
from portal.conferences.list_text import quoted_for_spreadsheets, unquoted
from portal.conferences.list_writing import defect_lines, left_out_csv
from tests.support.lists.list_samples import DIRECTORY, TODAY, list_of, rows_of_one_conference

CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "",
            "0",
            "P1",
            "P9 P1",
            "yes",
            "2026-02-31",
            "31/12/2026",
            "25:00",
            "9.99E+09",
            "=1+1",
            "'=1",
            "subject",
        ]
    ),
)
CHANGES = st.lists(st.tuples(st.integers(0, 8), st.sampled_from(COLUMN_NAMES), CELLS), max_size=5)
FEW = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def three_conferences() -> list[dict[str, str]]:
    return [row for number in (1, 2, 3) for row in rows_of_one_conference(f"C-{number}")]


def read(raw: bytes) -> ListReading:
    return read_list(raw, DIRECTORY, TODAY)


def changed(changes: list[tuple[int, str, str]]) -> bytes:
    rows = three_conferences()
    for number, column, cell in changes:
        # A lone surrogate cannot stand in a file.
        rows[number][column] = cell.encode("utf-8", "replace").decode()
    return list_of(rows)


@FEW
@given(CHANGES)
def test_every_line_is_in_a_conference_or_left_out_and_none_in_both(changes):
    reading = read(changed(changes))

    came_in = [person.line for conference in reading.conferences for person in conference.people]
    stayed_out = [row.line for row in reading.left_out]

    assert len(set(came_in) | set(stayed_out)) == len(came_in) + len(stayed_out) == 9
    assert not {conference.ref for conference in reading.conferences} & {
        row.conference_ref for row in reading.left_out
    }


@FEW
@given(CHANGES)
def test_no_conference_with_a_defect_comes_in_and_none_stays_out_without_a_reason(changes):
    reading = read(changed(changes))

    defective = {found.conference_ref for found in reading.defects}

    assert not {conference.ref for conference in reading.conferences} & defective
    assert bool(reading.left_out) == bool(reading.defects)
    assert [found.line for found in reading.findings] == sorted(found.line for found in reading.findings)


@FEW
@given(CHANGES)
def test_left_out_file_holds_every_line_left_out_with_a_reason_and_reads_back_the_same(changes):
    reading = read(changed(changes))

    written = left_out_csv(reading)
    lines = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    again = read(written)

    assert len(lines) == len(reading.left_out)
    assert all(line[REASON_COLUMN] for line in lines)
    if not reading.is_refused and not again.is_refused:
        assert [row.cells[:-1] for row in again.left_out] == [
            row.cells for row in reading.left_out if row.conference_ref in ("", *again.left_out_refs)
        ]


@FEW
@given(st.binary(max_size=300), st.integers(0, 2500), st.integers(0, 2500))
def test_any_bytes_in_a_list_are_read_without_an_error(junk, start, end):
    raw = list_of(three_conferences())

    reading = read(raw[: min(start, end)] + junk + raw[max(start, end) :])

    assert len(defect_lines(reading)) == len(reading.defects)
    assert left_out_csv(reading)


@FEW
@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_an_error(raw):
    assert read(raw).conferences == ()


@given(st.text())
def test_quoting_for_spreadsheets_is_always_undone(cell):
    assert unquoted(quoted_for_spreadsheets(cell)) == cell
    assert quoted_for_spreadsheets(cell)[:1] not in ("=", "+", "-", "@", "\t", "\r")
