"""How a contact stands for whoever looks at it: who holds it, and what can be done with it now."""

from dataclasses import dataclass
from datetime import datetime

from portal import clock
from portal.authorisation.actor import Actor
from portal.contacts.models import Contact
from portal.contacts.states import RECEIVED_KINDS, TO_SETTLE_KINDS, ClosedAs, ContactKind, ContactState
from portal.submissions.actions import UNDO
from portal.triage.words import CLOSED_WORDS, DEFER_WORDS

CALL_KINDS = frozenset({ContactKind.SHORT_NOTICE_CALL, ContactKind.WILL_BE_LATE})
"""A practice is to be rung: the source is a request."""

FINAL = frozenset({ClosedAs.RETURNED, ClosedAs.SUPERSEDED})
"""Something newer will come, or has come, in its place: such a contact is not opened again."""


def is_about_request(contact: Contact) -> bool:
    """Whether its source is a request, whose practice is to be rung; mail to a chair is about none."""
    is_to_practice = contact.kind == ContactKind.MAIL_UNDELIVERABLE and contact.practice_id is not None
    return is_to_practice or contact.kind in CALL_KINDS


@dataclass(frozen=True)
class Standing:
    """Where a contact stands at this moment, and for this reader."""

    state: ContactState
    is_mine: bool
    holder_name: str
    """Empty unless somebody holds it now."""
    held_until: datetime | None
    deferred: str
    closed: str
    can_take: bool
    can_decide: bool
    """It holds something sent, which is accepted or returned."""
    can_ring: bool
    can_undo: bool
    can_reopen: bool


def standing_of(actor: Actor, contact: Contact, *, is_still_open: bool = True) -> Standing:
    """How it stands now; `is_still_open` is false when what was sent has been replaced or withdrawn."""
    state = state_now(contact)
    is_held, is_closed = state is ContactState.HELD, state is ContactState.CLOSED
    is_mine = contact.state == ContactState.HELD and contact.holder_id == actor.user_id
    return Standing(
        state=state,
        is_mine=is_mine,
        holder_name=(contact.holder_name or "") if is_held else "",
        held_until=contact.held_until if is_held else None,
        deferred=_deferred_words(contact) if state is ContactState.DEFERRED else "",
        closed=CLOSED_WORDS[ClosedAs(contact.closed_as or "")] if is_closed else "",
        can_take=not is_closed and not is_mine and not is_held,
        can_decide=is_mine and contact.kind in RECEIVED_KINDS and is_still_open,
        can_ring=is_mine and is_about_request(contact),
        can_undo=can_be_undone(actor, contact),
        can_reopen=can_be_reopened(contact),
    )


def state_now(contact: Contact) -> ContactState:
    """Its state as it is read: a hold that ran out, and a day that has come, wait."""
    state = ContactState(contact.state)
    ran_out = contact.held_until is not None and contact.held_until <= clock.now()
    has_come = contact.deferred_until is not None and contact.deferred_until <= clock.today()
    return ContactState.WAITING if ran_out or has_come else state


def can_be_undone(actor: Actor, contact: Contact) -> bool:
    """An acceptance can be undone by whoever made it, for ten minutes: until the practice is told."""
    if contact.closed_at is None or contact.closed_as != ClosedAs.ACCEPTED:
        return False
    return contact.closed_by_id == actor.user_id and clock.now() < contact.closed_at + UNDO


def can_be_reopened(contact: Contact) -> bool:
    return contact.state == ContactState.CLOSED and contact.closed_as not in FINAL


def closes_as(contact: Contact) -> ClosedAs:
    """How a contact ends that holds nothing to accept or return."""
    return ClosedAs.SETTLED if contact.kind in TO_SETTLE_KINDS else ClosedAs.SEEN


def _deferred_words(contact: Contact) -> str:
    return DEFER_WORDS[contact.deferred_reason] if contact.deferred_reason else ""  # type: ignore[index]  # a StrEnum is looked up by its word
