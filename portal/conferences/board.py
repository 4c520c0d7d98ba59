"""The authority's list of conferences, a page at a time, with how many practices have answered."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import Row, Select, func, select, tuple_

from portal import clock
from portal.accounts.models import User
from portal.audit.actions import note_people_seen
from portal.authorisation.actor import Actor
from portal.conferences.inbox import PAGE_SIZE, Place
from portal.conferences.models import Conference, Involvement, ReportRequest
from portal.conferences.states import ConferenceState, ConferenceType, PersonRole, RequestState
from portal.conferences.wording import TYPE_WORDS
from portal.database import db


@dataclass(frozen=True)
class ConferenceRow:
    """One conference in a list of the authority's; `requests` counts its requests by state."""

    id: uuid.UUID
    reference: str
    type: ConferenceType
    state: ConferenceState
    held_on: date
    starts_at: time
    venue: str
    family_name: str
    chair_id: uuid.UUID
    chair_name: str
    due_on: date
    due_at: time | None
    is_short_notice: bool
    requests: Mapping[str, int]

    @property
    def type_words(self) -> str:
        return TYPE_WORDS[self.type]

    @property
    def asked(self) -> int:
        return sum(count for state, count in self.requests.items() if state != RequestState.WITHDRAWN)

    @property
    def missing(self) -> int:
        return self.requests.get(RequestState.OPEN, 0)

    @property
    def key(self) -> tuple[date, uuid.UUID]:
        """Where the list goes on after this row."""
        return (self.held_on, self.id)


def conferences_for(
    actor: Actor,
    *,
    chair_id: uuid.UUID | None = None,
    search: str = "",
    is_past: bool = False,
    after: Place | None = None,
    limit: int = PAGE_SIZE + 1,
) -> list[ConferenceRow]:
    """The authority's conferences to come, soonest first, or those that have been, latest first.

    Notes in the trail whose family names are read. `chair_id` keeps one chair's; `search` those whose
    reference begins so. `after` is the key of the last row of the page before.
    """
    statement = _past(actor, after) if is_past else _to_come(actor, after)
    if chair_id:
        statement = statement.where(Conference.chair_id == chair_id)
    if search.strip():
        begins = func.upper(Conference.reference).startswith(search.strip().upper(), autoescape=True)
        statement = statement.where(begins)
    rows = db.execute(statement.limit(limit)).all()
    note_subjects(row.id for row in rows)
    counted = _counted([row.id for row in rows])
    return [_row(row, actor.organisation_id, counted.get(row.id, {})) for row in rows]


def note_subjects(conference_ids: Iterable[uuid.UUID]) -> None:
    """A family's name is its children's: the trail says whose."""
    subjects = select(Involvement.person_id).where(
        Involvement.conference_id.in_(list(conference_ids)), Involvement.role == PersonRole.SUBJECT
    )
    note_people_seen(db.scalars(subjects))


def _listed(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Conference.id,
            Conference.reference,
            Conference.type,
            Conference.state,
            Conference.held_on,
            Conference.starts_at,
            Conference.venue,
            Conference.family_name_sealed,
            Conference.chair_id,
            User.name.label("chair_name"),
            Conference.due_on,
            Conference.due_at,
            Conference.is_short_notice,
        )
        .outerjoin(User, User.id == Conference.chair_id)
        .where(Conference.authority_id == actor.organisation_id)
    )


def _to_come(actor: Actor, after: Place | None) -> Select[*tuple[Any, ...]]:
    place = tuple_(Conference.held_on, Conference.id)
    statement = _listed(actor).where(Conference.held_on >= clock.today())
    statement = statement.order_by(Conference.held_on, Conference.id)
    return statement if after is None else statement.where(place > tuple_(*after))


def _past(actor: Actor, after: Place | None) -> Select[*tuple[Any, ...]]:
    place = tuple_(Conference.held_on, Conference.id)
    statement = _listed(actor).where(Conference.held_on < clock.today())
    statement = statement.order_by(Conference.held_on.desc(), Conference.id.desc())
    return statement if after is None else statement.where(place < tuple_(*after))


def _counted(conference_ids: list[uuid.UUID]) -> dict[uuid.UUID, dict[str, int]]:
    statement = (
        select(ReportRequest.conference_id, ReportRequest.state, func.count())
        .where(ReportRequest.conference_id.in_(conference_ids))
        .group_by(ReportRequest.conference_id, ReportRequest.state)
    )
    found: dict[uuid.UUID, dict[str, int]] = {}
    for conference_id, state, count in db.execute(statement):
        found.setdefault(conference_id, {})[state] = count
    return found


def _row(row: Row[*tuple[Any, ...]], authority_id: uuid.UUID, requests: Mapping[str, int]) -> ConferenceRow:
    family_name = Conference.family_name.open(
        row.family_name_sealed, table="conference", owner=authority_id, row_id=row.id
    )
    return ConferenceRow(
        id=row.id,
        reference=row.reference,
        type=ConferenceType(row.type),
        state=ConferenceState(row.state),
        held_on=row.held_on,
        starts_at=row.starts_at,
        venue=row.venue,
        family_name=family_name or "",
        chair_id=row.chair_id,
        chair_name=row.chair_name or "",
        due_on=row.due_on,
        due_at=row.due_at,
        is_short_notice=row.is_short_notice,
        requests=requests,
    )
