"""A number that has come to stand for somebody else: found before anything of them is overwritten."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.conferences import list_import
from portal.conferences.hand_booking import Refusal, book_by_hand
from portal.conferences.list_known import KnownPerson, who_else
from portal.conferences.list_writing import left_out_csv
from portal.conferences.models import Conference, ReportRequest
from portal.conferences.people import Person
from portal.database import acting_as
from tests.support import factories as make
from tests.support.lists.list_samples import found_at, list_of, rows_of_one_conference

OTHER_NUMBER = make.nhs_number(4242)
TYPED = {
    "conference_ref": "C-9",
    "conference_type": "initial",
    "strategy_discussion_date": "2026-12-01",
    "conference_date": "2026-12-15",
    "start_time": "10:00",
    "end_time": "12:00",
    "venue": "Council House",
    "chair_email": "chair1@children.example.org",
}
SAM = {
    "person_ref": "P1",
    "person_role": "subject",
    "family_name": "Example",
    "given_names": "Sam",
    "date_of_birth": "2021-08-02",
    "address_confidential": "no",
    "lives_in_household": "yes",
    "gp_practice_code": "Y90002",
}


@pytest.fixture
def known(ground):
    """Sam Example, P1, with mother and father, in conference C-1."""
    ground.take_over(list_of(rows_of_one_conference()))
    return ground


def sam(db):
    db.expire_all()
    return db.scalars(select(Person).where(Person.person_ref == "P1")).one()


def preview(ground, rows):
    with acting_as(ground.scope):
        row = list_import.keep_list(ground.contact, list_of(rows))
        return list_import.preview(row)


@pytest.mark.parametrize(("column", "value"), [("date_of_birth", "2019-01-30"), ("nhs_number", OTHER_NUMBER)])
def test_another_birth_date_or_number_keeps_the_conference_out(db, known, column, value):
    rows = rows_of_one_conference("C-2")
    rows[0] |= {column: value}
    found = preview(known, rows)
    row = known.take_over(list_of(rows))
    with acting_as(known.scope):
        assert "not the one known for this person_ref" in found_at(found.reading.defects, 2, column)
        assert not found.compared
        assert value.encode() in left_out_csv(found.reading)
        assert (row.new, row.left_out) == (0, 1)
        assert (sam(db).born_on, sam(db).identity.nhs_number) == (date(2021, 8, 2), "9991107282")


def test_a_birth_date_or_number_that_is_gained_goes_in(db, ground):
    rows = rows_of_one_conference()
    rows[0] |= {"nhs_number": ""}
    ground.take_over(list_of(rows))
    assert ground.take_over(list_of(rows_of_one_conference())).changed == 1
    with acting_as(ground.scope):
        assert sam(db).identity.nhs_number == "9991107282"


def test_a_changed_name_goes_in_and_is_told(db, known):
    rows = rows_of_one_conference()
    rows[0] |= {"family_name": "Newname"}
    found = preview(known, rows)
    row = known.take_over(list_of(rows))
    assert "not as known" in found_at(found.reading.notices, 2, "family_name")
    with acting_as(known.scope):
        assert (row.changed, sam(db).family_name) == (1, "Newname")


def test_what_another_authority_knows_contradicts_nothing(db, known):
    elsewhere = make.make_authority("Elsewhere Council")
    rows = rows_of_one_conference("C-2")
    rows[0] |= {"date_of_birth": "2019-01-30"}
    stored = list_import.known_people
    with acting_as(known.scope):
        assert set(stored(known.authority.id, {"P1", "P9"})) == {"P1"}
        assert not stored(elsewhere.id, {"P1"})


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"given_names": "Robin"}, "other given names"),
        ({"family_name": "Stranger"}, "another family name"),
        ({"date_of_birth": "2019-01-30"}, "another date of birth"),
        ({"nhs_number": OTHER_NUMBER}, "another NHS number"),
    ],
)
def test_a_wrong_number_typed_by_hand_is_refused_where_it_was_typed(db, known, typed, reason):
    with acting_as(known.scope):
        refused = book_by_hand(known.contact, TYPED, [SAM | typed])
        assert refused == [
            Refusal(
                "person_ref",
                0,
                f"somebody with {reason} is known by this number. Check the number, or leave it empty.",
            )
        ]
        assert sam(db).full_name == "Sam Example"
        assert len(db.scalars(select(Conference)).all()) == 1
        assert len(db.scalars(select(ReportRequest)).all()) == 1


def test_the_right_number_typed_by_hand_is_the_same_person(db, known):
    with acting_as(known.scope):
        booked = book_by_hand(known.contact, TYPED, [SAM])
        assert isinstance(booked, Conference)
        assert booked.involvements[0].person_id == sam(db).id


def test_an_equal_nhs_number_allows_a_name_written_otherwise(db, known):
    with acting_as(known.scope):
        person = SAM | {"given_names": "Samuel", "nhs_number": "9991107282"}
        assert isinstance(book_by_hand(known.contact, TYPED, [person]), Conference)


def test_what_is_not_known_contradicts_nothing(known):
    with acting_as(known.scope):
        listed = list_import.read_again(
            list_import.keep_list(known.contact, list_of(rows_of_one_conference()))
        )
    nobody = KnownPerson("", "", None, "", is_address_confidential=False)
    assert who_else(nobody, listed.conferences[0].people[0]) == ""
