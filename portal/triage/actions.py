"""What the contact team decides: accept, return, undo, reopen, close; and the calls it makes."""

from collections.abc import Iterable

from portal.authorisation.actor import Actor
from portal.conferences.models import ReportRequest
from portal.contacts import actions as contacts
from portal.contacts.models import Contact, PracticeCall
from portal.contacts.moves import must_hold, note_contact
from portal.contacts.states import RECEIVED_KINDS, CallOutcome, ClosedAs, ContactKind
from portal.errors import ImpossibleMove
from portal.submissions import actions as submissions
from portal.submissions.models import Submission
from portal.submissions.queries import get_submission
from portal.submissions.states import SubmissionState
from portal.triage.return_reasons import ReturnReason, worded
from portal.triage.standing import can_be_reopened, can_be_undone, closes_as

TOO_LATE_TO_UNDO = (
    "This cannot be undone. Whoever accepted it can undo that for ten minutes, before the practice is told."
    " After that, open it again with a reason."
)
NOT_TO_DECIDE = "There is nothing here to accept or return."
DECIDE_INSTEAD = "Accept this or return it: what a practice sent is not closed without an answer."

DONE_WHEN_SPOKEN = (ContactKind.SHORT_NOTICE_CALL, ContactKind.MAIL_UNDELIVERABLE)

CLOSES_AS = {
    SubmissionState.RETURNED: ClosedAs.RETURNED,
    SubmissionState.SUPERSEDED: ClosedAs.SUPERSEDED,
}
"""How a contact ends whose submission was decided on elsewhere. What was accepted elsewhere is only seen:
as an acceptance it could be undone, though the practice has been told."""


def accept(actor: Actor, contact: Contact) -> None:
    """What was sent is in order; the practice is told when it can no longer be undone.

    Raises Conflict or ImpossibleMove when the actor does not hold the contact, and ImpossibleMove when what
    was sent has moved on.
    """
    must_hold(actor, contact)
    submissions.accept(actor, _submission(actor, contact))
    contacts.close(actor, contact, ClosedAs.ACCEPTED)


def return_to_practice(actor: Actor, contact: Contact, reasons: Iterable[ReturnReason], text: str) -> None:
    """Ask the practice to look again, and say why: its request is open once more. Raises as `accept` does."""
    must_hold(actor, contact)
    submissions.return_to_practice(actor, _submission(actor, contact), worded(reasons, text))
    contacts.close(actor, contact, ClosedAs.RETURNED)


def undo(actor: Actor, contact: Contact) -> None:
    """Take back an acceptance of the last ten minutes, and hold the contact again. Raises ImpossibleMove."""
    if not can_be_undone(actor, contact):
        raise ImpossibleMove(TOO_LATE_TO_UNDO)
    submissions.reopen(actor, _submission(actor, contact), "Undone")
    contacts.reopen(actor, contact)
    contacts.claim(actor, contact)


def reopen(actor: Actor, contact: Contact, reason: str) -> None:
    """Open a closed contact again, with a reason, and hold it; an acceptance is taken back with it.

    Raises ImpossibleMove for what is not closed, or was returned or replaced.
    """
    if not can_be_reopened(contact):
        raise ImpossibleMove
    if contact.closed_as == ClosedAs.ACCEPTED:
        submissions.reopen(actor, _submission(actor, contact), reason)
    contacts.reopen(actor, contact, reason)
    contacts.claim(actor, contact)


def close(actor: Actor, contact: Contact, note: str) -> None:
    """End a contact that needs no decision, with a note of what was done.

    Raises ImpossibleMove for something sent that still waits to be accepted or returned.
    """
    must_hold(actor, contact)
    if contact.kind not in RECEIVED_KINDS:
        contacts.close(actor, contact, closes_as(contact), note)
        return
    state = SubmissionState(_submission(actor, contact).state)
    if state is SubmissionState.RECEIVED:
        raise ImpossibleMove(DECIDE_INSTEAD)
    contacts.close(actor, contact, CLOSES_AS.get(state, ClosedAs.SEEN), note)


def ring_about_contact(
    actor: Actor, contact: Contact, request: ReportRequest, outcome: CallOutcome, spoke_to: str, note: str
) -> None:
    """Keep a call that a contact asked for; spoken to somebody, a short-notice call is done, and so is
    one instead of mail.

    Otherwise the contact stays with whoever rang, for 30 minutes more. Raises as `accept` does.
    """
    must_hold(actor, contact)
    log_call(actor, request, outcome, spoke_to, note)
    note_contact(actor, contact, "rang")
    if outcome is CallOutcome.SPOKE and contact.kind in DONE_WHEN_SPOKEN:
        contacts.close(actor, contact, ClosedAs.SPOKEN)
    else:
        contacts.renew(actor, contact)


def log_call(
    actor: Actor, request: ReportRequest, outcome: CallOutcome, spoke_to: str, note: str
) -> PracticeCall:
    """Keep that the practice was rung about a request."""
    return contacts.log_call(
        actor, request.id, request.practice_id, outcome, spoke_to=spoke_to, note=note or None
    )


def _submission(actor: Actor, contact: Contact) -> Submission:
    if contact.kind not in RECEIVED_KINDS:
        raise ImpossibleMove(NOT_TO_DECIDE)
    return get_submission(actor, contact.source_id)
