"""What practices still owe: open requests by conference, with whom to ring and when it was last tried."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select, tuple_

from portal import clock
from portal.accounts.models import Organisation
from portal.authorisation.actor import Actor
from portal.conferences.models import Conference, ReportRequest
from portal.conferences.states import ConferenceState, Progress, RequestState
from portal.contacts.models import PracticeCall
from portal.contacts.queries import calls_about
from portal.database import db
from portal.partnership.working_days import working_days_between
from portal.triage.queries import ConferenceName, conference_names
from portal.triage.words import days_to_conference
from portal.web.pagination import Key, Page, typed_key
from portal.web.words import working_days_left

PAGE_SIZE = 50
_COLUMNS = (
    "id",
    "conference_id",
    "conference_on",
    "progress",
    "due_on",
    "due_at",
    "is_short_notice",
    "late_until",
    "late_writer",
)


@dataclass(frozen=True)
class Owing:
    """One request that a practice has not answered."""

    request_id: uuid.UUID
    conference_id: uuid.UUID
    conference_on: date
    practice: str
    telephone: str
    progress: Progress
    due_on: date
    due_at: time | None
    due_words: str
    is_overdue: bool
    is_short_notice: bool
    late_until: date | None
    late_writer: str | None
    last_call: PracticeCall | None


@dataclass(frozen=True)
class OwingForConference:
    """A conference with the requests still open for it."""

    conference: ConferenceName
    days: str
    requests: tuple[Owing, ...]


def owing_by_conference(
    actor: Actor, *, is_overdue_only: bool = False, after: Key | None = None, size: int = PAGE_SIZE
) -> Page[OwingForConference]:
    """A page of open requests for conferences to come, nearest first; overdue is worked out at this moment.

    A conference may go on on the next page. `after` is from `place_among_owing`.
    """
    rows = db.execute(_owing(actor, is_overdue_only, after, size + 1)).all()
    page = Page.of(rows, size, key=lambda row: (row.conference_on, row.conference_id, row.id))
    names = conference_names(actor, {row.conference_id for row in page.items})
    owing = _with_calls(actor, page.items)
    grouped = (
        OwingForConference(names[key], days_to_conference(clock.today(), names[key].held_on), tuple(requests))
        for key, requests in groupby(owing, key=lambda each: each.conference_id)
    )
    return Page(tuple(grouped), page.next_key)


def place_among_owing(cursor: str | None) -> Key | None:
    """Where the list goes on. Raises InvalidInput for a cursor of another list."""
    return typed_key(cursor, date, uuid.UUID, uuid.UUID)


def count_owing(actor: Actor) -> tuple[int, int]:
    """How many requests are open for conferences to come, and how many of them are overdue."""
    is_overdue = func.count().filter(_is_overdue())
    row = db.execute(select(func.count(), is_overdue).select_from(ReportRequest).where(_is_owed(actor))).one()
    return row[0], row[1]


def _owing(actor: Actor, is_overdue_only: bool, after: Key | None, limit: int) -> Any:
    """Keys first, then the joins: under row security, joining before the limit reads far more."""
    order = (ReportRequest.conference_on, ReportRequest.conference_id, ReportRequest.id)
    keys = select(ReportRequest.id).where(_is_owed(actor)).order_by(*order).limit(limit)
    if is_overdue_only:
        keys = keys.where(_is_overdue())
    if after is not None:
        keys = keys.where(tuple_(*order) > after)
    page = keys.subquery("page")
    return (
        select(
            *(getattr(ReportRequest, name) for name in _COLUMNS),
            Organisation.name.label("practice"),
            Organisation.telephone,
        )
        .join(page, page.c.id == ReportRequest.id)
        .join(Organisation, Organisation.id == ReportRequest.practice_id)
        .order_by(*order)
    )


def _is_owed(actor: Actor) -> ColumnElement[bool]:
    planned = select(Conference.id).where(Conference.state == ConferenceState.PLANNED)
    return and_(
        ReportRequest.authority_id == actor.organisation_id,
        ReportRequest.state == RequestState.OPEN,
        ReportRequest.conference_on >= clock.today(),
        ReportRequest.conference_id.in_(planned),
    )


def _is_overdue() -> ColumnElement[bool]:
    now = clock.local(clock.now())
    passed = and_(ReportRequest.due_on == now.date(), ReportRequest.due_at < now.time())
    return or_(ReportRequest.due_on < now.date(), passed)


def _with_calls(actor: Actor, rows: Iterable[Row[Any]]) -> list[Owing]:
    rows = list(rows)
    calls = calls_about(actor, [row.id for row in rows])
    last = {call.request_id: call for call in reversed(calls)}
    return [_as_owing(row, last.get(row.id)) for row in rows]


def _as_owing(row: Row[Any], last_call: PracticeCall | None) -> Owing:
    now = clock.local(clock.now())
    is_past_hour = row.due_on == now.date() and row.due_at is not None and row.due_at < now.time()
    is_overdue = row.due_on < now.date() or is_past_hour
    return Owing(
        request_id=row.id,
        conference_id=row.conference_id,
        conference_on=row.conference_on,
        practice=row.practice,
        telephone=row.telephone,
        progress=Progress(row.progress),
        due_on=row.due_on,
        due_at=row.due_at,
        due_words=_due_words(now.date(), row.due_on, is_overdue=is_overdue),
        is_overdue=is_overdue,
        is_short_notice=row.is_short_notice,
        late_until=row.late_until,
        late_writer=row.late_writer,
        last_call=last_call,
    )


def _due_words(today: date, due_on: date, *, is_overdue: bool) -> str:
    """Due on a Friday and read on the Saturday, no working day has passed; it is overdue all the same."""
    days = working_days_between(today, due_on)
    return "overdue" if is_overdue and days == 0 else working_days_left(days)
