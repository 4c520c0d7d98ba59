"""The moves of a contact: the only place that writes its state, and only if nobody was quicker."""

from typing import Any

from sqlalchemy import update

from portal import clock
from portal.audit.actions import record_event
from portal.authorisation.actor import Actor
from portal.contacts.models import Contact, ContactEvent
from portal.contacts.states import CONTACT_MOVES, EVENT_OF, ContactMove, ContactState
from portal.database import db
from portal.errors import Conflict, ImpossibleMove

Values = dict[str, Any]
TAKE_FIRST = "Take this first, so that nobody else works on it at the same time."


def must_hold(actor: Actor, contact: Contact) -> None:
    """Raise Conflict when somebody else holds the contact, ImpossibleMove when nobody does."""
    if contact.state != ContactState.HELD:
        raise ImpossibleMove(TAKE_FIRST)
    if contact.holder_id != actor.user_id:
        raise Conflict(held_words(contact))


def note_contact(actor: Actor, contact: Contact, event: str, note: str | None = None) -> None:
    """Write one line of the contact's history; the note is sealed."""
    db.add(
        ContactEvent(
            authority_id=contact.authority_id,
            contact_id=contact.id,
            event=event,
            happened_at=clock.now(),
            by_id=actor.user_id,
            by_name=actor.name,
            note=note or None,
        )
    )


def move_contact(
    actor: Actor,
    contact: Contact,
    move: ContactMove,
    *,
    event: str | None = None,
    note: str | None = None,
    **values: Any,
) -> None:
    """Make a move of the table, if the row still is as it was read.

    Raises ImpossibleMove for a move the table does not have, Conflict when somebody was quicker.
    """
    target = CONTACT_MOVES.get((ContactState(contact.state), move))
    if target is None:
        raise ImpossibleMove
    compare_and_set(contact, {"state": target, **values})
    event = event or EVENT_OF[move]
    note_contact(actor, contact, event, note)
    record_event(actor, f"contact_{event}", contact, kind=str(contact.kind))


def compare_and_set(contact: Contact, values: Values) -> None:
    """Write only if state and hold are as they were read: of two at once, the second finds no row."""
    db.flush()
    changed = db.execute(
        update(Contact)
        .where(
            Contact.id == contact.id,
            Contact.state == contact.state,
            Contact.holder_id.is_not_distinct_from(contact.holder_id),
            Contact.held_until.is_not_distinct_from(contact.held_until),
        )
        .values(**values)
        .returning(Contact.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    db.refresh(contact)
    if changed is None:
        raise Conflict(held_words(contact))


def held_words(contact: Contact) -> str:
    """Who was quicker, and what to do now."""
    if contact.holder_name is None:
        return "Somebody else was quicker. Reload the page to see where it stands."
    return f"{contact.holder_name} is looking at this. Choose another, or ask them to give it back."
