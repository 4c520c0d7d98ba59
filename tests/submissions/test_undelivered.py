"""Mail that the server refuses for good: the contact team sees whom to ring."""

import smtplib

import pytest
from sqlalchemy import select

from portal.authorisation.actor import authority_scope, practice_scope
from portal.conferences.letters import PostRound, facts_for, tell_chair
from portal.conferences.models import Conference, ReportRequest
from portal.contacts.actions import settle
from portal.contacts.models import Contact
from portal.contacts.states import ClosedAs, ContactKind, ContactState
from portal.database import acting_as, db, new_id
from portal.handlers import HANDLERS
from portal.jobs.worker import run_all
from portal.notifications.actions import letterbox, notify
from portal.notifications.catalogue import Message
from tests.triage.family import make_case, signed_in


class Refusing:
    """A mail server that has none of these mailboxes."""

    def send(self, message):
        raise smtplib.SMTPRecipientsRefused({message["To"]: (550, b"no such mailbox")})


@pytest.fixture
def refused(app):
    before = letterbox.transport
    letterbox.transport = Refusing()
    yield
    letterbox.transport = before


@pytest.fixture
def case(db):
    return make_case()


def mail_to_practice(case):
    with acting_as(authority_scope(case.authority.id)):
        request = db.get(ReportRequest, case.request.id)
        PostRound.for_practices([request.practice]).tell(request, Message.REQUEST_NEW)
        db.commit()
    run_all(HANDLERS)
    db.expunge_all()


def contacts_of(case):
    with acting_as(authority_scope(case.authority.id)):
        found = db.scalars(select(Contact).where(Contact.kind == ContactKind.MAIL_UNDELIVERABLE)).all()
        db.expunge_all()
    return found


def test_refused_mail_about_a_request_asks_for_a_call(case, refused, browser):
    mail_to_practice(case)
    (contact,) = contacts_of(case)
    assert (contact.practice_id, contact.conference_id) == (case.practice.id, case.conference.id)
    office = signed_in(browser, case.officer)
    assert "Mail could not be delivered: ring them" in office.get("/queue").text
    page = office.get(f"/queue/{contact.id}").text
    for words in ("Lakeside Surgery", case.practice.telephone, case.practice.email, "could not be delivered"):
        assert words in page, words


def test_a_call_that_reached_somebody_is_the_end_of_it(case, refused, browser):
    mail_to_practice(case)
    (contact,) = contacts_of(case)
    case.hold(contact)
    form = {"outcome": "spoke", "spoke_to": "Mo, reception", "idempotency_key": new_id()}
    assert signed_in(browser, case.officer).send(f"/queue/{contact.id}/log-call", form).status_code == 303
    assert case.reload(contact).closed_as == ClosedAs.SPOKEN


def test_the_same_request_is_one_contact_which_waits_again(case, refused):
    mail_to_practice(case)
    with acting_as(authority_scope(case.authority.id)):
        settle(case.officer, ContactKind.MAIL_UNDELIVERABLE, case.request.id, ClosedAs.SPOKEN)
        db.commit()
    mail_to_practice(case)
    (contact,) = contacts_of(case)
    assert contact.state == ContactState.WAITING


def test_mail_that_a_practice_asked_for_counts_too(case, refused):
    with acting_as(practice_scope(case.practice.id)):
        request = db.get(ReportRequest, case.request.id)
        address = "writer@example.org"
        link = f"/requests/{request.id}"
        notify(address, Message.REQUEST_ASSIGNED, link, facts_for(request), about_id=request.id)
        db.commit()
    run_all(HANDLERS)
    assert len(contacts_of(case)) == 1


def test_the_receipt_of_something_sent_counts_too(case, refused):
    case.report()
    db.commit()
    run_all(HANDLERS)
    assert [contact.source_id for contact in contacts_of(case)] == [case.request.id]


def test_refused_mail_to_the_chair_asks_for_a_call_to_the_chair(case, refused, browser):
    with acting_as(authority_scope(case.authority.id)):
        tell_chair(db.get(Conference, case.conference.id), Message.PACK_READY)
        db.commit()
    run_all(HANDLERS)
    (contact,) = contacts_of(case)
    case.hold(contact)
    office = signed_in(browser, case.officer)
    assert "Ring the chair" in office.get(f"/queue/{contact.id}").text
    assert office.send(f"/queue/{contact.id}/close", {"note": "Rang her"}).status_code == 303
    assert case.reload(contact).closed_as == ClosedAs.SETTLED


def test_refused_mail_to_the_contact_team_itself_opens_nothing(case, refused):
    contact = case.contact(ContactKind.REASON_MISSING)
    with acting_as(authority_scope(case.authority.id)):
        facts = facts_for(db.get(ReportRequest, case.request.id))
        notify("office@example.org", Message.CONTACT_NEW, "/queue", facts, about_id=contact.id)
        db.commit()
    run_all(HANDLERS)
    assert not contacts_of(case)
