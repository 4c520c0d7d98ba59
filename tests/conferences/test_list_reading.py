"""Reading conference lists: the sample lists, and each defect by line, column and reason."""

import re
from datetime import date, time

import pytest

from portal.conferences.list_columns import COLUMN_NAMES, template_csv
from portal.conferences.list_reading import ListReading, read_list
from tests.support.lists.list_samples import (
    DIRECTORY,
    TODAY,
    found_at,
    list_of,
    rows_of_one_conference,
    sample,
)

LISTED = re.compile(r"line (\d+), (\w+): (.+)")


def listed_defects() -> list[tuple[int, str, str]]:
    lines = sample("conferences-with-defects.txt").decode().splitlines()
    return [
        (int(line), column, reason) for line, column, reason in (LISTED.match(one).groups() for one in lines)
    ]


def stopping_defects() -> list[tuple[int, str, str]]:
    return [defect for defect in listed_defects() if not defect[2].startswith("no defect")]


def read(raw: bytes) -> ListReading:
    return read_list(raw, DIRECTORY, TODAY)


def test_sound_list_has_no_defects_and_comes_in_whole():
    reading = read(sample("conferences.csv"))

    assert reading.defects == ()
    assert reading.left_out == ()
    assert len(reading.conferences) == 64
    assert sum(len(conference.people) for conference in reading.conferences) == 261


def test_sound_list_notices_only_unknown_practices_and_late_conferences():
    reading = read(sample("conferences.csv"))

    assert {(found.column, found.reason.split(":")[0]) for found in reading.notices} == {
        ("gp_practice_code", "practice not known"),
        ("conference_date", "more than 15 working days after the strategy discussion"),
    }


def test_every_listed_defect_is_found_at_its_line_and_column_and_no_other():
    listed = [(line, column) for line, column, _ in stopping_defects()]

    reading = read(sample("conferences-with-defects.csv"))

    assert [(found.line, found.column) for found in reading.defects] == sorted(listed)


@pytest.mark.parametrize(("line", "column", "reason"), stopping_defects())
def test_listed_reason_is_said_in_the_same_words(line, column, reason):
    words = reason.split(" (")[0]

    reading = read(sample("conferences-with-defects.csv"))

    assert [found.reason.startswith(words) for found in reading.defects if found.line == line] == [True]


def test_equal_nhs_numbers_are_told_at_the_second_person_and_both_are_kept():
    reading = read(sample("conferences-with-defects.csv"))

    told = [found for found in reading.notices if found.column == "nhs_number"]
    holders = {
        person.ref
        for conference in reading.conferences
        for person in conference.people
        if person.nhs_number == "9991107282"
    }

    assert [found.line for found in told] == [21]
    assert holders == {"P00002", "P00020"}


def test_conferences_with_a_defect_stay_out_whole():
    reading = read(sample("conferences-with-defects.csv"))

    defective = {found.conference_ref for found in reading.defects}
    refs = set(re.findall(rb"^CPC-[0-9-]+", sample("conferences-with-defects.csv"), re.MULTILINE))

    assert set(reading.left_out_refs) == defective
    assert not {conference.ref for conference in reading.conferences} & defective
    assert len(reading.conferences) + len(reading.left_out_refs) == len(refs)


def test_formula_is_kept_as_text_when_its_conference_is_sound():
    formula = '=HYPERLINK("http://evil.example","click")'
    rows = rows_of_one_conference()
    rows[1]["notes"] = formula

    reading = read(list_of(rows))

    assert reading.defects == ()
    assert reading.conferences[0].people[1].notes == formula


def test_formula_of_the_sample_is_in_the_lines_left_out_unchanged():
    reading = read(sample("conferences-with-defects.csv"))

    row = next(row for row in reading.left_out if row.line == 153)

    assert row.values["notes"] == '=HYPERLINK("http://evil.example","click")'


def test_values_are_typed():
    conference = read(sample("conferences-with-defects.csv")).conferences[1]
    father = conference.people[3]

    assert (conference.ref, conference.type, conference.first_line) == ("CPC-27-0002", "initial", 6)
    assert (conference.held_on, conference.starts_at) == (date(2027, 2, 3), time(11))
    assert (father.ref, father.role, father.born_on) == ("P00008", "father", date(1983, 5, 9))
    assert father.parent_of == ("P00005", "P00006")
    assert father.parental_responsibility == "not known"
    assert father.is_address_confidential


def test_every_nurse_of_a_conference_is_named_once():
    rows = rows_of_one_conference()
    for row, number in zip(rows, (2, 1, 2), strict=True):
        row["nurse_email"] = f"beststart{number}@nursing.example.org"

    reading = read(list_of(rows))

    assert reading.defects == ()
    assert reading.conferences[0].nurse_emails == (
        "beststart2@nursing.example.org",
        "beststart1@nursing.example.org",
    )


def test_conference_today_and_child_born_today_come_in():
    rows = [
        row | {"conference_date": "2026-11-23", "strategy_discussion_date": ""}
        for row in rows_of_one_conference()
    ]
    rows[0]["date_of_birth"] = "2026-11-23"

    reading = read(list_of(rows))

    assert reading.defects == ()
    assert len(reading.conferences) == 1


