"""The queue as rows: what waits, what is held, by whom, and what happened to each."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, RowMapping, Select, and_, func, not_, or_, select, tuple_

from portal import clock
from portal.authorisation.actor import Actor
from portal.contacts.models import Contact, ContactEvent, PracticeCall
from portal.contacts.states import RECEIVED_KINDS, TO_SETTLE_KINDS, ContactKind, ContactState
from portal.database import db
from portal.errors import NotFound
from portal.web.pagination import Key, Page, typed_key

PAGE_SIZE = 50
S = TypeVar("S", bound=Select[Any])


class Show(StrEnum):
    """Which contacts a queue shows; `OPEN` is all that somebody should work on now."""

    OPEN = "open"
    WAITING = "waiting"
    MINE = "mine"
    HELD = "held"
    DEFERRED = "deferred"
    CLOSED = "closed"


class About(StrEnum):
    """What kind of thing a queue shows."""

    ANYTHING = "anything"
    RECEIVED = "received"
    LATE = "late"
    SHORT_NOTICE = "short_notice"
    TO_SETTLE = "to_settle"


KINDS_ABOUT: dict[About, frozenset[ContactKind]] = {
    About.ANYTHING: frozenset(ContactKind),
    About.RECEIVED: RECEIVED_KINDS,
    About.LATE: frozenset({ContactKind.WILL_BE_LATE}),
    About.SHORT_NOTICE: frozenset({ContactKind.SHORT_NOTICE_CALL}),
    About.TO_SETTLE: TO_SETTLE_KINDS,
}


@dataclass(frozen=True)
class Filters:
    """What to show of the queue."""

    show: Show = Show.OPEN
    about: About = About.ANYTHING
    after: Key | None = None


@dataclass(frozen=True)
class QueueRow:
    """One line of the queue; family and practice are looked up by whoever knows them."""

    id: uuid.UUID
    kind: ContactKind
    state: ContactState
    source_id: uuid.UUID
    conference_id: uuid.UUID | None
    practice_id: uuid.UUID | None
    due_on: date
    has_restricted: bool
    opened_at: datetime
    holder_id: uuid.UUID | None
    holder_name: str | None
    deferred_until: date | None
    closed_at: datetime | None
    closed_as: str | None


def get_contact(actor: Actor, contact_id: uuid.UUID) -> Contact:
    """A contact of the actor's authority. Raises NotFound."""
    contact = db.get(Contact, contact_id)
    if contact is None or contact.authority_id != actor.organisation_id:
        raise NotFound
    return contact


def place_in(show: Show, cursor: str | None) -> Key | None:
    """Where a list of these contacts goes on. Raises InvalidInput for a cursor of another list."""
    closed, open_ = (datetime, uuid.UUID), (date, bool, datetime, uuid.UUID)
    return typed_key(cursor, *(closed if show is Show.CLOSED else open_))


def contacts_in_queue(actor: Actor, filters: Filters, size: int = PAGE_SIZE) -> Page[QueueRow]:
    """A page of the queue: nearest conference first, then what holds restricted items, then the oldest.

    What is closed comes with the latest first. `filters.after` is from `place_in`.
    """
    columns = (getattr(Contact, name) for name in (*QueueRow.__dataclass_fields__, "held_until"))
    kinds = Contact.kind.in_(KINDS_ABOUT[filters.about])
    statement: Select[Any] = select(*columns).where(*_visible_to(actor), _shown(actor, filters.show), kinds)
    is_closed = filters.show is Show.CLOSED
    statement = _closed_order(statement, filters.after) if is_closed else _order(statement, filters.after)
    rows = [_as_row(row._mapping) for row in db.execute(statement.limit(size + 1))]
    return Page.of(rows, size, key=_closed_key if is_closed else _key)


def queue_counts(actor: Actor) -> dict[Show | About, int]:
    """How many contacts each choice would show; kinds are counted among what is open."""
    shows = [Show.OPEN, Show.WAITING, Show.MINE, Show.HELD, Show.DEFERRED]
    about = [each for each in About if each is not About.ANYTHING]
    counted = [func.count().filter(_shown(actor, show)) for show in shows]
    by_kind = [
        func.count().filter(and_(_shown(actor, Show.OPEN), Contact.kind.in_(KINDS_ABOUT[each])))
        for each in about
    ]
    not_closed = Contact.state != ContactState.CLOSED
    row = db.execute(select(*counted, *by_kind).where(*_visible_to(actor), not_closed)).one()
    return dict(zip([*shows, *about], row, strict=True))


