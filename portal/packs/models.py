"""A pack: numbered, made for one reader or audience, fixed once it is ready."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.conferences.models import Conference
from portal.database import Model, one_of
from portal.packs.states import Audience, PackState


class Pack(Model):
    __tablename__ = "pack"
    __table_args__ = (
        one_of("state", PackState),
        one_of("audience", Audience),
        UniqueConstraint(
            "conference_id", "audience", "for_person_id", "number", postgresql_nulls_not_distinct=True
        ),
        CheckConstraint("(audience = 'family') = (for_person_id IS NOT NULL)", name="family_copy_for_one"),
        CheckConstraint(
            "state <> 'ready' OR (pdf_id IS NOT NULL AND word_id IS NOT NULL AND built_at IS NOT NULL)",
            name="ready_has_files",
        ),
        CheckConstraint(
            "state <> 'ready' OR (readers_digest IS NOT NULL AND meeting_digest IS NOT NULL)",
            name="ready_has_circumstances",
        ),
        CheckConstraint("(state = 'failed') = (failed_because IS NOT NULL)", name="failed_for_a_reason"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[uuid.UUID]
    conference_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conference.id"))
    audience: Mapped[str]
    for_person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    number: Mapped[int]
    """Version 1, 2, … for this conference and reader."""
    state: Mapped[str]
    requested_at: Mapped[datetime]
    requested_by_id: Mapped[uuid.UUID | None]
    requested_by_name: Mapped[str]
    built_at: Mapped[datetime | None]
    pdf_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    word_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    readers_digest: Mapped[bytes | None]
    """Who might see what when it was made, and below, when and where the conference was to be: keyed digests
    (packs.circumstances), to tell what has changed since."""
    meeting_digest: Mapped[bytes | None]
    unprintable: Mapped[int | None]
    """How many different characters the PDF shows as marks; the Word file holds them all."""
    failed_because: Mapped[str | None]
    """The kind of error, never its text."""

    conference: Mapped[Conference] = relationship()
    items: Mapped[list["PackItem"]] = relationship(order_by="PackItem.position")

    @property
    def is_for_chair(self) -> bool:
        return self.audience == Audience.CHAIR


class PackItem(Model):
    """One submission that a pack was made from."""

    __tablename__ = "pack_item"

    pack_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pack.id"), primary_key=True)
    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    authority_id: Mapped[uuid.UUID]
    position: Mapped[int]
