"""Ask for work to be done later, in the transaction that needs it."""

import uuid
from datetime import datetime

from sqlalchemy import select

from portal import clock, context
from portal.context import Scope
from portal.database import db
from portal.jobs.models import Job
from portal.jobs.states import JobState

Argument = str | int | bool | None


def enqueue(
    name: str,
    *,
    on_behalf_of_id: uuid.UUID | None = None,
    run_after: datetime | None = None,
    scope: Scope | None = None,
    **arguments: Argument,
) -> Job:
    """Store a job for the organisation in whose name we act (or of `scope`).

    Arguments are ids and plain values, never anybody's data. The worker runs the job after `run_after`
    (now unless given), in the same scope, perhaps more than once. Raises ValueError when nobody acts.
    """
    scope = scope or context.scope()
    if scope.organisation_id is None:
        raise ValueError("a job belongs to an organisation")
    now = clock.now()
    job = Job(
        organisation_id=scope.organisation_id,
        database_role=scope.role.value,
        on_behalf_of_id=on_behalf_of_id,
        name=name,
        arguments=arguments,
        state=JobState.WAITING,
        run_after=run_after or now,
        attempts=0,
        created_at=now,
    )
    db.add(job)
    return job


def is_waiting(name: str, organisation_id: uuid.UUID) -> bool:
    """Whether such a job waits already; for work that comes round again and again."""
    statement = select(Job.id).where(
        Job.name == name, Job.organisation_id == organisation_id, Job.state == JobState.WAITING
    )
    return db.scalar(statement.limit(1)) is not None
