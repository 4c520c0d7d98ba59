"""Open, claim, release, put off, close and reopen what waits for the contact team."""

import uuid
from datetime import date, timedelta

from sqlalchemy import select, update

from portal import clock
from portal.audit.actions import record_event
from portal.authorisation.actor import Actor
from portal.contacts.models import Contact, PracticeCall
from portal.contacts.moves import Values, compare_and_set, held_words, move_contact, must_hold
from portal.contacts.queries import first_waiting
from portal.contacts.states import (
    CallOutcome,
    ClosedAs,
    ContactKind,
    ContactMove,
    ContactState,
    DeferReason,
)
from portal.database import db
from portal.errors import Conflict, InvalidInput

HOLD = timedelta(minutes=30)
"""Quiet time after which somebody else may take a contact; each deed of the holder starts it anew."""

_FREE: Values = {"holder_id": None, "holder_name": None, "held_until": None}
_NOT_CLOSED: Values = {"closed_at": None, "closed_by_id": None, "closed_as": None}


def open_contact(
    authority_id: uuid.UUID,
    kind: ContactKind,
    source_id: uuid.UUID,
    *,
    due_on: date,
    conference_id: uuid.UUID | None = None,
    practice_id: uuid.UUID | None = None,
    has_restricted: bool = False,
) -> Contact:
    """Put something into the queue, in the authority's scope; the same thing twice is one contact."""
    found = _contact_about(authority_id, kind, source_id)
    if found is not None:
        return found
    contact = Contact(
        authority_id=authority_id,
        kind=kind,
        source_id=source_id,
        conference_id=conference_id,
        practice_id=practice_id,
        due_on=due_on,
        has_restricted=has_restricted,
        state=ContactState.WAITING,
        opened_at=clock.now(),
    )
    db.add(contact)
    return contact


def claim(actor: Actor, contact: Contact) -> None:
    """Hold the contact for 30 minutes; the holder's own hold starts anew.

    A hold that ran out, and what was put off, may be claimed too. Raises Conflict, naming the holder, when
    somebody else holds it or was quicker, and ImpossibleMove when it is closed.
    """
    if contact.state == ContactState.HELD and contact.holder_id == actor.user_id:
        renew(actor, contact)
        return
    if contact.state == ContactState.HELD and _has_run_out(contact):
        move_contact(actor, contact, ContactMove.RELEASE, event="hold_ran_out", **_FREE)
    if contact.state == ContactState.HELD:
        raise Conflict(held_words(contact))
    if contact.state == ContactState.DEFERRED:
        reopen(actor, contact)
    held_until = clock.now() + HOLD
    who: Values = {"holder_id": actor.user_id, "holder_name": actor.name, "held_until": held_until}
    move_contact(actor, contact, ContactMove.CLAIM, **who)


def claim_most_urgent(actor: Actor) -> Contact | None:
    """Hold the first contact that waits, or None when nothing does; two who ask at once get two."""
    contact = first_waiting(actor)
    if contact is not None:
        claim(actor, contact)
    return contact


def renew(actor: Actor, contact: Contact) -> None:
    """Start the holder's 30 minutes anew. Raises as `release` does."""
    must_hold(actor, contact)
    compare_and_set(contact, {"held_until": clock.now() + HOLD})


def release(actor: Actor, contact: Contact) -> None:
    """Give the contact back to the queue. Raises Conflict (another has it), ImpossibleMove (nobody)."""
    must_hold(actor, contact)
    move_contact(actor, contact, ContactMove.RELEASE, **_FREE)


def close(actor: Actor, contact: Contact, closed_as: ClosedAs, note: str | None = None) -> None:
    """End the contact. Raises as `release` does."""
    must_hold(actor, contact)
    _close(actor, contact, closed_as, note)


