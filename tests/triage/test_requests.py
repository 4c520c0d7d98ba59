"""What practices owe, the calls to them, and replies that came another way."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.authorisation.actor import Role, authority_scope
from portal.contacts.models import PracticeCall
from portal.contacts.queries import calls_about
from portal.contacts.states import ClosedAs, ContactKind, ContactState
from portal.database import acting_as, new_id
from portal.submissions.models import Submission
from portal.triage.chasing import count_owing, owing_by_conference, place_among_owing
from tests.support import factories as make
from tests.triage.family import make_case, signed_in

REPLY = {
    "how": "email",
    "from_whom": "Reception",
    "filed_at": "Case system, document 4711",
    "note": "Two pages",
}


@pytest.fixture
def case(db):
    return make_case(days=21)


@pytest.fixture
def office(browser, case):
    return lambda: signed_in(browser, case.officer)


@pytest.fixture
def in_scope(case):
    with acting_as(authority_scope(case.authority.id)):
        yield


def reply_on(day):
    return {**REPLY, "received_on-day": day.day, "received_on-month": day.month, "received_on-year": day.year}


def calls_of(case):
    with acting_as(case.officer.scope):
        return calls_about(case.officer, [case.request.id])


def test_overview_shows_whom_to_ring(case, office):
    page = office().get("/waiting-for-practices").text
    for words in (
        "Okafor family",
        "Lakeside Surgery",
        case.practice.telephone,
        "Not started",
        "</strong> (1)",
    ):
        assert words in page, words


def test_overview_when_every_practice_has_answered(case, office):
    case.report()
    assert "Every practice has answered" in office().get("/waiting-for-practices").text


def test_overview_leaves_out_conferences_that_have_been(case, in_scope):
    with clock.moved_to(clock.now() + timedelta(days=22)):
        assert count_owing(case.officer) == (0, 0)
        assert not owing_by_conference(case.officer).items


def test_overdue_is_worked_out_when_read(case, office, in_scope):
    assert count_owing(case.officer) == (1, 0)
    with clock.moved_to(clock.now() + timedelta(days=17)):
        assert count_owing(case.officer) == (1, 1)
        (group,) = owing_by_conference(case.officer, is_overdue_only=True).items
        assert group.requests[0].is_overdue
        assert "overdue" in group.requests[0].due_words
    assert not owing_by_conference(case.officer, is_overdue_only=True).items


def test_overview_pages_show_every_request_once(case, db):
    cases = [case, *(make_case(authority=case.authority, days=20 + n % 2) for n in range(4))]
    seen, after = [], None
    with acting_as(authority_scope(case.authority.id)):
        while True:
            page = owing_by_conference(case.officer, after=after, size=2)
            seen += [request.request_id for group in page.items for request in group.requests]
            after = place_among_owing(page.next_key)
            if after is None:
                break
    assert sorted(seen) == sorted(each.request.id for each in cases)


def test_overview_of_another_authority_is_empty(case, db):
    stranger = make.make_actor(make.make_authority("Elsewhere"), Role.CONTACT)
    for scope in (stranger.scope, case.officer.scope):  # the query itself, and the database, keep them apart
        with acting_as(scope):
            assert not owing_by_conference(stranger).items


def test_call_is_kept_once_and_shown(case, office):
    path = f"/requests/{case.request.id}/log-call"
    form = {"outcome": "spoke", "spoke_to": "Mo, reception", "note": "By Friday", "idempotency_key": new_id()}
    office().send(path, form)
    office().send(path, form)
    (call,) = calls_of(case)
    assert (call.outcome, call.spoke_to, call.note) == ("spoke", "Mo, reception", "By Friday")
    assert "Spoke to somebody, Mo, reception" in " ".join(office().get(path).text.split())
    assert "spoke to somebody" in office().get("/waiting-for-practices").text


def test_call_needs_the_name_of_whom_we_spoke_to_but_not_of_nobody(case, office):
    path = f"/requests/{case.request.id}/log-call"
    wrong = office().send(path, {"outcome": "spoke", "idempotency_key": new_id()})
    assert wrong.status_code == 422
    assert "Enter whom you spoke to" in wrong.text
    form = {"outcome": "no_answer", "spoke_to": "Left over", "idempotency_key": new_id()}
    assert office().send(path, form).status_code == 303
    assert calls_of(case)[0].spoke_to == ""


def test_short_notice_call_is_done_when_somebody_was_spoken_to(case, office):
    contact = case.contact(ContactKind.SHORT_NOTICE_CALL)
    case.hold(contact)
    path = f"/queue/{contact.id}/log-call"
    office().send(path, {"outcome": "left_message", "idempotency_key": new_id()})
    assert case.reload(contact).state == ContactState.HELD
    office().send(path, {"outcome": "spoke", "spoke_to": "Dr Lee", "idempotency_key": new_id()})
    assert case.reload(contact).closed_as == ClosedAs.SPOKEN
    assert len(calls_of(case)) == 2


def test_call_about_a_contact_is_refused_to_whoever_does_not_hold_it(case, office):
    contact = case.contact(ContactKind.WILL_BE_LATE)
    form = {"outcome": "no_answer", "idempotency_key": new_id()}
    assert office().send(f"/queue/{contact.id}/log-call", form).status_code == 409
    assert not calls_of(case)


def test_recorded_reply_answers_the_request_and_settles_its_calls(case, office):
    contact = case.contact(ContactKind.SHORT_NOTICE_CALL)
    form = {**reply_on(clock.today()), "idempotency_key": new_id()}
    path = f"/requests/{case.request.id}/record-reply"
    assert office().send(path, form).status_code == 303
    assert case.reload(case.request).state == "answered"
    assert case.reload(contact).closed_as == ClosedAs.SETTLED
    assert "Every practice has answered" in office().get("/waiting-for-practices").text
    assert "Checked" in office().get(path).text


def test_recorded_reply_sent_twice_is_one(db, case, office):
    form = {**reply_on(clock.today()), "idempotency_key": new_id()}
    for _ in range(2):
        office().send(f"/requests/{case.request.id}/record-reply", form)
    with acting_as(authority_scope(case.authority.id)):
        (found,) = db.scalars(select(Submission).where(Submission.request_id == case.request.id))
    assert (found.kind, found.state) == ("recorded", "accepted")
    assert found.content["filed_at"] == "Case system, document 4711"


@pytest.mark.parametrize("missing", ["how", "from_whom", "filed_at", "received_on-year"])
def test_record_reply_is_refused_without_what_the_chair_needs(case, office, missing):
    form = {**reply_on(clock.today()), "idempotency_key": new_id()}
    del form[missing]
    assert office().send(f"/requests/{case.request.id}/record-reply", form).status_code == 422
    assert case.reload(case.request).state == "open"


def test_record_reply_is_refused_for_a_day_to_come(case, office):
    form = {**reply_on(clock.today() + timedelta(days=1)), "idempotency_key": new_id()}
    assert office().send(f"/requests/{case.request.id}/record-reply", form).status_code == 422


@pytest.mark.parametrize("page", ["record-reply", "log-call"])
def test_pages_about_a_request_are_not_there_for_others(case, browser, page):
    for actor in (
        case.doctor,
        make.make_actor(case.authority, Role.CHAIR),
        make.make_actor(make.make_authority("Elsewhere"), Role.CONTACT),
    ):
        assert signed_in(browser, actor).get(f"/requests/{case.request.id}/{page}").status_code == 404


def test_calls_are_invisible_to_the_practice(db, case, office):
    form = {"outcome": "no_answer", "idempotency_key": new_id()}
    office().send(f"/requests/{case.request.id}/log-call", form)
    with acting_as(authority_scope(case.authority.id)):
        assert db.scalar(select(func.count(PracticeCall.id))) == 1
    other = make.make_authority("Elsewhere")
    with acting_as(authority_scope(other.id)):
        assert db.scalar(select(func.count(PracticeCall.id))) == 0
