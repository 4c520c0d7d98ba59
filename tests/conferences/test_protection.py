"""Who is kept from whom: a list that protects somebody less says so by name, and needs a tick of its own."""

import pytest
from sqlalchemy import select

from portal.conferences import list_import
from portal.conferences.list_models import ConferenceList
from portal.conferences.models import Conference, FamilyLink
from portal.conferences.states import LinkKind, ListState
from portal.database import acting_as, commit
from tests.conferences.test_list_known import preview
from tests.support.lists.list_samples import list_of, rows_of_one_conference


def keeping_the_father_from(refs):
    rows = rows_of_one_conference()
    rows[2] |= {"must_not_see": refs}
    return rows


def words_of(found):
    return [str(change) for each in found.compared for change in each.changes]


@pytest.fixture
def guarded(ground):
    ground.take_over(list_of(keeping_the_father_from("P1 P2")))
    return ground


def test_the_preview_says_who_may_now_be_told(guarded):
    found = preview(guarded, keeping_the_father_from("P2"))
    assert words_of(found) == ["Less protected: Jo Example may now be told about Sam Example"]
    assert found.lifting


def test_more_protection_is_said_and_needs_no_tick(ground):
    ground.take_over(list_of(keeping_the_father_from("P2")))
    found = preview(ground, keeping_the_father_from("P1 P2"))
    assert words_of(found) == ["Protected: Jo Example must not be told about Sam Example"]
    assert not found.lifting


def test_a_line_that_names_nobody_lifts_nothing(guarded):
    assert not preview(guarded, keeping_the_father_from("")).lifting


@pytest.fixture
def shrinking(guarded, browser):
    with acting_as(guarded.scope):
        rows = list_of(keeping_the_father_from("P2"))
        list_id = list_import.keep_list(guarded.contact, rows).id
    commit()
    browser.sign_in_as(guarded.contact)
    return f"/conferences/lists/{list_id}"


def state_of(db, ground, path):
    db.expire_all()
    with acting_as(ground.scope):
        return db.get_one(ConferenceList, path.rpartition("/")[2]).state


def test_it_is_not_confirmed_without_the_tick(db, guarded, browser, shrinking):
    assert "Jo Example may now be told about Sam Example" in browser.get(shrinking).text
    refused = browser.send(f"{shrinking}/confirm")
    assert refused.status_code == 422
    assert "tick the box" in refused.text
    assert state_of(db, guarded, shrinking) == ListState.READ


def test_it_is_confirmed_with_the_tick(db, guarded, browser, shrinking):
    browser.get(shrinking)
    assert browser.send(f"{shrinking}/confirm", {"lifts_protection": "y"}).status_code == 303
    assert state_of(db, guarded, shrinking) == ListState.APPLYING


@pytest.mark.parametrize("answers", [("yes", "no"), ("no", "yes")])
def test_a_confidential_address_is_kept_whichever_batch_says_so(db, ground, answers):
    rows = [
        row | {"address_confidential": answer}
        for ref, answer in zip(("C-1", "C-2"), answers, strict=True)
        for row in rows_of_one_conference(ref)
    ]
    with acting_as(ground.scope):
        for part in (rows[:3], rows[3:], rows):
            row = list_import.keep_list(ground.contact, list_of(part))
            list_import.confirm(ground.contact, row)
            while row.state == ListState.APPLYING:
                list_import.take_over_some(ground.contact, row, at_once=1)
        db.expire_all()
        assert set(db.scalars(select(Conference.is_address_confidential))) == {True}


@pytest.mark.parametrize("named", ["P1", "P2", "P3"])
def test_a_list_that_names_one_of_the_family_keeps_every_conference_of_theirs(db, ground, named):
    both = [*rows_of_one_conference("C-1"), *rows_of_one_conference("C-2")]
    ground.take_over(list_of(both))
    one = [
        row | {"person_role": "subject"}
        for row in rows_of_one_conference("C-3")
        if row["person_ref"] == named
    ]
    one[0] |= {"address_confidential": "yes", "parent_of": ""}
    ground.take_over(list_of(one))
    ground.take_over(list_of([row | {"venue": "Elsewhere"} for row in both]))
    with acting_as(ground.scope):
        db.expire_all()
        assert set(db.scalars(select(Conference.is_address_confidential))) == {True}
        assert db.scalar(select(FamilyLink).where(FamilyLink.kind == LinkKind.MUST_NOT_SEE)) is None
