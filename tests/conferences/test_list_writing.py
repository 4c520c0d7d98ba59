"""What goes back out: left-out lines with reasons, defects as text, and a list at later dates."""

import csv
import io
from datetime import date

import pytest

from portal.conferences.list_columns import COLUMN_NAMES, REASON_COLUMN
from portal.conferences.list_reading import ListReading, read_list
from portal.conferences.list_writing import defect_lines, left_out_csv, notice_lines, shift_dates
from portal.partnership.working_days import add_working_days
from tests.support.lists.list_samples import DIRECTORY, TODAY, list_of, rows_of_one_conference, sample


def read(raw: bytes) -> ListReading:
    return read_list(raw, DIRECTORY, TODAY)


def rows_in(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_defect_lines_read_line_column_reason_in_the_order_of_the_file():
    lines = defect_lines(read(sample("conferences-with-defects.csv")))

    assert len(lines) == 13
    assert lines[0].startswith("line 54, conference_date: not a real date")
    assert lines[-1].startswith("line 178, conference_type: not a known type")


def test_notice_lines_hold_the_shared_nhs_number():
    lines = notice_lines(read(sample("conferences-with-defects.csv")))

    assert any(line.startswith("line 21, nhs_number: ") for line in lines)


def test_no_line_told_quotes_a_name_a_birth_date_or_an_nhs_number():
    rows = rows_of_one_conference()
    rows[0] |= {"nhs_number": "9991107283", "date_of_birth": "2021-02-31", "family_name": "Zebedee"}
    rows[0]["parent_of"] = "Zebedee"

    reading = read(list_of(rows))
    told = " ".join(defect_lines(reading) + notice_lines(reading))

    assert not [secret for secret in ("9991107283", "2021-02-31", "Zebedee") if secret in told]


def test_left_out_lines_are_all_lines_of_the_conferences_left_out():
    raw = sample("conferences-with-defects.csv")
    reading = read(raw)

    written = rows_in(left_out_csv(reading))

    expected = [row for row in rows_in(raw) if row["conference_ref"] in reading.left_out_refs]
    assert [row["person_ref"] for row in written] == [row["person_ref"] for row in expected]
    assert left_out_csv(reading).startswith(b"\xef\xbb\xbf")
    assert list(written[0]) == [*COLUMN_NAMES, REASON_COLUMN]
    assert all(row[REASON_COLUMN] for row in written)


def test_left_out_line_says_its_own_reason_and_others_where_to_look():
    rows = rows_of_one_conference()
    rows[1]["start_time"] = "25:00"

    first, second, _ = rows_in(left_out_csv(read(list_of(rows))))

    assert second[REASON_COLUMN].startswith("start_time: not a real time")
    assert first[REASON_COLUMN].startswith("another line of this conference: line 3, start_time")


def test_left_out_text_survives_the_way_out_and_back():
    notes = '=HYPERLINK("http://evil.example","click")'
    rows = rows_of_one_conference()
    rows[0] |= {"notes": notes, "start_time": "25:00", "also_known_as": "'-Sam"}

    written = left_out_csv(read(list_of(rows)))
    again = read(written.replace(b"25:00", b"10:00"))

    assert rows_in(written)[0]["notes"] == "'" + notes
    assert again.findings == ()
    assert again.conferences[0].people[0].notes == notes
    assert again.conferences[0].people[0].also_known_as == "'-Sam"


def test_left_out_file_sent_again_uncorrected_is_left_out_again_with_the_same_cells():
    first = left_out_csv(read(sample("conferences-with-defects.csv")))

    second = left_out_csv(read(first))

    without = [{**row, REASON_COLUMN: ""} for row in rows_in(first)]
    assert [{**row, REASON_COLUMN: ""} for row in rows_in(second)] == without


def test_no_cell_of_a_left_out_file_can_run_in_a_spreadsheet():
    rows = rows_of_one_conference()
    for number, column in enumerate(("notes", "venue", "also_known_as", "town")):
        rows[0][column] = "=+-@"[number] + "cmd"

    written = rows_in(left_out_csv(read(list_of(rows))))

    assert not [
        cell for row in written for cell in row.values() if cell[:1] in ("=", "+", "-", "@", "\t", "\r")
    ]


def test_surplus_cells_stand_after_the_reason():
    lines = list_of(rows_of_one_conference()).split(b"\r\n")
    lines[1] += b",surplus"

    written = left_out_csv(read(b"\r\n".join(lines))).decode("utf-8-sig").splitlines()

    assert written[1].endswith(",surplus")


def test_refused_list_gives_every_line_read_back_with_the_reason():
    rows = rows_of_one_conference()
    raw = list_of(rows, columns=[name for name in COLUMN_NAMES if name != "sex"])

    written = rows_in(left_out_csv(read(raw)))

    assert len(written) == 3
    assert "line 1, sex: this column is missing" in written[0][REASON_COLUMN]


def test_shift_dates_moves_every_conference_by_the_same_whole_weeks():
    raw, anchor = sample("conferences.csv"), date(2028, 6, 14)

    before, after = rows_in(raw), rows_in(shift_dates(raw, anchor))

    moved = {
        date.fromisoformat(new[column]) - date.fromisoformat(old[column])
        for old, new in zip(before, after, strict=True)
        for column in ("conference_date", "strategy_discussion_date", "expected_delivery_date")
        if old[column]
    }
    first = min(row["conference_date"] for row in after)
    assert len(moved) == 1
    assert moved.pop().days % 7 == 0
    assert add_working_days(anchor, 5).isoformat() <= first < add_working_days(anchor, 11).isoformat()


def test_shift_dates_leaves_all_other_cells_as_they_were():
    raw = sample("conferences-with-defects.csv")
    moving = {"conference_date", "strategy_discussion_date", "expected_delivery_date"}

    before, after = rows_in(raw), rows_in(shift_dates(raw, date(2028, 6, 14)))

    for old, new in zip(before, after, strict=True):
        assert {name: cell for name, cell in new.items() if name not in moving} == {
            name: cell for name, cell in old.items() if name not in moving
        }


def test_shift_dates_leaves_a_list_that_is_ahead_unchanged():
    raw = sample("conferences.csv")

    assert shift_dates(raw, date(2026, 6, 1)) == raw


def test_shifted_sample_is_still_sound():
    anchor = date(2029, 1, 2)

    reading = read_list(shift_dates(sample("conferences.csv"), anchor), DIRECTORY, anchor)

    assert reading.defects == ()
    assert len(reading.conferences) == 64


@pytest.mark.parametrize("raw", [b"", b"a,b\r\n1,2\r\n", list_of([])])
def test_shift_dates_refuses_what_is_no_list(raw):
    with pytest.raises(ValueError, match="not a conference list"):
        shift_dates(raw, TODAY)
