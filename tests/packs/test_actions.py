"""Asking for packs: who may, for whom, how often, and again when one failed."""

from datetime import timedelta

import pytest

from portal import clock
from portal.authorisation.actor import Role, system_for_authority
from portal.conferences.models import Conference
from portal.database import acting_as
from portal.errors import ImpossibleMove, InvalidInput, NotAllowed, NotFound, TooMany
from portal.packs import building
from portal.packs.actions import MOST_AN_HOUR, fail_pack, request_pack, retry
from portal.packs.made import packs_of
from portal.packs.models import Pack
from portal.packs.states import Audience
from tests.packs import families
from tests.packs.outputs import make_pack, run_until_given_up
from tests.support import factories as make


@pytest.fixture
def family(db):
    return families.twins()


def _contact(db, family):
    with acting_as(family.scope):
        authority = db.get_one(Conference, family.conference_id).authority_id
    organisation = db.get(make.Organisation, authority)
    return make.make_actor(organisation, Role.CONTACT)


def test_asking_twice_before_it_is_made_is_one_pack(db, family):
    with acting_as(family.scope):
        first = request_pack(family.chair, family.conference, Audience.CHAIR)
        assert request_pack(family.chair, family.conference, Audience.CHAIR) is first


def test_the_contact_team_cannot_have_the_chairs_pack(db, family):
    contact = _contact(db, family)
    with acting_as(family.scope):
        assert request_pack(contact, family.conference, Audience.PROFESSIONALS).number == 1
        with pytest.raises(NotAllowed):
            request_pack(contact, family.conference, Audience.CHAIR)


def test_a_copy_needs_an_adult_of_this_family(db, family):
    stranger = families.twins()
    with acting_as(family.scope):
        conference = family.conference
        for person_id in (stranger.people["Magda Zqunder"], family.people["Ben Zqunder"]):
            with pytest.raises(NotFound):
                request_pack(family.chair, conference, Audience.FAMILY, person_id)
        with pytest.raises(InvalidInput):
            request_pack(family.chair, conference, Audience.FAMILY)


def test_trying_again_makes_a_pack_with_a_new_number(db, family, monkeypatch):
    with monkeypatch.context() as broken, acting_as(family.scope):
        broken.setattr(building, "to_pdf", lambda _document: 1 / 0)
        failed_id = request_pack(family.chair, family.conference, Audience.CHAIR).id
        run_until_given_up(db)
    make_pack(family, "chair")
    with acting_as(family.scope):
        rows = packs_of(family.chair, family.conference)
        assert [(row.number, row.state, row.may_retry) for row in rows] == [
            (2, "ready", False),
            (1, "failed", False),
        ]
        with pytest.raises(ImpossibleMove):
            retry(family.chair, db.get_one(Pack, failed_id))


def test_trying_again_twice_is_one_pack(db, family):
    with acting_as(family.scope):
        failed = request_pack(family.chair, family.conference, Audience.CHAIR)
        fail_pack(family.chair, failed, "RenderingFailed")
        assert retry(family.chair, failed).number == 2
        with pytest.raises(ImpossibleMove):
            retry(family.chair, failed)
        assert failed.state == "failed"


def test_one_person_asks_for_sixty_packs_an_hour(db, family):
    with acting_as(family.scope):
        for _ in range(MOST_AN_HOUR):
            fail_pack(family.chair, request_pack(family.chair, family.conference, Audience.CHAIR), "Tried")
        with pytest.raises(TooMany, match="60 packs"):
            request_pack(family.chair, family.conference, Audience.PROFESSIONALS)
        request_pack(system_for_authority(family.authority_id), family.conference, Audience.CHAIR)
        with clock.moved_to(clock.now() + timedelta(minutes=61)):
            request_pack(family.chair, family.conference, Audience.PROFESSIONALS)
