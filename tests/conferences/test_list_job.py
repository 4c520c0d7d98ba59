"""A list whose job fails again and again: it stops in sight of the contact team, and goes on when told to."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.accounts.models import Membership
from portal.conferences import list_import
from portal.conferences.list_models import ConferenceList
from portal.conferences.models import Conference
from portal.conferences.states import ListState
from portal.database import acting_as, commit
from portal.errors import ImpossibleMove
from portal.handlers import HANDLERS
from portal.jobs.worker import run_all
from tests.support import factories as make
from tests.support.lists.list_samples import list_of, rows_of_one_conference


@pytest.fixture
def confirmed(db, ground):
    return confirm(db, ground, "C-1")


def confirm(db, ground, ref):
    with acting_as(ground.scope):
        row = list_import.keep_list(ground.contact, list_of(rows_of_one_conference(ref)))
        list_import.confirm(ground.contact, row)
        list_id = row.id
    commit()
    db.expunge_all()
    return list_id


def state_of(db, ground, list_id):
    db.expunge_all()
    with acting_as(ground.scope):
        return db.get_one(ConferenceList, list_id).state


@pytest.fixture
def stopped(db, ground, confirmed, monkeypatch):
    """A list that failed until its job was given up."""
    start = clock.now()
    with monkeypatch.context() as patch:
        patch.setattr(list_import, "AT_ONCE", 1)
        patch.delattr(list_import, "book_all")
        for minute in range(60):
            with clock.moved_to(start + timedelta(minutes=minute)):
                run_all(HANDLERS)
    return confirmed


def test_a_list_whose_job_gives_up_says_so_and_goes_on(db, ground, browser, stopped):
    assert state_of(db, ground, stopped) == ListState.FAILED
    browser.sign_in_as(ground.contact)
    page = f"/conferences/lists/{stopped}/progress"
    assert page in browser.get("/conferences").text
    assert "The list has stopped" in browser.get(page).text
    assert browser.send(f"/conferences/lists/{stopped}/go-on").location == page
    browser.send(f"/conferences/lists/{stopped}/go-on")
    run_all(HANDLERS)
    assert "has been taken over" in browser.get(page).text
    assert page not in browser.get("/conferences").text
    with acting_as(ground.scope):
        assert len(db.scalars(select(Conference)).all()) == 1


def test_a_list_that_has_not_stopped_cannot_go_on(db, ground, confirmed):
    with acting_as(ground.scope), pytest.raises(ImpossibleMove):
        list_import.go_on(ground.contact, db.get_one(ConferenceList, confirmed))


def test_a_newer_list_sets_a_stopped_one_aside(db, ground, stopped):
    confirm(db, ground, "C-2")
    assert state_of(db, ground, stopped) == ListState.DISCARDED


def test_a_list_stops_when_whoever_confirmed_has_left(db, ground, confirmed):
    with acting_as(make.PLATFORM):
        membership = db.scalars(select(Membership).where(Membership.user_id == ground.contact.user_id)).one()
        membership.ends_on = clock.today() - timedelta(days=1)
    commit()
    run_all(HANDLERS)
    assert state_of(db, ground, confirmed) == ListState.FAILED


def test_the_job_run_twice_takes_nothing_over_twice(db, ground, stopped):
    with acting_as(ground.scope):
        row = db.get_one(ConferenceList, stopped)
        list_import.go_on(ground.contact, row)
        list_import.enqueue(list_import.TAKE_OVER, list_id=str(stopped))
    commit()
    run_all(HANDLERS)
    db.expunge_all()
    with acting_as(ground.scope):
        row = db.get_one(ConferenceList, stopped)
        assert (row.done, row.new, row.unchanged) == (1, 1, 0)
