from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.authorisation.actor import Role
from portal.conferences.actions import take_over
from portal.conferences.models import Conference
from portal.context import NOBODY
from portal.database import acting_as
from portal.documents.pdf import RenderingFailed
from portal.errors import ImpossibleMove
from portal.handlers import HANDLERS, every_minute
from portal.jobs.worker import Run, run_all
from portal.notifications.models import Notification
from portal.packs import building
from portal.packs.actions import move_pack, request_pack, retry
from portal.packs.made import packs_of
from portal.packs.models import Pack
from portal.packs.states import Audience, PackMove
from tests.packs import families
from tests.packs.families import commit_and_forget
from tests.packs.outputs import make_pack, run_until_given_up
from tests.support import factories as make


@pytest.fixture
def family(db):
    return families.twins()


def _packs(db, family):
    db.expunge_all()
    with acting_as(family.scope):
        packs = db.scalars(select(Pack).where(Pack.conference_id == family.conference_id)).all()
        return sorted((pack.audience, pack.number, pack.state) for pack in packs)


def _on_due_day(db, family, at=time(9)):
    with acting_as(family.scope):
        day = db.get_one(Conference, family.conference_id).due_on
    return clock.moved_to(datetime.combine(day, at, UTC))


def _run(db):
    commit_and_forget()
    run_all(HANDLERS)
    db.expunge_all()


def _every_minute():
    with acting_as(NOBODY):
        every_minute()


def test_a_newer_pack_replaces_the_ready_one(db, family):
    make_pack(family, "chair")
    make_pack(family, "chair")
    assert _packs(db, family) == [("chair", 1, "superseded"), ("chair", 2, "ready")]


def test_a_pack_fails_when_its_chair_no_longer_is(db, family):
    with acting_as(family.scope):
        authority = db.get(make.Organisation, family.authority_id)
    other = make.make_actor(authority, Role.CHAIR)
    with acting_as(family.scope):
        request_pack(family.chair, family.conference, Audience.CHAIR)
        take_over(other, family.conference, "On leave")
    _run(db)
    assert _packs(db, family) == [("chair", 1, "failed")]
    with acting_as(family.scope):
        retry(other, db.scalars(select(Pack)).one())
    _run(db)
    assert _packs(db, family) == [("chair", 1, "failed"), ("chair", 2, "ready")]


def test_a_pack_that_fails_once_is_tried_again_by_itself(db, family, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(building, "to_docx", _broken)
        with _on_due_day(db, family):
            _every_minute()
            _run(db)
            with acting_as(family.scope):
                assert [row.state for row in packs_of(family.chair, family.conference)] == ["requested"] * 2
    with _on_due_day(db, family, time(9, 5)):
        with acting_as(family.scope):
            assert "tried again by itself" in packs_of(family.chair, family.conference)[0].progress
        _run(db)
    assert _packs(db, family) == [("chair", 1, "ready"), ("professionals", 1, "ready")]
    assert _failures_told(db, family) == []


def test_a_pack_that_cannot_be_made_says_so_keeps_nothing_and_is_told_of(db, family, monkeypatch):
    monkeypatch.setattr(building, "to_docx", _broken)
    with acting_as(family.scope):
        request_pack(family.chair, family.conference, Audience.CHAIR)
    run_until_given_up(db)
    with acting_as(family.scope):
        row = packs_of(family.chair, family.conference)[0]
        pack = db.get_one(Pack, row.id)
        assert (row.state, pack.failed_because, pack.pdf_id) == ("failed", "RenderingFailed", None)
        assert "Try again" in row.failed
        assert row.may_retry
        with pytest.raises(ImpossibleMove):
            move_pack(pack, PackMove.FINISH)
        told = {db.get(make.User, family.chair.user_id).email, family.conference.requests[0].authority.email}
    assert set(_failures_told(db, family)) == told


def _broken(_document):
    raise RenderingFailed


def _failures_told(db, family):
    with acting_as(family.scope):
        mail = select(Notification.address).where(Notification.message == "pack_failed")
        return db.scalars(mail).all()


def test_building_twice_is_building_once(db, family):
    output = make_pack(family, "chair")
    with acting_as(family.scope):
        HANDLERS["packs.build"](Run(family.authority_id, None, {"pack_id": str(output.pack.id)}))
    assert _packs(db, family) == [("chair", 1, "ready")]


def test_packs_are_made_when_reports_are_due(db, family):
    _every_minute()
    _run(db)
    assert _packs(db, family) == []
    with _on_due_day(db, family):
        for _ in range(2):
            _every_minute()
            _run(db)
        assert _packs(db, family) == [("chair", 1, "ready"), ("professionals", 1, "ready")]


def test_a_pack_made_before_the_due_day_does_not_stand_for_that_days(db, family):
    make_pack(family, "chair")
    family.hand_in("Zqchad Surgery")
    _run(db)
    with _on_due_day(db, family):
        for _ in range(2):
            _every_minute()
            _run(db)
    assert _packs(db, family) == [
        ("chair", 1, "superseded"),
        ("chair", 2, "ready"),
        ("professionals", 1, "ready"),
    ]


def test_a_pack_that_failed_for_somebody_does_not_stand_for_the_due_days(db, family):
    with _on_due_day(db, family):
        with acting_as(family.scope):
            authority = db.get(make.Organisation, family.authority_id)
            request_pack(family.chair, family.conference, Audience.CHAIR)
            take_over(make.make_actor(authority, Role.CHAIR), family.conference, "On leave")
        for _ in range(2):
            _run(db)
            _every_minute()
    assert _packs(db, family)[:2] == [("chair", 1, "failed"), ("chair", 2, "ready")]


def test_an_answer_before_the_due_day_makes_no_pack(db, family):
    family.hand_in("Zqchad Surgery")
    run_all(HANDLERS)
    assert _packs(db, family) == []


def test_an_answer_after_the_due_day_makes_the_packs_anew(db, family):
    make_pack(family, "chair")
    with _on_due_day(db, family):
        family.hand_in("Zqchad Surgery")
        with acting_as(family.scope):
            (row,) = packs_of(family.chair, family.conference)
        assert row.changes == ("1 answer has come since",)
        run_all(HANDLERS)
        assert _packs(db, family) == [
            ("chair", 1, "superseded"),
            ("chair", 2, "ready"),
            ("professionals", 1, "ready"),
        ]


def test_a_pack_at_an_hour_waits_for_it(db, family):
    with acting_as(family.scope):
        conference = family.conference
        conference.due_at = time(12)
        day = conference.due_on
        commit_and_forget()
    noon = clock.LONDON
    before = datetime.combine(day, time(11, 59), noon)
    for moment, count in ((before, 0), (before + timedelta(minutes=2), 2)):
        with clock.moved_to(moment):
            _every_minute()
            _run(db)
            assert len(_packs(db, family)) == count
