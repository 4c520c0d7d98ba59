"""Reading the bytes of a list: encodings, delimiters, headings, quotation marks, line numbers, limits."""

import csv
import io

import pytest

from portal.conferences.list_columns import COLUMN_NAMES
from portal.conferences.list_reading import ListReading, read_list
from portal.conferences.list_text import LARGEST_FILE, MOST_ROWS, quoted_for_spreadsheets, unquoted
from tests.support.lists.list_samples import DIRECTORY, TODAY, found_at, list_of, rows_of_one_conference


def read(raw: bytes) -> ListReading:
    return read_list(raw, DIRECTORY, TODAY)


def named_rows(name: str) -> list[dict[str, str]]:
    return [row | {"family_name": name} for row in rows_of_one_conference()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_list_in_unicode_is_read_without_a_notice(encoding):
    raw = list_of(named_rows("Łukasik")).decode().encode(encoding)

    reading = read(raw)

    assert reading.findings == ()
    assert reading.conferences[0].people[0].family_name == "Łukasik"


def test_list_in_windows_text_is_read_with_a_notice():
    raw = list_of(named_rows("Gonçalves")).decode().encode("cp1252")

    reading = read(raw)

    assert reading.defects == ()
    assert found_at(reading.notices, 1, "file").startswith("not saved as UTF-8")
    assert reading.conferences[0].people[0].family_name == "Gonçalves"


def test_bytes_of_no_encoding_are_told_at_their_cell():
    raw = list_of(rows_of_one_conference()).replace(b"Sam", b"S\x81m")

    reading = read(raw)

    assert found_at(reading.defects, 2, "given_names").startswith("has a character that cannot be read")


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_are_read(delimiter):
    raw = list_of(rows_of_one_conference(), delimiter=delimiter)

    reading = read(raw)

    assert reading.findings == ()
    assert len(reading.conferences) == 1


def test_reordered_columns_are_read_the_same():
    rows = rows_of_one_conference()

    reading = read(list_of(rows, columns=reversed(COLUMN_NAMES)))

    assert reading.findings == ()
    assert reading.conferences == read(list_of(rows)).conferences


@pytest.mark.parametrize("column", COLUMN_NAMES)
def test_missing_column_is_named_on_line_1_and_nothing_comes_in(column):
    rest = [name for name in COLUMN_NAMES if name != column]

    reading = read(list_of(rows_of_one_conference(), columns=rest))

    assert found_at(reading.defects, 1, column) == "this column is missing from the list"
    assert reading.conferences == ()
    assert len(reading.left_out) == 3


def test_defects_in_other_columns_are_told_together_with_a_missing_column():
    rows = rows_of_one_conference()
    rows[1]["nhs_number"] = "1"

    reading = read(list_of(rows, columns=[name for name in COLUMN_NAMES if name != "must_not_see"]))

    assert [(found.line, found.column) for found in reading.defects] == [
        (1, "must_not_see"),
        (3, "nhs_number"),
    ]


def test_missing_column_is_told_once_and_not_again_on_every_line():
    rest = [name for name in COLUMN_NAMES if name != "address_confidential"]

    reading = read(list_of(rows_of_one_conference(), columns=rest))

    assert [(found.line, found.column) for found in reading.findings] == [(1, "address_confidential")]


def test_column_named_twice_is_a_defect():
    reading = read(list_of(rows_of_one_conference(), columns=[*COLUMN_NAMES, "must_not_see"]))

    assert found_at(reading.defects, 1, "must_not_see") == "this column is in the list more than once"
    assert reading.conferences == ()


def test_unknown_column_is_a_notice():
    reading = read(list_of(rows_of_one_conference(), columns=[*COLUMN_NAMES[:5], "ward", *COLUMN_NAMES[5:]]))

    assert found_at(reading.notices, 1, "ward").startswith("not a column of a conference list")
    assert len(reading.conferences) == 1


def test_misspelt_column_is_named_with_what_was_meant():
    raw = list_of(rows_of_one_conference()).replace(b"must_not_see", b"must_not_se")

    reading = read(raw)

    assert found_at(reading.notices, 1, "must_not_se").endswith("did you mean must_not_see?")


def test_headings_in_capitals_and_with_spaces_are_known():
    raw = list_of(rows_of_one_conference()).replace(b"must_not_see", b"Must not see")

    assert read(raw).findings == ()


@pytest.mark.parametrize("raw", [b"", b"\xef\xbb\xbf", b"\r\n\r\n", b",,,\r\n"])
def test_empty_file_is_a_defect(raw):
    reading = read(raw)

    assert list(map(str, reading.defects)) == ["line 1, file: the file is empty"]


def test_list_with_only_headings_is_a_defect():
    reading = read(list_of([]))

    assert found_at(reading.defects, 1, "file") == "the list has no conferences below its headings"


def test_list_without_headings_is_a_defect_that_quotes_nothing():
    raw = list_of(rows_of_one_conference()).split(b"\r\n", 1)[1]

    reading = read(raw)

    assert list(map(str, reading.findings)) == [
        "line 1, file: the first line has no column names: start from the template"
    ]


def test_blank_lines_count_as_lines_and_are_passed_over():
    lines = list_of(rows_of_one_conference()).split(b"\r\n")
    lines[2:2] = [b"", b"," * (len(COLUMN_NAMES) - 1)]

    reading = read(b"\r\n".join(lines))

    assert reading.findings == ()
    assert [person.line for person in reading.conferences[0].people] == [2, 5, 6]


def test_line_break_in_quotes_keeps_the_physical_line_numbers():
    rows = [
        row | {"conference_reason": "First.\r\nSecond, after a comma."} for row in rows_of_one_conference()
    ]

    reading = read(list_of(rows))

    assert reading.findings == ()
    assert [person.line for person in reading.conferences[0].people] == [2, 4, 6]
    assert reading.conferences[0].reason == "First.\r\nSecond, after a comma."


def test_quotation_mark_left_open_refuses_the_list_at_its_line():
    lines = list_of(rows_of_one_conference() + rows_of_one_conference("C-2")).split(b"\r\n")
    lines[2] = lines[2].replace(b"Council House", b'"Council House')

    reading = read(b"\r\n".join(lines))

    assert "quotation mark" in found_at(reading.defects, 3, "file")
    assert reading.conferences == ()


def test_quotation_mark_that_swallows_whole_lines_refuses_the_list():
    rows = rows_of_one_conference() + rows_of_one_conference("C-2") + rows_of_one_conference("C-3")
    lines = list_of(rows).split(b"\r\n")
    lines[3] += b'"'
    lines[4] += b'"'

    reading = read(b"\r\n".join(lines))

    assert "quotation mark" in found_at(reading.defects, 4, "file")
    assert reading.conferences == ()


def test_quotation_mark_left_open_at_the_end_of_the_file_refuses_the_list():
    lines = list_of(rows_of_one_conference()).rstrip().split(b"\r\n")
    lines[3] += b'"Not closed'

    reading = read(b"\r\n".join(lines))

    assert "quotation mark" in found_at(reading.defects, 4, "file")


def test_quotation_marks_that_join_parts_of_two_lines_refuse_the_list():
    rows = [row | {"conference_reason": "Why"} for row in rows_of_one_conference()]
    lines = list_of(rows).split(b"\r\n")
    lines[2] = lines[2].replace(b"Why", b'"Why')
    lines[3] = lines[3].replace(b"2026-12-15", b'2026-12-15"')

    reading = read(b"\r\n".join(lines))

    assert "quotation mark" in found_at(reading.defects, 3, "file")


def test_line_without_a_reference_holds_back_its_neighbours():
    rows = [*rows_of_one_conference("C-1"), *rows_of_one_conference("C-2"), *rows_of_one_conference("C-3")]
    rows[3]["conference_ref"] = ""

    reading = read(list_of(rows))

    assert found_at(reading.defects, 5, "conference_ref").startswith("missing")
    assert [conference.ref for conference in reading.conferences] == ["C-3"]
    assert [row.line for row in reading.left_out] == [2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("change", ["too few", "too many"])
def test_line_with_the_wrong_number_of_cells_keeps_its_conference_out(change):
    lines = list_of(rows_of_one_conference()).split(b"\r\n")
    lines[1] = lines[1].rsplit(b",", 3)[0] if change == "too few" else lines[1] + b",surplus"

    reading = read(b"\r\n".join(lines))

    assert found_at(reading.defects, 2, "line")
    assert reading.conferences == ()


def test_empty_cells_beyond_the_headings_are_passed_over():
    lines = list_of(rows_of_one_conference()).split(b"\r\n")

    reading = read(b"\r\n".join([lines[0], *(line + b",," for line in lines[1:4])]))

    assert reading.findings == ()


def test_file_over_the_limit_is_refused():
    reading = read(b"x" * (LARGEST_FILE + 1))

    assert found_at(reading.defects, 1, "file").startswith("larger than 8 MB")


def test_more_lines_than_the_limit_are_refused():
    row = b"," * (len(COLUMN_NAMES) - 1)
    raw = list_of([]) + (b"C-1" + row + b"\r\n") * (MOST_ROWS + 1)

    reading = read_list(raw, DIRECTORY, TODAY)

    assert found_at(reading.defects, MOST_ROWS + 2, "file").startswith("more than 20,000 lines")


def test_2000_lines_come_in_whole():
    rows = [
        row | {"person_ref": f"{row['person_ref']}-{number}", "nhs_number": "", "parent_of": ""}
        for number in range(667)
        for row in rows_of_one_conference(f"C-{number}")
    ]

    reading = read(list_of(rows))

    assert reading.findings == ()
    assert sum(len(conference.people) for conference in reading.conferences) == 2001


DANGEROUS = ["=1+1", "+44 121 496 0100", "-5", "@SUM(A1)", "\t=1", "＝1", " =1", "'=1", "''=1", "\r=1"]


@pytest.mark.parametrize("cell", DANGEROUS)
def test_dangerous_cell_is_quoted_and_comes_back_unchanged(cell):
    assert quoted_for_spreadsheets(cell) == "'" + cell
    assert unquoted(quoted_for_spreadsheets(cell)) == cell


@pytest.mark.parametrize("cell", ["", "O'Neill", "'tis", "2026-12-25", "a=b", "0121 496 0100"])
def test_harmless_cell_is_not_quoted(cell):
    assert quoted_for_spreadsheets(cell) == cell
    assert unquoted(cell) == cell


def test_apostrophe_in_a_first_upload_is_kept():
    rows = rows_of_one_conference()
    rows[0]["notes"] = "'=not ours"

    reading = read(list_of(rows))

    assert reading.conferences[0].people[0].notes == "'=not ours"


def test_sample_headings_are_the_declared_columns():
    first_line = next(csv.reader(io.StringIO(list_of([]).decode(), newline="")))

    assert tuple(first_line) == COLUMN_NAMES
