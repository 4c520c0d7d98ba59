"""A job: a named deed for one organisation, stored in the transaction that asks for it."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Model, one_of
from portal.jobs.states import JobState


class Job(Model):
    __tablename__ = "job"
    __table_args__ = (
        one_of("state", JobState),
        Index("ix_job_waiting", "run_after", postgresql_where=text("state = 'waiting'")),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[uuid.UUID]
    database_role: Mapped[str]
    on_behalf_of_id: Mapped[uuid.UUID | None]
    name: Mapped[str]
    arguments: Mapped[dict[str, Any]] = mapped_column(JSONB)
    state: Mapped[str]
    run_after: Mapped[datetime]
    attempts: Mapped[int]
    last_error: Mapped[str | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class WorkerHeartbeat(Model):
    """When a worker was last heard from; `/readyz` asks."""

    __tablename__ = "worker_heartbeat"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    heard_at: Mapped[datetime]
