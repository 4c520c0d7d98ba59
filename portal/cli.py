"""Commands on `flask`: the database, the worker, conference lists, the demonstration."""

import signal
import threading

import click
from flask import Flask
from flask.cli import AppGroup

from portal import migration
from portal.conferences.commands import conference_commands
from portal.demonstration.commands import demonstration_commands
from portal.handlers import HANDLERS, every_minute
from portal.jobs.commands import job_commands
from portal.jobs.worker import work

database_commands = AppGroup("database", help="The schema.")


@database_commands.command("upgrade")
def upgrade() -> None:
    """Bring the schema up to date, as its owner (MIGRATION_DATABASE_URL)."""
    migration.upgrade()


@click.command("worker")
def worker() -> None:
    """Run jobs until stopped."""
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    work(HANDLERS, every_minute, stopping.is_set)


def add_commands(app: Flask) -> None:
    """Put the commands onto `flask`."""
    app.cli.add_command(database_commands)
    app.cli.add_command(conference_commands)
    app.cli.add_command(demonstration_commands)
    app.cli.add_command(job_commands)
    app.cli.add_command(worker)
