"""What the gate leaves in the trail: who saw whom, and each refusal, for good."""

import uuid

import pytest
from sqlalchemy import text

from portal.audit.actions import note_people_seen, record_event
from portal.authorisation.actor import Role
from portal.authorisation.gate import requires
from portal.authorisation.permissions import Permission
from portal.database import commit, rollback
from portal.errors import NotFound
from tests.authorisation.test_gate import load_conference, request_of, status_of
from tests.support import factories as make

SEEN = uuid.UUID(int=7)


@requires(Permission.CONFERENCE_VIEW, on=load_conference)
def show(actor, conference):
    note_people_seen([SEEN])
    return "shown"


@requires(Permission.CONFERENCE_VIEW, on=load_conference)
def show_and_fail(actor, conference):
    raise RuntimeError("a fault of the page")


def begin_something_and_lose_it(actor, conference_id):
    record_event(actor, "half_done")
    raise NotFound


@requires(Permission.CONFERENCE_VIEW, on=begin_something_and_lose_it)
def show_what_is_lost(actor, conference):
    return "never reached"


@pytest.fixture
def scene(committed):
    """A conference, its chair and a chair of another authority, committed: the owner reads the trail."""
    authority, elsewhere = make.make_authority(), make.make_authority()
    chair, stranger = make.make_actor(authority, Role.CHAIR), make.make_actor(elsewhere, Role.CHAIR)
    conference = make.make_conference(authority, chair, [(make.make_person(authority), "subject")])
    commit()
    return {"chair": chair, "stranger": stranger, "conference": conference.id}


def events_of(owner, chain_id):
    return list(
        owner.execute(
            text(
                "SELECT action, target_id, role, details, array(SELECT person_id FROM record_access_person r"
                " WHERE r.event_id = e.id) AS people FROM audit_event e WHERE chain_id = :chain"
                " ORDER BY number"
            ),
            {"chain": chain_id},
        )
    )


def test_a_page_with_personal_data_leaves_one_trace_with_the_people_seen(app, scene, owner):
    with request_of(app, scene["chair"]):
        show(conference_id=scene["conference"])
    (event,) = events_of(owner, scene["chair"].organisation_id)
    assert (event.action, event.target_id, event.role) == ("viewed", scene["conference"], "chair")
    assert event.details == {"permission": "conference:view"}
    assert event.people == [SEEN]


def test_a_refusal_is_written_into_the_chain_of_whoever_was_refused(app, scene, owner):
    with request_of(app, scene["stranger"]):
        status_of(show, conference_id=scene["conference"])
    (event,) = events_of(owner, scene["stranger"].organisation_id)
    assert event.action == "refused"
    assert event.details["status"] == 404
    assert events_of(owner, scene["chair"].organisation_id) == []


def test_a_refusal_undoes_what_was_pending_and_is_written_alone(app, scene, owner):
    with request_of(app, scene["stranger"]):
        status_of(show_what_is_lost, conference_id=scene["conference"])
    assert [event.action for event in events_of(owner, scene["stranger"].organisation_id)] == ["refused"]


def test_a_page_that_fails_shows_nobody(app, scene, owner):
    with request_of(app, scene["chair"]):
        with pytest.raises(RuntimeError):
            show_and_fail(conference_id=scene["conference"])
        rollback()
    assert events_of(owner, scene["chair"].organisation_id) == []
