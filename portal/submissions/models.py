"""A submission: what a practice handed in, as it was, with what happened to it since."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Organisation
from portal.conferences.models import Conference, ReportRequest
from portal.crypto.sealed import SealedJson, SealedOptionalText
from portal.database import Model, one_of
from portal.submissions.states import SubmissionKind, SubmissionState


class Submission(Model):
    """Its content never changes (a trigger guards it); a correction is a new submission."""

    __tablename__ = "submission"
    __table_args__ = (
        one_of("kind", SubmissionKind),
        one_of("state", SubmissionState),
        UniqueConstraint("request_id", "number"),
        UniqueConstraint("reference"),
        UniqueConstraint("request_id", "idempotency_key"),
        Index(None, "conference_id"),
        Index(None, "practice_id", "submitted_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    practice_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    conference_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conference.id"))
    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report_request.id"))
    kind: Mapped[str]
    number: Mapped[int]
    """1, 2, … within its request."""
    reference: Mapped[str]
    """What the receipt says; holds nothing about the family."""
    state: Mapped[str]
    content_sealed: Mapped[bytes]
    content = SealedJson()
    """All but the restricted items; see submissions.content for its shape."""
    content_digest: Mapped[bytes]
    questionnaire_version: Mapped[str | None]
    submitted_at: Mapped[datetime]
    submitted_by_id: Mapped[uuid.UUID | None]
    submitted_by_name: Mapped[str]
    submitted_by_role: Mapped[str]
    is_late: Mapped[bool]
    has_restricted: Mapped[bool]
    idempotency_key: Mapped[uuid.UUID]

    conference: Mapped[Conference] = relationship()
    request: Mapped[ReportRequest] = relationship()
    practice: Mapped[Organisation] = relationship(foreign_keys=[practice_id])
    events: Mapped[list["SubmissionEvent"]] = relationship(order_by="SubmissionEvent.happened_at")


class SubmissionEvent(Model):
    __tablename__ = "submission_event"
    __table_args__ = (Index(None, "submission_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[uuid.UUID]
    practice_id: Mapped[uuid.UUID]
    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id"))
    event: Mapped[str]
    happened_at: Mapped[datetime]
    by_id: Mapped[uuid.UUID | None]
    by_name: Mapped[str]
    note_sealed: Mapped[bytes | None]
    note = SealedOptionalText()


class RestrictedItem(Model):
    """Something somebody must not see, apart from the report it came with."""

    __tablename__ = "restricted_item"
    __table_args__ = (UniqueConstraint("submission_id", "position"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[uuid.UUID]
    practice_id: Mapped[uuid.UUID]
    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id"))
    position: Mapped[int]
    is_kept_to_chair: Mapped[bool]
    content_sealed: Mapped[bytes]
    content = SealedJson()
