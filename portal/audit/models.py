"""The trail's tables; the application reads them here and writes them only through `audit_append`."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, LargeBinary, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Model


class AuditChain(Model):
    """The head of one organisation's chain: number and hash of its last event."""

    __tablename__ = "audit_chain"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    last_number: Mapped[int] = mapped_column(BigInteger)
    last_hash: Mapped[bytes] = mapped_column(LargeBinary)


class AuditEvent(Model):
    """One thing that happened. It has no foreign keys: what it speaks of may be gone."""

    __tablename__ = "audit_event"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    chain_id: Mapped[uuid.UUID]
    number: Mapped[int] = mapped_column(BigInteger)
    happened_at: Mapped[datetime]
    user_id: Mapped[uuid.UUID | None]
    organisation_id: Mapped[uuid.UUID | None]
    role: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    target_kind: Mapped[str | None] = mapped_column(Text)
    target_id: Mapped[uuid.UUID | None]
    request_id: Mapped[str] = mapped_column(Text)
    details: Mapped[dict[str, Any]] = mapped_column(JSONB)
    previous_hash: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class RecordAccessPerson(Model):
    """That one event showed one person's data to somebody."""

    __tablename__ = "record_access_person"

    event_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    happened_at: Mapped[datetime]
