"""`flask conferences`: take a conference list over from a file."""

from pathlib import Path

import click
from flask.cli import AppGroup

from portal import database
from portal.accounts.models import Organisation
from portal.accounts.queries import get_organisation, only_authority
from portal.authorisation.actor import OrganisationKind, authority_scope, system_for_authority
from portal.conferences import list_import
from portal.conferences.list_writing import defect_lines, notice_lines
from portal.context import NOBODY
from portal.errors import NotFound

NOTHING_READ = 1
WHO = "Command line"

conference_commands = AppGroup("conferences", help="Conference lists.")


@conference_commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--authority", "code", help="Code of the authority; needed where there are several.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--lift-protection", "may_lift", is_flag=True, help="Take over who may now be told about whom.")
def import_list(file: Path, code: str | None, dry_run: bool, may_lift: bool) -> None:
    """Take over the conference list FILE.

    Prints one defect a line and, last, what became of the conferences. The exit status is 0 when at least
    one conference was sound, 1 when nothing could be read.
    """
    authority = _authority(code)
    database.enter(authority_scope(authority.id))
    try:
        counts = _import(authority, file.read_bytes(), dry_run=dry_run, may_lift=may_lift)
    finally:
        database.close()
    if not sum(counts[:3]):
        raise click.exceptions.Exit(NOTHING_READ)


def _import(
    authority: Organisation, raw: bytes, *, dry_run: bool, may_lift: bool
) -> tuple[int, int, int, int]:
    """Do it, print it, and return how many are new, changed, unchanged and left out."""
    actor = system_for_authority(authority.id, WHO)
    row = list_import.keep_list(actor, raw)
    found = list_import.preview(row)
    for line in notice_lines(found.reading):
        click.echo(f"To know: {line}", err=True)
    for line in defect_lines(found.reading):
        click.echo(line)
    counts = (len(found.of("new")), len(found.of("changed")), len(found.of("unchanged")), row.left_out)
    if dry_run:
        database.rollback()
    elif found.lifting and not may_lift:
        refs = ", ".join(each.listed.ref for each in found.lifting)
        database.rollback()
        told = f"Nothing done: somebody is protected less in {refs}. Check, and add --lift-protection."
        raise click.ClickException(told)
    elif found.compared:
        list_import.take_over_at_once(actor, row)
        counts = (row.new, row.changed, row.unchanged, row.left_out)
        database.commit()
    click.echo("{} conferences new, {} changed, {} unchanged, {} left out".format(*counts))
    return counts


def _authority(code: str | None) -> Organisation:
    database.enter(NOBODY)
    try:
        found = get_organisation(OrganisationKind.AUTHORITY, code) if code else only_authority()
    except NotFound as error:
        raise click.UsageError(error.message) from error
    if found is None:
        raise click.UsageError("Name the authority with --authority CODE.")
    return found
