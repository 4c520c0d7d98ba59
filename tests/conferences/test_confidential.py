"""A confidential address: kept by every conference, opened by nobody but the contact team."""

import pytest
from sqlalchemy import select

from portal.conferences import confidential
from portal.conferences.hand_booking import book_by_hand
from portal.conferences.models import Conference, ConferenceEvent
from portal.conferences.people import Person, PersonAddress
from portal.database import acting_as, commit
from portal.errors import Conflict, InvalidInput
from tests.conferences.test_list_known import SAM, TYPED, preview
from tests.support.lists.list_samples import found_at, list_of, rows_of_one_conference


def with_address(rows, answer):
    return [row | {"address_confidential": answer} for row in rows]


@pytest.fixture
def kept(ground):
    """A family whose address was listed as confidential."""
    ground.take_over(list_of(with_address(rows_of_one_conference(), "yes")))
    return ground


def flags(db):
    db.expire_all()
    return {each.reference: each.is_address_confidential for each in db.scalars(select(Conference))}


def addresses(db):
    db.expire_all()
    return set(db.scalars(select(PersonAddress.is_confidential)))


def test_a_later_no_in_a_list_opens_nothing_and_is_told(db, kept):
    rows = with_address(rows_of_one_conference(), "no")
    found = preview(kept, rows)
    kept.take_over(list_of(rows))
    assert "kept so" in found_at(found.reading.notices, 2, "address_confidential")
    with acting_as(kept.scope):
        assert addresses(db) == {True}
        assert flags(db) == {"C-1": True}


def test_a_no_typed_by_hand_opens_nothing(db, kept):
    with acting_as(kept.scope):
        book_by_hand(kept.contact, TYPED, [SAM])
        db.flush()
        assert addresses(db) == {True}
        assert flags(db) == {"C-1": True, "C-9": True}


def test_a_yes_reaches_every_conference_about_the_person(db, ground):
    rows = rows_of_one_conference("C-1")
    ground.take_over(list_of([*rows, *rows_of_one_conference("C-2")]))
    ground.take_over(list_of(with_address(rows_of_one_conference("C-3"), "yes")))
    with acting_as(ground.scope):
        assert flags(db) == {"C-1": True, "C-2": True, "C-3": True}


def somebody(db, ref="P1"):
    return db.scalars(select(Person).where(Person.person_ref == ref)).one()


def test_the_contact_team_opens_an_address_with_a_reason(db, kept):
    with acting_as(kept.scope):
        conference = db.scalars(select(Conference)).one()
        for ref in ("P1", "P2"):
            confidential.lift(kept.contact, conference, somebody(db, ref).id, "Listed by mistake")
        assert flags(db) == {"C-1": True}
        confidential.lift(kept.contact, conference, somebody(db, "P3").id, "Listed by mistake")
        assert (addresses(db), flags(db)) == ({False}, {"C-1": False})
        with pytest.raises(Conflict):
            confidential.lift(kept.contact, conference, somebody(db).id, "Again")
        with pytest.raises(InvalidInput):
            confidential.lift(kept.contact, conference, somebody(db).id, " ")


@pytest.fixture
def path(db, kept, browser):
    with acting_as(kept.scope):
        conference_id = db.scalars(select(Conference.id)).one()
        person_id = somebody(db).id
    commit()
    browser.sign_in_as(kept.contact)
    return f"/conferences/{conference_id}/people/{person_id}/address"


def test_the_page_opens_it_and_the_history_says_why(db, kept, browser, path):
    conference_page = path.partition("/people")[0]
    assert path in browser.get(conference_page).text
    browser.get(path)
    assert browser.send(path, {"reason": "Listed by mistake"}).status_code == 303
    assert path not in browser.get(conference_page).text
    with acting_as(kept.scope):
        event = db.scalars(select(ConferenceEvent).where(ConferenceEvent.event == "address_opened")).one()
        assert event.note == "Sam Example: Listed by mistake"
    assert browser.get(path).location == conference_page


def test_it_is_not_opened_without_a_reason(db, kept, browser, path):
    browser.get(path)
    assert browser.send(path, {"reason": ""}).status_code == 422
    with acting_as(kept.scope):
        assert addresses(db) == {True}


def test_a_chair_does_not_open_it(kept, browser, path):
    browser.sign_in_as(kept.chairs["chair1@children.example.org"])
    assert browser.get(path).status_code == 404
