"""A practice's inbox: the conferences it is asked about, a page at a time."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import Row, Select, select, tuple_

from portal import clock
from portal.audit.actions import note_people_seen
from portal.authorisation.actor import Actor
from portal.conferences.models import Conference, ReportRequest, RequestPerson
from portal.conferences.people import Person
from portal.conferences.states import ConferenceType, Progress, RequestState, Sight
from portal.conferences.wording import TYPE_WORDS
from portal.database import db
from portal.partnership.working_days import working_days_between

PAGE_SIZE = 50

# Where a list goes on after a row: a day and an id.
Place = Sequence[Any]


@dataclass(frozen=True)
class RequestRow:
    """One request in a practice's inbox. `people` are the names of its own patients."""

    id: uuid.UUID
    authority_id: uuid.UUID
    conference_id: uuid.UUID
    reference: str
    type: ConferenceType
    held_on: date
    starts_at: time
    venue: str
    online_link: str
    due_on: date
    due_at: time | None
    is_short_notice: bool
    state: RequestState
    progress: Progress
    writer_id: uuid.UUID | None
    writer_name: str | None
    late_until: date | None
    late_writer: str | None
    working_days_left: int
    people: tuple[str, ...]

    @property
    def type_words(self) -> str:
        return TYPE_WORDS[self.type]

    @property
    def key(self) -> tuple[date, uuid.UUID]:
        """Where the list goes on after this row."""
        return (self.due_on if self.state is RequestState.OPEN else self.held_on, self.id)


NO_LONGER_THEIRS = (RequestState.WITHDRAWN, RequestState.NOT_REGISTERED)
"""A practice that holds nobody of the family is not told where they will meet."""

COLUMNS = (
    ReportRequest.id,
    ReportRequest.authority_id,
    ReportRequest.conference_id,
    ReportRequest.due_on,
    ReportRequest.due_at,
    ReportRequest.conference_on,
    ReportRequest.is_short_notice,
    ReportRequest.state,
    ReportRequest.progress,
    ReportRequest.writer_id,
    ReportRequest.writer_name,
    ReportRequest.late_until,
    ReportRequest.late_writer,
)


def requests_for(
    actor: Actor, *, is_open: bool = True, after: Place | None = None, limit: int = PAGE_SIZE + 1
) -> list[RequestRow]:
    """The requests to the actor's practice: open ones, due soonest first, or the others, newest first.

    `after` is the key of the last row of the page before. Asked in the practice's scope.
    """
    statement = _open(actor, after) if is_open else _others(actor, after)
    rows = db.execute(statement.limit(limit)).all()
    conferences = _conferences({row.conference_id for row in rows})
    names = _own_patients([row.id for row in rows])
    today = clock.today()
    return [_row(row, conferences[row.conference_id], names.get(row.id, ()), today) for row in rows]


def _open(actor: Actor, after: Place | None) -> Select[*tuple[Any, ...]]:
    place = tuple_(ReportRequest.due_on, ReportRequest.id)
    statement = (
        select(*COLUMNS)
        .where(ReportRequest.practice_id == actor.organisation_id, ReportRequest.state == RequestState.OPEN)
        .order_by(ReportRequest.due_on, ReportRequest.id)
    )
    return statement if after is None else statement.where(place > tuple_(*after))


def _others(actor: Actor, after: Place | None) -> Select[*tuple[Any, ...]]:
    place = tuple_(ReportRequest.conference_on, ReportRequest.id)
    statement = (
        select(*COLUMNS)
        .where(ReportRequest.practice_id == actor.organisation_id, ReportRequest.state != RequestState.OPEN)
        .order_by(ReportRequest.conference_on.desc(), ReportRequest.id.desc())
    )
    return statement if after is None else statement.where(place < tuple_(*after))


def _conferences(ids: set[uuid.UUID]) -> dict[uuid.UUID, Row[*tuple[Any, ...]]]:
    """What a practice's list says of these conferences: asked for by key, after the limit."""
    statement = select(
        Conference.id,
        Conference.reference,
        Conference.type,
        Conference.held_on,
        Conference.starts_at,
        Conference.venue,
        Conference.online_link_sealed,
    ).where(Conference.id.in_(ids))
    return {row.id: row for row in db.execute(statement)}


def _own_patients(request_ids: list[uuid.UUID]) -> dict[uuid.UUID, tuple[str, ...]]:
    """The names of the people each of these requests asks about, in the order of the family."""
    found: dict[uuid.UUID, tuple[str, ...]] = {}
    statement = (
        select(RequestPerson.request_id, Person)
        .join(Person, Person.id == RequestPerson.person_id)
        .where(RequestPerson.request_id.in_(request_ids), RequestPerson.sight == Sight.ASKED)
        .order_by(RequestPerson.position)
    )
    for request_id, person in db.execute(statement):
        found[request_id] = (*found.get(request_id, ()), person.full_name)
        note_people_seen([person.id])
    return found


def _row(
    row: Row[*tuple[Any, ...]], conference: Row[*tuple[Any, ...]], people: tuple[str, ...], today: date
) -> RequestRow:
    link = Conference.online_link.open(
        conference.online_link_sealed, table="conference", owner=row.authority_id, row_id=conference.id
    )
    is_theirs = row.state not in NO_LONGER_THEIRS
    return RequestRow(
        id=row.id,
        authority_id=row.authority_id,
        conference_id=conference.id,
        reference=conference.reference,
        type=ConferenceType(conference.type),
        held_on=conference.held_on,
        starts_at=conference.starts_at,
        venue=conference.venue if is_theirs else "",
        online_link=(link or "") if is_theirs else "",
        due_on=row.due_on,
        due_at=row.due_at,
        is_short_notice=row.is_short_notice,
        state=RequestState(row.state),
        progress=Progress(row.progress),
        writer_id=row.writer_id,
        writer_name=row.writer_name,
        late_until=row.late_until,
        late_writer=row.late_writer,
        working_days_left=working_days_between(today, row.due_on),
        people=people,
    )
