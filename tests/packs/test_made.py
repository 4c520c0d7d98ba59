"""What is said of a pack once something has changed, and which copies are not given any more."""

from datetime import timedelta

import pytest

from portal.authorisation.actor import Role
from portal.conferences.models import FamilyLink
from portal.conferences.states import LinkKind
from portal.database import acting_as
from portal.errors import NotReady
from portal.packs.downloads import file_of
from portal.packs.made import packs_of
from portal.packs.models import Pack
from portal.submissions.actions import return_to_practice
from portal.submissions.models import Submission
from tests.packs import families
from tests.packs.families import commit_and_forget
from tests.packs.outputs import make_pack
from tests.support import factories as make

DARREN, LAYLA, MAGDA = "Darren Zqzaman", "Layla Zqunder", "Magda Zqunder"


@pytest.fixture
def family(db):
    return families.twins()


def _bar(db, family):
    with acting_as(family.scope):
        db.add(
            FamilyLink(
                conference_id=family.conference_id,
                person_id=family.people[DARREN],
                kind=LinkKind.MUST_NOT_SEE,
                other_id=family.people[LAYLA],
                authority_id=family.authority_id,
            )
        )
    commit_and_forget()


def _hide_address(_db, family):
    with acting_as(family.scope):
        family.conference.is_address_confidential = True
    commit_and_forget()


def _row(family, pack):
    with acting_as(family.scope):
        return next(row for row in packs_of(family.chair, family.conference) if row.id == pack.id)


def _take(db, family, pack):
    with acting_as(family.scope):
        return file_of(family.chair, db.get_one(Pack, pack.id), "pdf").content


@pytest.mark.parametrize("change", [_bar, _hide_address])
def test_a_family_copy_is_withheld_when_who_may_see_what_has_changed(db, family, change):
    family.hand_in("Zqchad Surgery")
    old = make_pack(family, family.id(DARREN)).pack
    assert _take(db, family, old)
    change(db, family)
    row = _row(family, old)
    assert row.changes == ("the family, or who may see what, has changed",)
    assert "Do not give it to anybody" in row.withheld
    assert not row.has_files
    with pytest.raises(NotReady, match="Make a new copy"):
        _take(db, family, old)
    new = make_pack(family, family.id(DARREN)).pack
    assert _take(db, family, new)
    with pytest.raises(NotReady):
        _take(db, family, old)


def test_a_family_copy_is_withheld_when_its_report_was_returned(db, family):
    submission_id = family.hand_in("Zqchad Surgery")
    old = make_pack(family, family.id(MAGDA)).pack
    with acting_as(family.scope):
        contact = make.make_actor(db.get(make.Organisation, family.authority_id), Role.CONTACT)
        return_to_practice(contact, db.get_one(Submission, submission_id), "Whose is this?")
    commit_and_forget()
    assert _row(family, old).changes == ("1 answer in it no longer counts",)
    with pytest.raises(NotReady, match="returned or replaced"):
        _take(db, family, old)


def test_a_family_copy_stays_when_nothing_about_its_readers_changed(db, family):
    family.hand_in("Zqchad Surgery")
    old = make_pack(family, family.id(MAGDA)).pack
    make_pack(family, family.id(MAGDA))
    assert _take(db, family, old)


def test_professionals_packs_say_that_readers_changed_and_stay(db, family):
    old = make_pack(family, "professionals").pack
    _bar(db, family)
    assert _row(family, old).changes == ("the family, or who may see what, has changed",)
    assert _take(db, family, old)


@pytest.mark.parametrize("reader", ["chair", "professionals", MAGDA])
def test_a_moved_conference_is_a_change(db, family, reader):
    pack = make_pack(family, family.id(reader) if reader == MAGDA else reader).pack
    assert _row(family, pack).changes == ()
    with acting_as(family.scope):
        family.conference.held_on += timedelta(days=2)
    commit_and_forget()
    assert _row(family, pack).changes == ("the date, time or place has changed",)
    assert _take(db, family, pack)


def test_another_place_is_a_change(db, family):
    pack = make_pack(family, "chair").pack
    with acting_as(family.scope):
        family.conference.venue = "Somewhere else"
    commit_and_forget()
    assert _row(family, pack).changes == ("the date, time or place has changed",)