def defer(
    actor: Actor, contact: Contact, reason: DeferReason, until: date, *, note: str | None = None
) -> None:
    """Put the contact off until a later day, when it waits again by itself.

    Raises InvalidInput for a day that is not to come or lies after `last_day_off`, else as `release` does.
    """
    must_hold(actor, contact)
    if not clock.today() < until <= last_day_off(contact):
        raise InvalidInput("Choose a day to come, and not after the conference.")
    values: Values = {**_FREE, "deferred_until": until, "deferred_reason": reason}
    move_contact(actor, contact, ContactMove.DEFER, note=note, **values)


def last_day_off(contact: Contact) -> date:
    """The last day a contact can be put off to: the conference's, or tomorrow when that is here or past."""
    return max(contact.due_on, clock.today() + timedelta(days=1))


def reopen(actor: Actor, contact: Contact, reason: str | None = None) -> None:
    """Let a closed or put-off contact wait again. Raises ImpossibleMove when it does already."""
    values: Values = {**_NOT_CLOSED, "deferred_until": None, "deferred_reason": None}
    move_contact(actor, contact, ContactMove.REOPEN, note=reason, **values)


def settle(actor: Actor, kind: ContactKind, source_id: uuid.UUID, closed_as: ClosedAs) -> None:
    """Close the contact about something that was settled elsewhere, whoever holds it.

    In the authority's scope. Nothing happens when there is none or it is closed.
    """
    contact = db.scalar(
        select(Contact).where(Contact.kind == kind, Contact.source_id == source_id).with_for_update(),
        execution_options={"populate_existing": True},
    )
    if contact is None or contact.state == ContactState.CLOSED:
        return
    if contact.state == ContactState.DEFERRED:
        reopen(actor, contact)
    if contact.state == ContactState.WAITING:
        hold: Values = {"holder_id": actor.user_id or contact.id, "holder_name": actor.name}
        move_contact(actor, contact, ContactMove.CLAIM, held_until=clock.now(), **hold)
    _close(actor, contact, closed_as, None)


def open_again(actor: Actor, contact: Contact) -> None:
    """Let a contact wait once more because its matter has changed; one that waits or is held stays so."""
    if contact.state in (ContactState.CLOSED, ContactState.DEFERRED):
        reopen(actor, contact)


def follow_conference(conference_id: uuid.UUID, held_on: date) -> None:
    """Sort what is still open about a conference by its new day; in the authority's scope."""
    db.execute(
        update(Contact)
        .where(Contact.conference_id == conference_id, Contact.state != ContactState.CLOSED)
        .values(due_on=held_on)
    )


def log_call(
    actor: Actor,
    request_id: uuid.UUID,
    practice_id: uuid.UUID,
    outcome: CallOutcome,
    *,
    spoke_to: str = "",
    note: str | None = None,
) -> PracticeCall:
    """Keep that a practice was rung about a request, by whom, and whether anybody answered."""
    call = PracticeCall(
        authority_id=actor.organisation_id,
        request_id=request_id,
        practice_id=practice_id,
        outcome=outcome,
        spoke_to=spoke_to,
        note=note or None,
        called_at=clock.now(),
        by_id=actor.user_id,
        by_name=actor.name,
    )
    db.add(call)
    record_event(actor, "practice_called", call, outcome=str(outcome))
    return call


def _close(actor: Actor, contact: Contact, closed_as: ClosedAs, note: str | None) -> None:
    closed: Values = {"closed_at": clock.now(), "closed_by_id": actor.user_id, "closed_as": closed_as}
    move_contact(actor, contact, ContactMove.CLOSE, note=note, **_FREE, **closed)


def _has_run_out(contact: Contact) -> bool:
    return contact.held_until is not None and contact.held_until <= clock.now()


def _contact_about(authority_id: uuid.UUID, kind: ContactKind, source_id: uuid.UUID) -> Contact | None:
    return db.scalar(
        select(Contact).where(
            Contact.authority_id == authority_id, Contact.kind == kind, Contact.source_id == source_id
        )
    )
