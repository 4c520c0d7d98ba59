"""`flask demonstration …`: load invented people, families and reports."""

import os
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from config import ROOT, Config
from portal.database import close, commit
from portal.demonstration.load import load_work
from portal.demonstration.people import load_people, write_list

demonstration_commands = AppGroup("demonstration", help="Invented people and families.")


@demonstration_commands.command("people")
def people() -> None:
    """Load who can sign in, and nothing else; write them to var/demo/people.json."""
    refuse_where_real_people_could_be()
    everybody = load_people()
    commit()
    write_list(everybody, people_file())
    close()
    click.echo(f"{len(everybody)} people can sign in.")


@demonstration_commands.command("load")
def load() -> None:
    """Load people, conferences, and answers in every state; a second time changes nothing."""
    refuse_where_real_people_could_be()
    everybody = load_people()
    has_loaded = load_work(everybody)
    commit()
    write_list(everybody, people_file())
    close()
    click.echo("The demonstration is loaded." if has_loaded else "The demonstration was loaded before.")


def refuse_where_real_people_could_be() -> None:
    """Raise UsageError unless this is a demonstration."""
    config: Config = current_app.extensions["portal"]
    if not config.is_demonstration:
        raise click.UsageError("Demonstration data is loaded only where PORTAL_ENVIRONMENT=demonstration.")


def people_file() -> Path:
    """Where the list of people is written."""
    return Path(os.environ.get("DEMONSTRATION_PEOPLE") or ROOT / "var" / "demo" / "people.json")
