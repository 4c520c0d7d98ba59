"""`flask jobs`: see what was given up, try it again, or say that there is nothing more to do."""

import uuid
from collections.abc import Callable

import click
from flask.cli import AppGroup

from portal import database
from portal.errors import DomainError
from portal.jobs import failures
from portal.jobs.worker import WORKER

job_commands = AppGroup("jobs", help="Jobs that were given up.")


@job_commands.command("failed")
def failed() -> None:
    """List every job that was given up: its id, what it was to do, the error, and when."""
    database.enter(WORKER)
    try:
        for job in failures.given_up():
            click.echo(f"{job.id} {job.name} {job.last_error} {job.finished_at:%Y-%m-%dT%H:%M:%SZ}")
    finally:
        database.close()


@job_commands.command("retry")
@click.argument("job_id", type=click.UUID)
def retry(job_id: uuid.UUID) -> None:
    """Let the worker try JOB_ID again, once what made it fail has been put right."""
    _do(failures.retry, job_id)


@job_commands.command("settle")
@click.argument("job_id", type=click.UUID)
def settle(job_id: uuid.UUID) -> None:
    """Say that nothing more is to be done about JOB_ID."""
    _do(failures.settle, job_id)


def _do(deed: Callable[[uuid.UUID], None], job_id: uuid.UUID) -> None:
    database.enter(WORKER)
    try:
        deed(job_id)
        database.commit()
    except DomainError as error:
        raise click.ClickException(error.message) from error
    finally:
        database.close()
