"""The gate: who comes in, how others are refused, what is left behind."""

import uuid
from contextlib import contextmanager

import pytest
from flask import session
from sqlalchemy import text
from werkzeug.exceptions import HTTPException

from portal import database
from portal.accounts import sessions
from portal.audit.actions import note_people_seen, pending
from portal.authorisation.actor import Role
from portal.authorisation.gate import public, requires
from portal.authorisation.permissions import Permission
from portal.conferences.models import Conference
from portal.context import NOBODY
from portal.database import acting_as, commit
from portal.errors import NotFound
from portal.jobs.queue import enqueue
from tests.support import factories as make


def load_conference(actor, conference_id):
    found = database.db.get(Conference, conference_id)
    if found is None:
        raise NotFound
    return found


@pytest.fixture
def scene(db):
    """A conference, its chair, and a chair of another authority."""
    authority, elsewhere = make.make_authority(), make.make_authority()
    chair, stranger = make.make_actor(authority, Role.CHAIR), make.make_actor(elsewhere, Role.CHAIR)
    child = make.make_person(authority)
    conference = make.make_conference(authority, chair, [(child, "subject")])
    commit()
    return {"chair": chair, "stranger": stranger, "conference": conference.id, "child": child.id}


@contextmanager
def request_of(app, actor=None, **keywords):
    """A request under way, by whoever it is."""
    with app.test_request_context(**keywords):
        if actor:
            with acting_as(NOBODY):
                token = sessions.start(actor.user_id)
                row = sessions.half_session(token)
                token = sessions.complete(row, actor.membership_id)
            commit()
            session["_user_id"] = token
        yield


@requires(Permission.CONFERENCE_VIEW, on=load_conference)
def show(actor, conference, **rest):
    note_people_seen([uuid.UUID(int=7)])
    enqueue("written_by_a_get")
    return f"{actor.name} {conference.reference} {rest}"


@requires(Permission.CONFERENCE_LIST)
def listing(actor):
    return "a list"


@requires(Permission.CONFERENCE_VIEW, on=load_conference)
def change(actor, conference):
    enqueue("written_by_a_post")
    commit()
    return "changed"


def status_of(view, **parts):
    with pytest.raises(HTTPException) as refused:
        view(**parts)
    return refused.value.code


def jobs(db, actor):
    with acting_as(actor.scope):
        return list(db.scalars(text("SELECT name FROM job")))


def test_the_view_gets_actor_target_and_the_rest_of_the_address(app, scene):
    with request_of(app, scene["chair"]):
        response = show(conference_id=scene["conference"], page="2")
        assert response.get_data(as_text=True).startswith(scene["chair"].name)
        assert "'page': '2'" in response.get_data(as_text=True)


def test_another_sides_object_looks_as_if_it_were_not_there(app, scene):
    with request_of(app, scene["stranger"]):
        assert status_of(show, conference_id=scene["conference"]) == 404
    with request_of(app, scene["stranger"]):
        assert status_of(show, conference_id=uuid.uuid4()) == 404


def test_a_role_without_the_permission_is_refused_an_object_by_404(app, scene, db):
    authority_id = scene["chair"].organisation_id
    with request_of(app, _auditor(authority_id, db)):
        assert status_of(show, conference_id=scene["conference"]) == 404


def test_a_role_whose_database_role_has_no_right_to_the_table_is_refused_alike(app, scene):
    nurse = make.make_actor(make.make_organisation("nursing_service", "Best Start"), Role.NURSE)
    with request_of(app, nurse):
        assert status_of(show, conference_id=scene["conference"]) == 404


def test_a_page_without_object_is_refused_by_403(app, scene, db):
    with request_of(app, _auditor(scene["chair"].organisation_id, db)):
        assert status_of(listing) == 403


def test_nobody_is_sent_to_sign_in_and_back(app, db):
    with request_of(app, path="/conferences?after=x"):
        response = listing()
        assert response.status_code == 303
        assert response.location == "/sign-in?next=/conferences?after%3Dx"


@pytest.mark.parametrize("headers", [{"X-Background": "1"}, {"Accept": "application/json"}])
def test_a_script_is_told_401_so_that_it_keeps_the_text(app, db, headers):
    with request_of(app, headers=headers):
        assert status_of(listing) == 401


def test_a_get_changes_nothing_but_the_trail(app, scene, db):
    with request_of(app, scene["chair"]):
        show(conference_id=scene["conference"])
        assert pending() == []
        database.close()
    assert "written_by_a_get" not in jobs(db, scene["chair"])


def test_what_a_view_commits_stays(app, scene, db):
    with request_of(app, scene["chair"], method="POST"):
        change(conference_id=scene["conference"])
    assert "written_by_a_post" in jobs(db, scene["chair"])


def test_a_public_view_asks_in_nobodys_name_even_when_somebody_is_signed_in(app, scene):
    @public("a page of this test, for everybody")
    def page():
        return database.db.scalar(text("SELECT current_user"))

    with request_of(app, scene["chair"]):
        database.enter(scene["chair"].scope)
        assert page() == "portal_sign_in"


def _auditor(authority_id, db):
    from portal.accounts.models import Organisation

    return make.make_actor(db.get(Organisation, authority_id), Role.AUDITOR)
