"""Lists of the contact team: the queue with families and practices, and what practices still owe."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from portal import clock
from portal.accounts.models import Organisation
from portal.authorisation.actor import Actor
from portal.conferences.board import note_subjects
from portal.conferences.models import Conference, ReportRequest
from portal.contacts.models import Contact
from portal.contacts.queries import Filters, QueueRow, contacts_in_queue, get_contact
from portal.contacts.states import ClosedAs, ContactState
from portal.database import db
from portal.errors import NotFound
from portal.submissions.models import Submission
from portal.triage.standing import can_be_undone
from portal.triage.words import CLOSED_WORDS, KIND_WORDS, days_to_conference
from portal.web.pagination import Page

__all__ = [
    "ConferenceName",
    "Contact",
    "Decided",
    "QueueLine",
    "ReportRequest",
    "Submission",
    "conference_names",
    "just_decided",
    "practice_names",
    "queue_lines",
]
"""Views name the types of what they are given, and do not know the models."""


@dataclass(frozen=True)
class ConferenceName:
    """What lists call a conference."""

    reference: str
    family: str
    held_on: date


@dataclass(frozen=True)
class QueueLine:
    """A line of the queue as it is read."""

    row: QueueRow
    what: str
    conference: ConferenceName | None
    practice: str
    days: str
    closed: str
    """How it ended; empty while it is open."""


@dataclass(frozen=True)
class Decided:
    """What the reader has just decided, shown on the page they were led to."""

    contact_id: uuid.UUID
    words: str
    can_be_undone: bool


def queue_lines(actor: Actor, filters: Filters) -> Page[QueueLine]:
    """A page of the queue with family and practice; notes in the trail which children it names."""
    page = contacts_in_queue(actor, filters)
    conferences = conference_names(actor, {row.conference_id for row in page.items})
    practices = practice_names({row.practice_id for row in page.items})
    lines = tuple(_line(row, conferences, practices) for row in page.items)
    return Page(lines, page.next_key)


def conference_names(actor: Actor, ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, ConferenceName]:
    """What to call these conferences of the actor's authority; notes whose family names are shown."""
    wanted = [each for each in ids if each is not None]
    columns = (Conference.id, Conference.reference, Conference.family_name_sealed, Conference.held_on)
    rows = db.execute(
        select(*columns).where(Conference.authority_id == actor.organisation_id, Conference.id.in_(wanted))
    )
    found = {row.id: _name(actor, row) for row in rows}
    note_subjects(found)
    return found


def practice_names(ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, str]:
    """The names of these practices."""
    wanted = [each for each in ids if each is not None]
    rows = db.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def just_decided(actor: Actor, contact_id: str | None) -> Decided | None:
    """What stands in the address after a decision; None for anything that the reader did not just close."""
    try:
        contact = get_contact(actor, uuid.UUID(contact_id or ""))
    except (ValueError, NotFound):
        return None
    if contact.state != ContactState.CLOSED or contact.closed_by_id != actor.user_id:
        return None
    return Decided(contact.id, CLOSED_WORDS[ClosedAs(contact.closed_as or "")], can_be_undone(actor, contact))


def _line(
    row: QueueRow, conferences: dict[uuid.UUID, ConferenceName], practices: dict[uuid.UUID, str]
) -> QueueLine:
    conference = conferences.get(row.conference_id) if row.conference_id else None
    day: date = conference.held_on if conference else row.due_on
    return QueueLine(
        row=row,
        what=KIND_WORDS[row.kind],
        conference=conference,
        practice=practices.get(row.practice_id, "") if row.practice_id else "",
        days=days_to_conference(clock.today(), day),
        closed=CLOSED_WORDS[ClosedAs(row.closed_as)] if row.closed_as else "",
    )


def _name(actor: Actor, row: Any) -> ConferenceName:
    family = Conference.family_name.open(
        row.family_name_sealed, table="conference", owner=actor.organisation_id, row_id=row.id
    )
    return ConferenceName(row.reference, family or "", row.held_on)