def first_waiting(actor: Actor) -> Contact | None:
    """The most urgent contact that nobody holds, locked; passes over what is being taken at this moment."""
    statement = _order(select(Contact).where(*_visible_to(actor), _shown(actor, Show.WAITING)), None)
    locked = statement.limit(1).with_for_update(skip_locked=True)
    return db.scalar(locked, execution_options={"populate_existing": True})


def next_waiting(actor: Actor) -> uuid.UUID | None:
    """The id of the most urgent contact that nobody holds."""
    statement = _order(select(Contact.id).where(*_visible_to(actor), _shown(actor, Show.WAITING)), None)
    return db.scalar(statement.limit(1))


def contact_about(actor: Actor, kind: ContactKind, source_id: uuid.UUID) -> Contact | None:
    """The contact about this thing, if there is one."""
    return db.scalar(
        select(Contact).where(*_visible_to(actor), Contact.kind == kind, Contact.source_id == source_id)
    )


def history_of(contact: Contact) -> list[ContactEvent]:
    """What happened to a contact, oldest first."""
    statement = select(ContactEvent).where(ContactEvent.contact_id == contact.id)
    return list(db.scalars(statement.order_by(ContactEvent.happened_at, ContactEvent.id)))


def calls_about(actor: Actor, request_ids: Iterable[uuid.UUID]) -> list[PracticeCall]:
    """The calls to practices about these requests, latest first."""
    return list(
        db.scalars(
            select(PracticeCall)
            .where(
                PracticeCall.authority_id == actor.organisation_id,
                PracticeCall.request_id.in_(list(request_ids)),
            )
            .order_by(PracticeCall.called_at.desc())
        )
    )


def _visible_to(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (Contact.authority_id == actor.organisation_id,)


def _shown(actor: Actor, show: Show) -> ColumnElement[bool]:
    """Holds that ran out and days that have come are compared here: nothing comes round to change rows."""
    now, today = clock.now(), clock.today()
    is_held = and_(Contact.state == ContactState.HELD, Contact.held_until > now)
    is_deferred = and_(Contact.state == ContactState.DEFERRED, Contact.deferred_until > today)
    match show:
        case Show.OPEN:
            return and_(Contact.state != ContactState.CLOSED, not_(is_deferred))
        case Show.WAITING:
            return or_(
                Contact.state == ContactState.WAITING,
                and_(Contact.state == ContactState.HELD, Contact.held_until <= now),
                and_(Contact.state == ContactState.DEFERRED, Contact.deferred_until <= today),
            )
        case Show.MINE:
            return and_(is_held, Contact.holder_id == actor.user_id)
        case Show.HELD:
            return is_held
        case Show.DEFERRED:
            return is_deferred
        case Show.CLOSED:
            return Contact.state == ContactState.CLOSED


def _order(statement: S, after: Key | None) -> S:
    columns = (Contact.due_on, not_(Contact.has_restricted), Contact.opened_at, Contact.id)
    if after is not None:
        statement = statement.where(tuple_(*columns) > after)
    return statement.order_by(*columns)


def _closed_order(statement: S, after: Key | None) -> S:
    columns = (Contact.closed_at, Contact.id)
    if after is not None:
        statement = statement.where(tuple_(*columns) < after)
    return statement.order_by(*(column.desc() for column in columns))


def _key(row: QueueRow) -> Key:
    return (row.due_on, not row.has_restricted, row.opened_at, row.id)


def _closed_key(row: QueueRow) -> Key:
    return (row.closed_at, row.id)


def _as_row(found: RowMapping) -> QueueRow:
    """A line as it stands now: a hold that ran out, or a day that has come, waits."""
    values = dict(found)
    held_until = values.pop("held_until")
    state = ContactState(values["state"])
    is_over = state is ContactState.HELD and held_until <= clock.now()
    if is_over or (state is ContactState.DEFERRED and values["deferred_until"] <= clock.today()):
        state, values["holder_name"], values["holder_id"] = ContactState.WAITING, None, None
    return QueueRow(**{**values, "state": state, "kind": ContactKind(values["kind"])})
