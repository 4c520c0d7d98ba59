"""A contact: something that came in or came up, and waits for the contact team."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.contacts.states import CallOutcome, ClosedAs, ContactKind, ContactState, DeferReason
from portal.crypto.sealed import SealedOptionalText
from portal.database import Model, one_of


class Contact(Model):
    """It knows its source by kind and id only; what is copied here is what the queue sorts and filters by."""

    __tablename__ = "contact"
    __table_args__ = (
        one_of("kind", ContactKind),
        one_of("state", ContactState),
        one_of("closed_as", ClosedAs),
        one_of("deferred_reason", DeferReason),
        CheckConstraint("(state = 'held') = (holder_id IS NOT NULL)", name="held_by_somebody"),
        CheckConstraint("(holder_id IS NULL) = (held_until IS NULL)", name="hold_expires"),
        CheckConstraint("(state = 'deferred') = (deferred_until IS NOT NULL)", name="deferred_until_a_day"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_at_a_moment"),
        CheckConstraint("(closed_at IS NULL) = (closed_as IS NULL)", name="closed_as_something"),
        UniqueConstraint("authority_id", "kind", "source_id"),
        Index("ix_contact_queue", "authority_id", "due_on", "id", postgresql_where=text("state <> 'closed'")),
        Index(
            "ix_contact_closed", "authority_id", "closed_at", "id", postgresql_where=text("state = 'closed'")
        ),
        Index(None, "conference_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[uuid.UUID]
    kind: Mapped[str]
    source_id: Mapped[uuid.UUID]
    conference_id: Mapped[uuid.UUID | None]
    practice_id: Mapped[uuid.UUID | None]
    due_on: Mapped[date]
    """The day of the conference, or the day the thing itself is due."""
    has_restricted: Mapped[bool]
    state: Mapped[str]
    opened_at: Mapped[datetime]
    holder_id: Mapped[uuid.UUID | None]
    holder_name: Mapped[str | None]
    held_until: Mapped[datetime | None]
    """A hold that has run out is a hold no longer, whoever reads it; nothing has to come round and end it."""
    deferred_until: Mapped[date | None]
    deferred_reason: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[uuid.UUID | None]
    closed_as: Mapped[str | None]


class ContactEvent(Model):
    """One move of a contact, for its readers; the trail is elsewhere."""

    __tablename__ = "contact_event"
    __table_args__ = (Index(None, "contact_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[uuid.UUID]
    contact_id: Mapped[uuid.UUID]
    event: Mapped[str]
    happened_at: Mapped[datetime]
    by_id: Mapped[uuid.UUID | None]
    by_name: Mapped[str]
    note_sealed: Mapped[bytes | None]
    note = SealedOptionalText()


class PracticeCall(Model):
    """A telephone call to a practice about a request."""

    __tablename__ = "practice_call"
    __table_args__ = (one_of("outcome", CallOutcome), Index(None, "authority_id", "request_id"))

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[uuid.UUID]
    request_id: Mapped[uuid.UUID]
    practice_id: Mapped[uuid.UUID]
    outcome: Mapped[str]
    spoke_to: Mapped[str]
    """Who answered; empty when nobody did."""
    note_sealed: Mapped[bytes | None]
    note = SealedOptionalText()
    called_at: Mapped[datetime]
    by_id: Mapped[uuid.UUID]
    by_name: Mapped[str]
