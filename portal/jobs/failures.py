"""Jobs that need somebody to look: given up, or waiting too long for something that is away."""

import uuid

from sqlalchemy import and_, or_, select

from portal import clock
from portal.database import acting_as, db
from portal.errors import NotFound
from portal.jobs.models import Job
from portal.jobs.states import JobMove, JobState
from portal.jobs.worker import STUCK_AFTER, WORKER, move_job


def is_any_stuck() -> bool:
    """Whether any job was given up, or has failed for more than an hour because something is away."""
    is_waiting_long = and_(
        Job.state == JobState.WAITING,
        Job.last_error.is_not(None),
        Job.created_at < clock.now() - STUCK_AFTER,
    )
    with acting_as(WORKER):
        stuck = select(Job.id).where(or_(Job.state == JobState.FAILED, is_waiting_long))
        return db.scalar(stuck.limit(1)) is not None


def given_up() -> list[Job]:
    """Every job that was given up, oldest first, as the worker sees them."""
    return list(db.scalars(select(Job).where(Job.state == JobState.FAILED).order_by(Job.finished_at)))


def retry(job_id: uuid.UUID) -> None:
    """Let a job that was given up run again, with all its attempts. Raises NotFound, ImpossibleMove."""
    job = _job(job_id)
    move_job(job, JobMove.RETRY)
    job.attempts = 0
    job.run_after = clock.now()


def settle(job_id: uuid.UUID) -> None:
    """End a job that was given up, without running it. Raises NotFound, ImpossibleMove."""
    move_job(_job(job_id), JobMove.SETTLE)


def _job(job_id: uuid.UUID) -> Job:
    job = db.get(Job, job_id, with_for_update=True)
    if job is None:
        raise NotFound("There is no such job.")
    return job
