"""What a conference list may say that is told or tolerated, and stops nothing."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from portal.conferences.list_reading import ListReading, read_list
from tests.support.lists.list_samples import DIRECTORY, TODAY, found_at, list_of, rows_of_one_conference


def read(raw: bytes) -> ListReading:
    return read_list(raw, DIRECTORY, TODAY)


def _nothing(_: dict[str, str]) -> None:
    return


NOTICES: list[tuple[str, dict[str, str], str]] = [
    ("conference_date", {"conference_date": "2026-12-12"}, "a weekend or bank holiday"),
    ("conference_date", {"conference_date": "2026-12-28"}, "a weekend or bank holiday"),
    ("conference_date", {"conference_date": "2027-03-01"}, "more than 15 working days"),
    ("conference_date", {"conference_date": "15/12/2026"}, "read as day, month, year"),
    ("strategy_discussion_date", {"strategy_discussion_date": ""}, "missing: the 15 working days"),
    ("venue", {"venue": ""}, "neither a venue nor a link"),
    ("gp_practice_code", {"gp_practice_code": "", "gp_practice_name": ""}, "practice not known"),
    ("gp_practice_name", {"gp_practice_name": "Kingsway Health Centre"}, "this code belongs to Lakeside"),
    ("given_names", {"given_names": ""}, "missing"),
]


@pytest.mark.parametrize(("column", "cells", "reason"), NOTICES)
def test_notice_is_told_and_the_conference_comes_in(column, cells, reason):
    rows = [row | cells for row in rows_of_one_conference()]

    reading = read(list_of(rows))

    assert reading.defects == ()
    assert len(reading.conferences) == 1
    assert found_at(reading.notices, 2, column).startswith(reason)


def test_notice_when_the_same_address_is_confidential_for_one_and_not_for_another():
    rows = rows_of_one_conference()
    rows[1]["address_confidential"] = "yes"

    reading = read(list_of(rows))

    assert found_at(reading.notices, 2, "address_confidential").startswith("no, but somebody")


@pytest.mark.parametrize("written", ["999 110 7282", "999-110-7282"])
def test_nhs_number_with_spaces_is_accepted(written):
    rows = rows_of_one_conference()
    rows[0]["nhs_number"] = written

    reading = read(list_of(rows))

    assert reading.conferences[0].people[0].nhs_number == "9991107282"


@pytest.mark.parametrize(
    "tidy",
    [
        pytest.param(_nothing, id="as it is"),
        pytest.param(lambda row: row.update(chair_email="CHAIR1@children.example.org"), id="capitals"),
        pytest.param(lambda row: row.update(conference_type="Initial"), id="type in capitals"),
        pytest.param(lambda row: row.update(start_time="9:30"), id="short time"),
        pytest.param(lambda row: row.update(conference_date="2026-12-15 00:00:00"), id="date with midnight"),
        pytest.param(lambda row: row.update(family_name="  Example\u00a0"), id="spaces round a name"),
    ],
)
def test_harmless_spellings_are_accepted(tidy: Callable[[dict[str, str]], None]):
    rows = rows_of_one_conference()
    for row in rows:
        tidy(row)

    reading = read(list_of(rows))

    assert reading.findings == ()
    assert reading.conferences[0].people[0].family_name == "Example"


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("expected_delivery_date", "2026-11-01", "has passed"),
        ("expected_delivery_date", "2028-01-01", "more than ten months ahead"),
    ],
)
def test_unlikely_expected_date_is_told(column, cell, reason):
    rows = rows_of_one_conference()
    rows[0] |= {"date_of_birth": "", "nhs_number": "", column: cell}

    reading = read(list_of(rows))

    assert reading.defects == ()
    assert found_at(reading.notices, 2, column).startswith(reason)


@pytest.mark.parametrize(("born_on", "is_told"), [("2008-11-23", True), ("2008-11-24", False)])
def test_subject_is_told_from_the_18th_birthday(born_on, is_told):
    rows = rows_of_one_conference()
    rows[0]["date_of_birth"] = born_on

    reading = read(list_of(rows))

    assert bool(found_at(reading.notices, 2, "date_of_birth")) is is_told


def test_one_person_ref_with_two_family_names_is_told_at_the_later_line():
    rows = rows_of_one_conference() + rows_of_one_conference("C-2")
    rows[4]["family_name"] = "Married"

    reading = read(list_of(rows))

    assert reading.defects == ()
    assert found_at(reading.notices, 6, "family_name").startswith("not as on line 3")


def test_directory_with_capitals_knows_the_same_people():
    directory = replace(DIRECTORY, chair_emails=frozenset({"Chair1@Children.example.org"}))

    reading = read_list(list_of(rows_of_one_conference()), directory, TODAY)

    assert reading.findings == ()


def test_conference_far_ahead_is_told():
    rows = [row | {"conference_date": "2028-03-01"} for row in rows_of_one_conference()]

    reading = read(list_of(rows))

    assert found_at(reading.notices, 2, "conference_date").startswith("more than a year ahead")


def test_one_yes_keeps_an_address_confidential_in_every_conference_of_the_list():
    first = [row | {"address_confidential": "yes"} for row in rows_of_one_conference()]
    second = [row | {"conference_ref": "CPC-27-8888", "address_confidential": "no"} for row in first]

    reading = read(list_of([*first, *second]))

    everybody = [person for conference in reading.conferences for person in conference.people]
    assert len(reading.conferences) == 2
    assert all(person.is_address_confidential for person in everybody)
    told = [notice for notice in reading.notices if "kept confidential" in notice.reason]
    assert len(told) == len(second)
