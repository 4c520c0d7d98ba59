"""What a list would do: which of its conferences are new, changed or as before. Writes nothing."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import joinedload, selectinload

from portal import clock
from portal.conferences.differences import Change, Known, differences, is_moved
from portal.conferences.directory import Staff
from portal.conferences.due import due_for
from portal.conferences.list_conferences import ListedConference
from portal.conferences.list_digest import digest_of
from portal.conferences.list_reading import ListReading
from portal.conferences.models import Conference, ConferenceEvent, Involvement, ReportRequest
from portal.conferences.people import Person
from portal.conferences.states import ConferenceState
from portal.conferences.ties import NO_TIES, ties_of
from portal.database import db


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Compared:
    """One conference of a list beside what is stored; `conference` is loaded only where it may change."""

    listed: ListedConference
    outcome: Outcome
    digest: bytes
    conference: Conference | None = None
    changes: tuple[Change, ...] = ()
    is_moved: bool = False
    keeps_chair: bool = False


def compare(authority_id: uuid.UUID, listed: Sequence[ListedConference], staff: Staff) -> list[Compared]:
    """Each conference of the list with what would become of it, in the order of the list.

    What has been held, closed, put off or cancelled is not touched by a list.
    """
    digests = {each.ref: digest_of(authority_id, each) for each in listed}
    stored = {row.reference: row for row in _stored(authority_id, list(digests))}
    differing = [
        row.id
        for ref, row in stored.items()
        if row.list_digest != digests[ref] and row.state == ConferenceState.PLANNED
    ]
    loaded = {each.reference: each for each in load_conferences(differing)}
    ties, taken_over = ties_of(differing), _taken_over(differing)
    compared = []
    for each in listed:
        conference = loaded.get(each.ref)
        digest = digests[each.ref]
        if conference is not None:
            keeps_chair = conference.id in taken_over
            chair = staff.chair_emails.get(conference.chair_id, "")
            known = Known(chair, keeps_chair, staff, ties.get(conference.id, NO_TIES))
            compared.append(_compared(each, digest, conference, known))
        else:
            outcome = Outcome.UNCHANGED if each.ref in stored else Outcome.NEW
            compared.append(Compared(each, outcome, digest))
    return compared


def _compared(listed: ListedConference, digest: bytes, conference: Conference, known: Known) -> Compared:
    changes = differences(conference, listed, known)
    return Compared(
        listed=listed,
        outcome=Outcome.CHANGED if changes else Outcome.UNCHANGED,
        digest=digest,
        conference=conference,
        changes=changes,
        is_moved=is_moved(conference, listed) or _is_due_moved(conference, listed),
        keeps_chair=known.keeps_chair,
    )


def _is_due_moved(conference: Conference, listed: ListedConference) -> bool:
    """Whether another type of conference has its reports due on another day."""
    if conference.type == listed.type:
        return False
    due = due_for(conference, clock.now(), conference_type=listed.type)
    return (due.on, due.at) != (conference.due_on, conference.due_at)


def load_conferences(ids: Collection[uuid.UUID]) -> list[Conference]:
    """Conferences with everything that booking and fan-out look at."""
    if not ids:
        return []
    return list(
        db.scalars(
            select(Conference)
            .where(Conference.id.in_(ids))
            .options(
                selectinload(Conference.involvements)
                .joinedload(Involvement.person)
                .options(joinedload(Person.identity), joinedload(Person.address)),
                selectinload(Conference.requests).options(
                    selectinload(ReportRequest.people), joinedload(ReportRequest.practice)
                ),
            )
            .order_by(Conference.held_on, Conference.id)
        )
    )


def omitted_by(authority_id: uuid.UUID, reading: ListReading) -> list[Conference]:
    """Planned conferences that came in a list and that this one does not name, not even among the defects.

    A list of which nothing could be read omits nothing: it says nothing.
    """
    if not reading.conferences:
        return []
    named = {*(each.ref for each in reading.conferences), *reading.left_out_refs}
    planned = db.scalars(
        select(Conference)
        .where(
            Conference.authority_id == authority_id,
            Conference.list_digest.is_not(None),
            Conference.state == ConferenceState.PLANNED,
            Conference.held_on >= clock.today(),
        )
        .order_by(Conference.held_on, Conference.id)
    )
    return [conference for conference in planned if conference.reference not in named]


def _stored(authority_id: uuid.UUID, refs: Collection[str]) -> Sequence[Row[*tuple[Any, ...]]]:
    return db.execute(
        select(Conference.id, Conference.reference, Conference.list_digest, Conference.state).where(
            Conference.authority_id == authority_id, Conference.reference.in_(refs)
        )
    ).all()


def _taken_over(ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those whose chair a person chose: a list does not undo that."""
    events = select(ConferenceEvent.conference_id).where(
        ConferenceEvent.conference_id.in_(ids), ConferenceEvent.event == "taken_over"
    )
    return set(db.scalars(events))
