"""A reply recorded on the wrong row: the record is withdrawn, and the practice is asked again."""

import pytest
from sqlalchemy import select

from portal import clock
from portal.audit.actions import pending
from portal.authorisation.actor import Role, authority_scope
from portal.contacts.states import ContactKind, ContactState
from portal.database import acting_as, new_id
from portal.jobs.models import Job
from portal.notifications.catalogue import Message
from portal.notifications.models import Notification
from portal.notifications.states import NotificationState
from portal.submissions.models import Submission, SubmissionEvent
from portal.submissions.queries import get_submission, submissions_of
from portal.submissions.withdrawing import withdraw_record
from tests.support import factories as make
from tests.triage.family import make_case, signed_in
from tests.triage.test_requests import reply_on


@pytest.fixture
def case(db):
    return make_case()


@pytest.fixture
def office(browser, case):
    return signed_in(browser, case.officer)


@pytest.fixture
def recorded(db, case, office):
    """A reply recorded a moment ago, on the wrong request."""
    form = {**reply_on(clock.today()), "idempotency_key": new_id()}
    assert office.send(f"/requests/{case.request.id}/record-reply", form).status_code == 303
    with acting_as(authority_scope(case.authority.id)):
        return db.scalar(select(Submission).where(Submission.request_id == case.request.id)).id


def withdraw(office, submission_id, reason="It belongs to Canal Street"):
    return office.send(f"/recorded-replies/{submission_id}/withdraw", {"reason": reason})


def test_a_withdrawn_record_opens_the_request_again_and_says_why(db, case, office, recorded):
    page = office.get(f"/requests/{case.request.id}/record-reply").text
    assert f"/recorded-replies/{recorded}/withdraw" in page
    response = withdraw(office, recorded)
    assert response.location == f"/requests/{case.request.id}/record-reply"
    page = office.get(response.location).text
    assert "Not answered" in page
    assert f"/recorded-replies/{recorded}/withdraw" not in page
    assert case.reload(case.request).state == "open"
    with acting_as(authority_scope(case.authority.id)):
        (sent,) = submissions_of(case.officer, case.conference.id)
        assert sent.state == "withdrawn"
        statement = select(SubmissionEvent).where(SubmissionEvent.event == "withdrawn")
        assert db.scalar(statement).note == "It belongs to Canal Street"


def test_a_withdrawal_stands_in_the_trail(db, case, recorded):
    with acting_as(case.officer.scope):
        withdraw_record(case.officer, get_submission(case.officer, recorded), "It belongs to Canal Street")
        (event,) = [each for each in pending() if each.action == "reply_record_withdrawn"]
    assert (event.user_id, event.target_id) == (case.officer.user_id, recorded)


def test_the_practice_is_told_and_packs_are_made_anew(db, case, office, recorded):
    withdraw(office, recorded)
    with acting_as(authority_scope(case.authority.id)):
        told = db.scalars(
            select(Notification).where(Notification.message == Message.REPLY_RECORDED_WRONGLY)
        ).all()
        receipt = db.scalar(select(Notification).where(Notification.message == Message.SUBMISSION_RECEIVED))
        packs = db.scalars(select(Job).where(Job.name == "packs.arrival")).all()
    assert case.practice.email in {mail.address for mail in told}
    assert "Okafor" not in str([mail.facts for mail in told])
    assert receipt.state == NotificationState.WITHDRAWN, "what nobody has sent yet is not sent any more"
    assert len(packs) == 2


def test_calls_settled_by_the_record_wait_again(case, browser):
    contact = case.contact(ContactKind.WILL_BE_LATE)
    office = signed_in(browser, case.officer)
    office.send(
        f"/requests/{case.request.id}/record-reply", {**reply_on(clock.today()), "idempotency_key": new_id()}
    )
    assert case.reload(contact).state == ContactState.CLOSED
    page = office.get(f"/requests/{case.request.id}/record-reply").text
    withdraw(office, page.split("/recorded-replies/")[1].split("/")[0])
    assert case.reload(contact).state == ContactState.WAITING


def test_the_request_stays_answered_while_a_report_stands(case, office, recorded):
    case.report()
    withdraw(office, recorded)
    assert case.reload(case.request).state == "answered"


def test_a_withdrawal_needs_a_reason_and_happens_once(case, office, recorded):
    assert withdraw(office, recorded, reason=" ").status_code == 422
    assert case.reload(case.request).state == "answered"
    assert withdraw(office, recorded).status_code == 303
    assert withdraw(office, recorded).status_code == 409


def test_what_a_practice_sent_is_no_record_to_withdraw(case, office):
    submission, _contact = case.report()
    assert withdraw(office, submission.id).status_code == 409
    assert case.reload(submission).state == "received"


def test_a_record_is_not_there_for_others(case, browser, office, recorded):
    for actor in (
        case.doctor,
        make.make_actor(case.authority, Role.CHAIR),
        make.make_actor(make.make_authority("Elsewhere"), Role.CONTACT),
    ):
        assert signed_in(browser, actor).get(f"/recorded-replies/{recorded}/withdraw").status_code == 404


def test_the_conference_page_leads_to_calls_and_replies(case, office):
    page = office.get(f"/conferences/{case.conference.id}").text
    assert f"/requests/{case.request.id}/log-call" in page
    assert f"/requests/{case.request.id}/record-reply" in page


def test_the_chair_sees_no_deeds_of_the_contact_team_on_the_conference_page(case, browser):
    browser = signed_in(browser, make.make_actor(case.authority, Role.CHAIR))
    assert "/log-call" not in browser.get(f"/conferences/{case.conference.id}").text
