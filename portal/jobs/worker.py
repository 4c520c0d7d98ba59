"""The worker: claims one job at a time, runs it in its organisation's scope, and commits once."""

import logging
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from portal import clock, context
from portal.context import DatabaseRole, Scope
from portal.database import acting_as, close, commit, db, enter, rollback
from portal.errors import ImpossibleMove
from portal.jobs.models import Job, WorkerHeartbeat
from portal.jobs.states import JOB_MOVES, JobMove, JobState

log = logging.getLogger("portal.jobs")

WORKER = Scope(DatabaseRole.WORKER)
MOST_ATTEMPTS = 10
SHORTEST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(hours=1)
IDLE_SECONDS = 0.5
HEARTBEAT_SECONDS = 10
STUCK_AFTER = timedelta(hours=1)
"""What has been away for this long needs somebody to look."""
HEARD_WITHIN = timedelta(minutes=2)
"""A worker not heard from for this long is missed."""


@dataclass(frozen=True)
class Run:
    """One run of a job, as its handler sees it."""

    organisation_id: uuid.UUID
    on_behalf_of_id: uuid.UUID | None
    arguments: Mapping[str, Any]
    is_last_attempt: bool = False
    """Whether the job is given up when this run fails: then whoever waits for it must be told."""

    def id(self, name: str) -> uuid.UUID:
        """An argument that is an id."""
        return uuid.UUID(self.arguments[name])


Handler = Callable[[Run], None]


class TryLater(Exception):
    """Raised by a handler when something outside is away: the job is tried again however long that takes.

    Its text stands in the job's row and in the log: the name of an error, never what was sent.
    """


def work(
    handlers: Mapping[str, Handler], every_minute: Callable[[], None], is_stopping: Callable[[], bool]
) -> None:
    """Run jobs until asked to stop; `every_minute` asks for what is due by time alone."""
    worker_id = uuid.uuid4()
    heard = minute = float("-inf")  # at once
    while not is_stopping():
        now = time.monotonic()
        if now - heard >= HEARTBEAT_SECONDS:
            heard = now
            _attempt(lambda: beat(worker_id))
        if now - minute >= 60:
            minute = now
            _attempt(lambda: _ask(every_minute))
        if not _attempt(lambda: run_next(handlers)):
            time.sleep(IDLE_SECONDS)


def _ask(every_minute: Callable[[], None]) -> None:
    enter(WORKER)
    every_minute()
    commit()


def run_all(handlers: Mapping[str, Handler]) -> int:
    """Run every job that is due; returns how many. For commands and tests."""
    count = 0
    while run_next(handlers):
        count += 1
    return count


def run_next(handlers: Mapping[str, Handler]) -> bool:
    """Run the job that has waited longest; returns whether there was one."""
    before = context.scope()
    enter(WORKER)
    try:
        job = db.scalar(
            select(Job)
            .where(Job.state == JobState.WAITING, Job.run_after <= clock.now())
            .order_by(Job.run_after)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if job is None:
            rollback()
            return False
        _run(job, handlers)
        return True
    finally:
        rollback()
        context.set_scope(before)


def _run(job: Job, handlers: Mapping[str, Handler]) -> None:
    context.new_request_id()
    job_id, name, attempt = job.id, job.name, job.attempts + 1
    run = Run(job.organisation_id, job.on_behalf_of_id, job.arguments, attempt >= MOST_ATTEMPTS)
    try:
        with acting_as(Scope(DatabaseRole(job.database_role), job.organisation_id)):
            handlers[name](run)
        move_job(job, JobMove.FINISH)
        commit()
    except Exception as error:
        log.exception("job_failed", extra={"job_id": job_id, "job_kind": name, "attempt": attempt})
        rollback()
        context.set_scope(WORKER)
        _note_failure(job_id, error)


def _note_failure(job_id: uuid.UUID, error: Exception) -> None:
    job = db.get(Job, job_id, with_for_update=True)
    if job is None or job.state != JobState.WAITING:  # another worker ran it meanwhile
        return
    if isinstance(error, TryLater):
        _wait_as_long_again(job, str(error))
    else:
        _count_failure(job, type(error).__name__)
    commit()


def _wait_as_long_again(job: Job, error: str) -> None:
    """Whatever was away for long will not be back in a moment; this uses up no attempt."""
    now = clock.now()
    job.last_error = error
    job.run_after = now + min(max(now - job.created_at, SHORTEST_WAIT), LONGEST_WAIT)


def _count_failure(job: Job, error: str) -> None:
    job.attempts += 1
    job.last_error = error
    job.run_after = clock.now() + min(timedelta(seconds=2**job.attempts), LONGEST_WAIT)
    if job.attempts >= MOST_ATTEMPTS:
        move_job(job, JobMove.GIVE_UP)
        said = {"job_id": job.id, "job_kind": job.name, "attempt": job.attempts}
        log.error("job_given_up", extra=said)


def move_job(job: Job, move: JobMove) -> None:
    """Bring a job to its end, or let it begin anew. Raises ImpossibleMove for a move the table lacks."""
    after = JOB_MOVES.get((JobState(job.state), move))
    if after is None:
        raise ImpossibleMove
    job.state = after
    job.finished_at = None if after is JobState.WAITING else clock.now()


def beat(worker_id: uuid.UUID) -> None:
    """Say that this worker is there."""
    enter(WORKER)
    heartbeat = db.get(WorkerHeartbeat, worker_id)
    if heartbeat is None:
        db.add(WorkerHeartbeat(id=worker_id, heard_at=clock.now()))
    else:
        heartbeat.heard_at = clock.now()
    commit()


def last_heard_at() -> datetime | None:
    """When a worker was last heard from."""
    return db.scalar(select(WorkerHeartbeat.heard_at).order_by(WorkerHeartbeat.heard_at.desc()).limit(1))


def _attempt(step: Callable[[], Any]) -> Any:
    """A database that is away for a while does not end the worker."""
    try:
        return step()
    except Exception:
        log.exception("worker_step_failed")
        return None
    finally:
        close()
