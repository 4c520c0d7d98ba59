"""Conferences, what came in a list, and the requests to practices."""

import uuid
from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Organisation
from portal.conferences.people import Person
from portal.conferences.states import (
    ConferenceState,
    ConferenceType,
    LinkKind,
    PersonAnswer,
    PersonRole,
    Progress,
    RequestState,
    Sight,
)
from portal.crypto.sealed import SealedOptionalText, SealedText
from portal.database import Model, one_of


class Conference(Model):
    __tablename__ = "conference"
    __table_args__ = (
        one_of("type", ConferenceType),
        one_of("state", ConferenceState),
        UniqueConstraint("authority_id", "reference"),
        CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),
        Index(None, "authority_id", "held_on"),
        Index(None, "chair_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    reference: Mapped[str]
    type: Mapped[str]
    state: Mapped[str]
    strategy_discussion_on: Mapped[date | None]
    held_on: Mapped[date]
    """Local day of the conference, planned or past."""
    starts_at: Mapped[time]
    ends_at: Mapped[time]
    venue: Mapped[str]
    online_link_sealed: Mapped[bytes | None]
    online_link = SealedOptionalText()
    chair_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    social_worker: Mapped[str]
    social_worker_phone: Mapped[str]
    nurse_email: Mapped[str]
    midwife_email: Mapped[str]
    family_name_sealed: Mapped[bytes]
    family_name = SealedText()
    """Surname of the first subject: what the people who work on it call it."""
    reason_sealed: Mapped[bytes | None]
    reason = SealedOptionalText()
    questions_sealed: Mapped[bytes | None]
    questions = SealedOptionalText()
    is_address_confidential: Mapped[bool]
    """Anyone's: then no family copy holds an address, practice, clinician, nurse or school."""
    list_digest: Mapped[bytes | None]
    """Keyed digest of its rows in the last list, to tell changed from unchanged; none when booked by hand."""
    due_on: Mapped[date]
    due_at: Mapped[time | None]
    """None: by the end of the day."""
    is_short_notice: Mapped[bool]
    booked_at: Mapped[datetime]

    involvements: Mapped[list["Involvement"]] = relationship(
        back_populates="conference", order_by="Involvement.position"
    )
    requests: Mapped[list["ReportRequest"]] = relationship(
        back_populates="conference", order_by="ReportRequest.id"
    )


class Involvement(Model):
    """One person's part in one conference."""

    __tablename__ = "involvement"
    __table_args__ = (
        one_of("role", PersonRole),
        UniqueConstraint("conference_id", "person_id"),
        Index(None, "person_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    conference_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conference.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    position: Mapped[int]
    role: Mapped[str]
    lives_in_household: Mapped[bool]
    parental_responsibility: Mapped[str]
    """yes, no, not known, or empty where it was not said."""

    conference: Mapped[Conference] = relationship(back_populates="involvements")
    person: Mapped[Person] = relationship()


class FamilyLink(Model):
    """How one person of a conference stands to another: parent of a child, or kept from knowing of."""

    __tablename__ = "family_link"
    __table_args__ = (
        one_of("kind", LinkKind),
        CheckConstraint("person_id <> other_id", name="between_two_people"),
    )

    conference_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conference.id"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    """parent_of or must_not_see."""
    other_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    authority_id: Mapped[uuid.UUID]


class ConferenceEvent(Model):
    """History of a conference, for its readers: booked, changed, taken over."""

    __tablename__ = "conference_event"
    __table_args__ = (Index(None, "conference_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[uuid.UUID]
    conference_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conference.id"))
    event: Mapped[str]
    happened_at: Mapped[datetime]
    by_id: Mapped[uuid.UUID | None]
    by_name: Mapped[str]
    note_sealed: Mapped[bytes | None]
    note = SealedOptionalText()


class ReportRequest(Model):
    """What one practice is asked for one conference; the dates are copied here so that lists need no join."""

    __tablename__ = "report_request"
    __table_args__ = (
        one_of("state", RequestState),
        one_of("progress", Progress),
        UniqueConstraint("conference_id", "practice_id"),
        CheckConstraint("(writer_id IS NULL) = (writer_name IS NULL)", name="writer_has_a_name"),
        Index(
            "ix_report_request_open", "practice_id", "due_on", "id", postgresql_where=text("state = 'open'")
        ),
        Index(None, "practice_id", "conference_on"),
        Index(None, "authority_id", "due_on"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    practice_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    conference_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conference.id"))
    state: Mapped[str]
    progress: Mapped[str]
    conference_on: Mapped[date]
    due_on: Mapped[date]
    due_at: Mapped[time | None]
    is_short_notice: Mapped[bool]
    writer_id: Mapped[uuid.UUID | None]
    writer_name: Mapped[str | None]
    late_until: Mapped[date | None]
    late_writer: Mapped[str | None]
    opened_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    conference: Mapped[Conference] = relationship(back_populates="requests")
    practice: Mapped[Organisation] = relationship(foreign_keys=[practice_id])
    authority: Mapped[Organisation] = relationship(foreign_keys=[authority_id])
    people: Mapped[list["RequestPerson"]] = relationship(
        back_populates="request", order_by="RequestPerson.position"
    )


class RequestPerson(Model):
    """The one table that grants a practice sight of a person."""

    __tablename__ = "request_person"
    __table_args__ = (
        one_of("sight", Sight),
        one_of("answer", PersonAnswer),
        UniqueConstraint("request_id", "person_id"),
        Index(None, "practice_id", "person_id"),
        Index(None, "conference_id", "practice_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[uuid.UUID]
    practice_id: Mapped[uuid.UUID]
    conference_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conference.id"))
    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report_request.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    position: Mapped[int]
    sight: Mapped[str]
    answer: Mapped[str | None]

    request: Mapped[ReportRequest] = relationship(back_populates="people")
    person: Mapped[Person] = relationship()