def test_template_is_read_without_defects():
    reading = read(template_csv().encode())

    assert reading.defects == ()
    assert len(reading.conferences) == 1
    assert reading.header == COLUMN_NAMES


CELL_DEFECTS = [
    ("nhs_number", "9.99E+09", "a spreadsheet has changed this number"),
    ("nhs_number", "9991107282.0", "a spreadsheet has changed this number"),
    ("nhs_number", "99911072820", "too long"),
    ("nhs_number", "999110728A", "not a number"),
    ("nhs_number", "٩٩٩١١٠٧٢٨٢", "not a number"),
    ("conference_date", "46381", "a spreadsheet has turned this date into a number"),
    ("conference_date", "05/01/2027", "could be two different dates"),
    ("conference_date", "25 December 2026", "not a real date"),
    ("conference_date", "20261225", "not a real date"),
    ("conference_date", "2026-11-20", "this conference has already been"),
    ("start_time", "2pm", "not a real time"),
    ("start_time", "10:75", "not a real time"),
    ("end_time", "09:00", "not after the start"),
    ("end_time", "10:00", "not after the start"),
    ("end_time", "", "missing"),
    ("date_of_birth", "2026-11-24", "in the future"),
    ("strategy_discussion_date", "2027-03-01", "after the conference"),
    ("online_link", "javascript:alert(1)", "not a web address"),
    ("date_of_birth", "1899-12-31", "more than 120 years ago"),
    ("date_of_birth", "", "missing: a subject has"),
    ("gp_practice_code", "Y9OOO1", "not a known practice: did you mean Y90001?"),
    ("gp_practice_code", "Z00001", "not a known practice"),
    ("nurse_email", "nobody@nursing.example.org", "no such nurse"),
    ("midwife_email", "midwife", "not an e-mail address"),
    ("address_confidential", "", "missing"),
    ("address_confidential", "perhaps", "write yes or no"),
    ("parental_responsibility", "shared", "write yes, no or not known"),
    ("parent_of", "P1", "names the person on this line"),
    ("parent_of", "P9", "person_ref number 1 here is nobody"),
    ("must_not_see", "P2 P1", "names the person on this line"),
    ("must_not_see", "P2, P9", "person_ref number 2 here is nobody"),
    ("person_role", "sibling", "nobody in this conference is a subject"),
    ("person_ref", "", "missing"),
    ("family_name", "A\x00B", "has a character that cannot be read"),
    ("notes", "x" * 10_001, "longer than 10,000 characters"),
    ("town", "x" * 301, "longer than 300 characters"),
]


@pytest.mark.parametrize(("column", "cell", "reason"), CELL_DEFECTS)
def test_cell_defect_is_found_and_keeps_the_conference_out(column, cell, reason):
    rows = rows_of_one_conference()
    of_conference = (
        column in ("conference_date", "start_time", "end_time", "online_link") or "strategy" in column
    )
    for row in rows if of_conference else rows[:1]:
        row[column] = cell

    reading = read(list_of(rows))

    assert found_at(reading.defects, 2, column).startswith(reason)
    assert reading.conferences == ()


def test_conference_lines_that_disagree_are_told_at_the_odd_line():
    rows = rows_of_one_conference()
    rows[0]["venue"] = "Another hall"

    reading = read(list_of(rows))

    assert [(found.line, found.column) for found in reading.defects] == [(2, "venue")]
    assert reading.defects[0].reason.startswith("not the same as on line 3")


def test_same_person_twice_in_a_conference_is_a_defect_at_the_second_line():
    rows = rows_of_one_conference()
    rows[2]["person_ref"] = "P2"

    reading = read(list_of(rows))

    assert found_at(reading.defects, 4, "person_ref").startswith("the same person is on line 3")


def _unborn(rows: list[dict[str, str]]) -> dict[str, str]:
    rows[0] |= {"date_of_birth": "", "nhs_number": "", "expected_delivery_date": "2027-04-05"}
    return rows[0]


def test_unborn_subject_comes_in_with_an_expected_date():
    rows = rows_of_one_conference()
    _unborn(rows)

    reading = read(list_of(rows))

    assert reading.defects == ()
    assert reading.conferences[0].people[0].is_unborn


def test_unborn_child_with_an_nhs_number_is_a_defect():
    rows = rows_of_one_conference()
    _unborn(rows)["nhs_number"] = "9991107282"

    reading = read(list_of(rows))

    assert found_at(reading.defects, 2, "nhs_number") == "an unborn child has no NHS number"


def test_adult_with_an_expected_date_only_is_a_defect():
    rows = rows_of_one_conference()
    rows[1] |= {"date_of_birth": "", "expected_delivery_date": "2027-04-05"}

    reading = read(list_of(rows))

    assert found_at(reading.defects, 3, "expected_delivery_date").startswith("only an unborn child")


@pytest.mark.parametrize("column", ["date_of_birth", "nhs_number"])
def test_one_person_ref_with_two_identities_stops_both_conferences(column):
    rows = rows_of_one_conference() + rows_of_one_conference("C-2")
    rows[3][column] = {"date_of_birth": "2020-01-01", "nhs_number": "9996970582"}[column]

    reading = read(list_of(rows))

    assert [(found.line, found.column) for found in reading.defects] == [(2, column), (5, column)]
    assert reading.conferences == ()
