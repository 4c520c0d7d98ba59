"""A practice's draft, a row for each section and person; invisible to the authority until handed in."""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.conferences.models import ReportRequest
from portal.crypto.sealed import SealedJson
from portal.database import Model


class Report(Model):
    __tablename__ = "report"
    __table_args__ = (UniqueConstraint("request_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[uuid.UUID]
    practice_id: Mapped[uuid.UUID]
    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report_request.id"))
    questionnaire_version: Mapped[str]
    situation_sealed: Mapped[bytes]
    situation = SealedJson()
    """Conference type, people asked about and settings, as they were when the report was started."""
    started_at: Mapped[datetime]
    started_by_id: Mapped[uuid.UUID]
    started_by_name: Mapped[str]

    request: Mapped[ReportRequest] = relationship()
    sections: Mapped[list["ReportSection"]] = relationship(back_populates="report")


class ReportSection(Model):
    """The raw text of one section about one person (or about nobody in particular), as typed."""

    __tablename__ = "report_section"
    __table_args__ = (
        UniqueConstraint("report_id", "section", "person_id", postgresql_nulls_not_distinct=True),
        CheckConstraint("revision > 0", name="revision_counts_from_one"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[uuid.UUID]
    practice_id: Mapped[uuid.UUID]
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id"))
    section: Mapped[str]
    person_id: Mapped[uuid.UUID | None]
    answers_sealed: Mapped[bytes]
    answers = SealedJson()
    revision: Mapped[int]
    """Goes up by one with each save; a save that names an older one is refused."""
    saved_from: Mapped[uuid.UUID]
    """The opened page it was saved from: when an answer of ours is lost, the same page may save again."""
    saved_turn: Mapped[int] = mapped_column(BigInteger)
    """Rises with each save of one page: a copy of an older save that arrives late changes nothing."""
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[uuid.UUID]
    saved_by_name: Mapped[str]

    report: Mapped[Report] = relationship(back_populates="sections")


class SetAsideSection(Model):
    """What somebody typed while a colleague saved the same section: kept until both are put together."""

    __tablename__ = "set_aside_section"
    __table_args__ = (
        UniqueConstraint(
            "report_id", "section", "person_id", "saved_from", postgresql_nulls_not_distinct=True
        ),
        Index(None, "report_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[uuid.UUID]
    practice_id: Mapped[uuid.UUID]
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id"))
    section: Mapped[str]
    person_id: Mapped[uuid.UUID | None]
    answers_sealed: Mapped[bytes]
    answers = SealedJson()
    saved_from: Mapped[uuid.UUID]
    saved_turn: Mapped[int] = mapped_column(BigInteger)
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[uuid.UUID]
    saved_by_name: Mapped[str]
