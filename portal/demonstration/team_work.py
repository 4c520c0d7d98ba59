"""What the invented contact team and chairs have done by now, through real actions."""

import uuid
from datetime import timedelta

from sqlalchemy import select

from portal import clock
from portal.authorisation.actor import Actor
from portal.conferences.models import Conference, Involvement
from portal.conferences.queries import get_conference, get_request
from portal.conferences.states import PersonRole
from portal.contacts import actions as contacts
from portal.contacts.models import Contact
from portal.contacts.states import DeferReason
from portal.database import acting_as, db
from portal.packs.actions import request_pack
from portal.packs.states import Audience
from portal.submissions.content import RecordedReply
from portal.triage import actions as triage
from portal.triage import replies
from portal.triage.return_reasons import ReturnReason

RETURNED = (
    "Please say for each child when the practice last saw them, and explain “COPD” and “DNA” for readers "
    "outside health."
)


def accept(officer: Actor, submission_id: uuid.UUID) -> None:
    """Check what was sent and find it in order."""
    with acting_as(officer.scope):
        contact = _contact_about(submission_id)
        contacts.claim(officer, contact)
        triage.accept(officer, contact)
    db.expunge_all()


def return_to_practice(officer: Actor, submission_id: uuid.UUID) -> None:
    """Ask the practice to look again."""
    with acting_as(officer.scope):
        contact = _contact_about(submission_id)
        contacts.claim(officer, contact)
        reasons = (ReturnReason.CURRENCY, ReturnReason.LAY_LANGUAGE)
        triage.return_to_practice(officer, contact, reasons, RETURNED)
    db.expunge_all()


def record_reply(officer: Actor, request_id: uuid.UUID) -> None:
    """Record a report that came by e-mail."""
    with acting_as(officer.scope):
        reply = RecordedReply(
            how="email",
            received_on=clock.today() - timedelta(days=1),
            filed_at="Case system, documents, general practice",
            from_whom="The practice’s safeguarding mailbox",
            recorded_at=clock.now(),
        )
        replies.record(officer, get_request(officer, request_id), reply, uuid.uuid4())
    db.expunge_all()


def hold_and_put_off(officer: Actor) -> None:
    """Have one contact in hand, and another put off until next week."""
    with acting_as(officer.scope):
        put_off = contacts.claim_most_urgent(officer)
        if put_off is not None:
            until = clock.today() + timedelta(days=7)
            contacts.defer(officer, put_off, next(iter(DeferReason)), until)
        contacts.claim_most_urgent(officer)
    db.expunge_all()


def request_packs(chair: Actor, conference_id: uuid.UUID) -> None:
    """Ask for the chair's pack, the professionals' and a copy for the mother, where there is one."""
    with acting_as(chair.scope):
        conference = get_conference(chair, conference_id)
        request_pack(chair, conference, Audience.CHAIR)
        request_pack(chair, conference, Audience.PROFESSIONALS)
        mother = _mother_in(conference)
        if mother is not None:
            request_pack(chair, conference, Audience.FAMILY, mother)
    db.expunge_all()


def _contact_about(submission_id: uuid.UUID) -> Contact:
    return db.scalars(select(Contact).where(Contact.source_id == submission_id)).one()


def _mother_in(conference: Conference) -> uuid.UUID | None:
    return db.scalar(
        select(Involvement.person_id)
        .where(Involvement.conference_id == conference.id, Involvement.role == PersonRole.MOTHER)
        .order_by(Involvement.position)
        .limit(1)
    )
