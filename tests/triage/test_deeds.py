"""Accept, return, undo, put off, close, open again: through the pages, as somebody would."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.authorisation.actor import authority_scope
from portal.contacts.states import ClosedAs, ContactKind, ContactState, DeferReason
from portal.database import acting_as, commit
from portal.notifications.catalogue import Message
from portal.notifications.models import Notification
from portal.notifications.states import NotificationState
from portal.submissions.actions import move_submission
from portal.submissions.models import SubmissionEvent
from portal.submissions.queries import get_submission
from portal.submissions.states import SubmissionMove
from tests.triage.family import make_case, signed_in


@pytest.fixture
def case(db):
    return make_case()


@pytest.fixture
def report(case):
    """A report that the officer holds."""
    submission, contact = case.report()
    case.hold(contact)
    return submission, contact


@pytest.fixture
def office(browser, case):
    return lambda: signed_in(browser, case.officer)


def mail_about(db, case, submission, message):
    with acting_as(authority_scope(case.authority.id)):
        return list(
            db.scalars(
                select(Notification).where(
                    Notification.about_id == submission.id, Notification.message == message
                )
            )
        )


def test_take_the_most_urgent_holds_it_and_leads_to_it(case, office):
    _report, contact = case.report()
    later = make_case(authority=case.authority, days=60)
    later.report()
    response = office().send("/queue/take")
    assert response.location == f"/queue/{contact.id}"
    assert case.reload(contact).holder_id == case.officer.user_id


def test_take_when_nothing_waits_says_so(office):
    assert "Nothing waits" in office().send("/queue/take", follow_redirects=True).text


def test_claim_of_what_another_holds_names_the_holder(case, office):
    _report, contact = case.report()
    case.hold(contact, case.colleague)
    response = office().send(f"/queue/{contact.id}/claim")
    assert response.status_code == 409
    assert "Tom Reed is looking at this" in response.text


def test_release_gives_it_back(case, office, report):
    office().send(f"/queue/{report[1].id}/release")
    assert case.reload(report[1]).state == ContactState.WAITING


def test_accept_checks_the_submission_and_leads_to_the_next(case, office, report):
    other = make_case(authority=case.authority, days=30)
    _other, waiting = other.report()
    response = office().send(f"/queue/{report[1].id}/accept")
    assert response.location == f"/queue/{waiting.id}?decided={report[1].id}"
    assert (case.reload(report[0]).state, case.reload(report[1]).closed_as) == ("accepted", ClosedAs.ACCEPTED)
    page = office().get(response.location).text
    assert "Accepted." in page
    assert f"/queue/{report[1].id}/undo" in page


@pytest.mark.parametrize("deed", ["accept", "return", "defer", "close", "release"])
def test_deeds_are_refused_to_whoever_does_not_hold_it(case, office, deed):
    submission, contact = case.report()
    assert office().send(f"/queue/{contact.id}/{deed}").status_code == 409
    case.hold(contact, case.colleague)
    response = office().send(f"/queue/{contact.id}/{deed}")
    assert response.status_code == 409
    assert "Tom Reed" in response.text
    assert case.reload(submission).state == "received"


def test_accept_waits_ten_minutes_before_the_practice_is_told(db, case, office, report):
    office().send(f"/queue/{report[1].id}/accept")
    mails = mail_about(db, case, report[0], Message.SUBMISSION_ACCEPTED)
    assert mails
    assert all(mail.send_after >= clock.now() + timedelta(minutes=9) for mail in mails)


def test_undo_takes_the_acceptance_and_its_mail_back(db, case, office, report):
    submission, contact = report
    office().send(f"/queue/{contact.id}/accept")
    office().send(f"/queue/{contact.id}/undo")
    assert case.reload(submission).state == "received"
    assert case.reload(contact).holder_id == case.officer.user_id
    mails = mail_about(db, case, submission, Message.SUBMISSION_ACCEPTED)
    assert {mail.state for mail in mails} == {NotificationState.WITHDRAWN}


def test_undo_is_refused_after_ten_minutes_and_to_others(case, office, browser, report):
    submission, contact = report
    office().send(f"/queue/{contact.id}/accept")
    assert signed_in(browser, case.colleague).send(f"/queue/{contact.id}/undo").status_code == 409
    with clock.moved_to(clock.now() + timedelta(minutes=11)):
        assert office().send(f"/queue/{contact.id}/undo").status_code == 409
        assert "Undo" not in office().get(f"/queue/{contact.id}").text
    assert case.reload(submission).state == "accepted"


def test_reopen_takes_an_old_acceptance_back_with_a_reason(db, case, office, report):
    submission, contact = report
    office().send(f"/queue/{contact.id}/accept")
    assert office().send(f"/queue/{contact.id}/reopen").status_code == 422
    office().send(f"/queue/{contact.id}/reopen", {"reason": "About another child"})
    assert case.reload(submission).state == "received"
    assert case.reload(contact).state == ContactState.HELD


def test_return_opens_the_request_again_and_tells_the_practice(db, case, office, report):
    submission, contact = report
    form = {"reasons": ["voice", "currency"], "text": "Please say when Ada was last seen."}
    office().send(f"/queue/{contact.id}/return", form)
    assert case.reload(submission).state == "returned"
    assert case.reload(case.request).state == "open"
    assert case.reload(contact).closed_as == ClosedAs.RETURNED
    assert mail_about(db, case, submission, Message.SUBMISSION_RETURNED)
    with acting_as(authority_scope(case.authority.id)):
        statement = select(SubmissionEvent).where(SubmissionEvent.event == "returned")
        note = db.scalar(statement.where(SubmissionEvent.submission_id == submission.id)).note
    assert note.splitlines() == [
        "The child's voice is missing.",
        "It is not up to date.",
        "Please say when Ada was last seen.",
    ]


def test_return_needs_a_reason_and_words_and_keeps_what_was_typed(case, office, report):
    response = office().send(f"/queue/{report[1].id}/return", {"text": "Only words"})
    assert response.status_code == 422
    assert "Choose at least one reason" in response.text
    assert "Only words" in response.text
    response = office().send(f"/queue/{report[1].id}/return", {"reasons": ["voice"]})
    assert "Say what the practice should do" in response.text
    assert case.reload(report[0]).state == "received"


def test_returned_contact_is_not_opened_again(case, office, report):
    contact = report[1]
    office().send(f"/queue/{contact.id}/return", {"reasons": ["voice"], "text": "Please add it"})
    assert "Open it again" not in office().get(f"/queue/{contact.id}").text
    assert office().send(f"/queue/{contact.id}/reopen", {"reason": "Oh"}).status_code == 409


def test_defer_is_refused_after_the_conference(case, office, report):
    path = f"/queue/{report[1].id}/defer"
    late = {"reason": "practice", "until-day": "31", "until-month": "12", "until-year": "9999"}
    office().send(f"/queue/{report[1].id}/claim")

    refused = office().send(path, late)

    assert refused.status_code == 422
    assert "or before" in refused.text


def test_defer_puts_it_off_until_a_day_to_come(case, office, report):
    path = f"/queue/{report[1].id}/defer"
    day = clock.today() + timedelta(days=4)
    typed = {"until-day": day.day, "until-month": day.month, "until-year": day.year}
    wrong = office().send(path, {"reason": "chair", **typed, "until-year": day.year - 1})
    assert wrong.status_code == 422
    assert "must be in the future" in wrong.text
    office().send(path, {"reason": "chair", **typed, "note": "Rang the chair"})
    contact = case.reload(report[1])
    assert (contact.state, contact.deferred_until, contact.deferred_reason) == (
        ContactState.DEFERRED, day, DeferReason.CHAIR,
    )  # fmt: skip
    assert f"/queue/{contact.id}" not in office().get("/queue").text
    assert f"/queue/{contact.id}" in office().get("/queue?show=deferred").text


def test_close_needs_a_note_and_settles(case, office):
    contact = case.contact(ContactKind.REASON_MISSING)
    case.hold(contact)
    assert office().send(f"/queue/{contact.id}/close").status_code == 422
    office().send(f"/queue/{contact.id}/close", {"note": "The social worker gave the reason"})
    assert case.reload(contact).closed_as == ClosedAs.SETTLED
    page = office().get(f"/queue/{contact.id}").text
    assert "The social worker gave the reason" in page
    assert f"/queue/{contact.id}" in office().get("/queue?show=closed").text


def test_close_is_no_way_round_a_decision(case, office, report):
    response = office().send(f"/queue/{report[1].id}/close", {"note": "Seen"})
    assert response.status_code == 409
    assert case.reload(report[0]).state == "received"


@pytest.mark.parametrize(
    ("move", "closed_as"),
    [
        (SubmissionMove.RETURN, ClosedAs.RETURNED),
        (SubmissionMove.SUPERSEDE, ClosedAs.SUPERSEDED),
        (SubmissionMove.WITHDRAW, ClosedAs.SEEN),
        (SubmissionMove.ACCEPT, ClosedAs.SEEN),
    ],
)
def test_close_says_what_became_of_a_submission_decided_on_elsewhere(case, office, report, move, closed_as):
    with acting_as(case.officer.scope):
        move_submission(case.officer, get_submission(case.officer, report[0].id), move)
        commit()
    office().send(f"/queue/{report[1].id}/close", {"note": "Seen"})
    assert case.reload(report[1]).closed_as == closed_as


def test_accept_is_refused_for_what_holds_nothing_sent(case, office):
    contact = case.contact(ContactKind.REASON_MISSING)
    case.hold(contact)
    assert office().send(f"/queue/{contact.id}/accept").status_code == 409


def test_newer_report_closes_the_contact_of_the_older(case, office, report):
    case.report(worry="A second bruise")
    contact = case.reload(report[1])
    assert contact.closed_as == ClosedAs.SUPERSEDED
    assert "something newer in its place" in " ".join(office().get(f"/queue/{contact.id}").text.split())


def test_decided_in_an_address_says_nothing_about_others_decisions(case, browser, office, report):
    office().send(f"/queue/{report[1].id}/accept")
    signed_in(browser, case.colleague)
    for text in (str(report[1].id), "nonsense", str(case.request.id)):
        assert "Accepted." not in browser.get(f"/queue?decided={text}").text
