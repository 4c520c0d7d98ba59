"""Gather events while work is done; they are appended last, when it is committed."""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from sqlalchemy import event as listening
from sqlalchemy import text
from sqlalchemy.orm import Session, SessionTransaction

from portal import clock, context
from portal.database import before_commit, db, new_id

NO_ORGANISATION = uuid.UUID(int=0)
"""The chain of what nobody's organisation answers for, such as a sign-in with an unknown address."""

Detail = str | int | bool | None


class Who(Protocol):
    """Whoever acts; the trail needs no more of an actor than this."""

    @property
    def user_id(self) -> uuid.UUID | None: ...
    @property
    def organisation_id(self) -> uuid.UUID: ...
    @property
    def role(self) -> str: ...


class Target(Protocol):
    """Whatever is acted on: a row with a table and an id."""

    __tablename__: str

    @property
    def id(self) -> uuid.UUID: ...


@dataclass
class Event:
    """One event, gathered and not yet appended. `details` holds no clinical text and no names."""

    action: str
    chain_id: uuid.UUID
    user_id: uuid.UUID | None
    organisation_id: uuid.UUID | None
    role: str
    target_kind: str | None = None
    target_id: uuid.UUID | None = None
    details: Mapping[str, Detail] = field(default_factory=dict)
    people: set[uuid.UUID] = field(default_factory=set)
    id: uuid.UUID = field(default_factory=new_id)
    happened_at: datetime = field(default_factory=clock.now)


def record_event(who: Who, action: str, target: Target | None = None, **details: Detail) -> Event:
    """Gather an event for the chain of the target's authority, else of the actor's organisation."""
    event = Event(
        action=action,
        chain_id=getattr(target, "authority_id", None) or who.organisation_id,
        user_id=who.user_id,
        organisation_id=who.organisation_id,
        role=str(who.role),
        target_kind=target.__tablename__ if target is not None else None,
        target_id=target.id if target is not None else None,
        details=details,
    )
    return _gather(event)


def record_anonymous(action: str, *, user_id: uuid.UUID | None = None, **details: Detail) -> Event:
    """Gather an event of somebody who is not signed in: a wrong password, a code asked for."""
    return _gather(Event(action, NO_ORGANISATION, user_id, None, "anonymous", details=details))


def note_people_seen(people: Iterable[uuid.UUID]) -> None:
    """Say whose data the page under way shows; without a page under way (a job) it says nothing."""
    viewed = db().info.get("viewed")
    if viewed is not None:
        viewed.people.update(people)


def begin_view(who: Who, permission: str, target: Target | None) -> Event:
    """Gather the event that a page showed personal data; the page's queries add whose."""
    event = record_event(who, "viewed", target, permission=permission)
    db().info["viewed"] = event
    return event


def pending() -> list[Event]:
    """What was gathered and not yet appended."""
    events: list[Event] = db().info.setdefault("events", [])
    return events


def end_view() -> None:
    db().info.pop("viewed", None)


def keep_only(event: Event | None) -> None:
    """After a rollback: nothing but this event is to be appended."""
    db().info["events"] = [] if event is None else [event]


def _gather(event: Event) -> Event:
    pending().append(event)
    return event


_APPEND = text(
    "SELECT audit_append(:id, :chain_id, :happened_at, :user_id, :organisation_id, :role, :action,"
    " :target_kind, :target_id, :request_id, CAST(:details AS jsonb), CAST(:people AS uuid[]))"
)


def append_pending(session: Session) -> None:
    """Append what was gathered, chain by chain in sorted order: unsorted, two commits can deadlock."""
    events: list[Event] = session.info.pop("events", [])
    if not events:
        return
    session.flush()
    for event in sorted(events, key=lambda each: each.chain_id):
        session.execute(_APPEND, _parameters(event))


def _parameters(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "chain_id": event.chain_id,
        "happened_at": event.happened_at,
        "user_id": event.user_id,
        "organisation_id": event.organisation_id,
        "role": event.role,
        "action": event.action,
        "target_kind": event.target_kind,
        "target_id": event.target_id,
        "request_id": context.request_id(),
        "details": json.dumps(dict(event.details), sort_keys=True),
        "people": sorted(event.people),
    }


_gathered_before: WeakKeyDictionary[SessionTransaction, int] = WeakKeyDictionary()


@listening.listens_for(Session, "after_transaction_create")
def _mark_savepoint(session: Session, transaction: SessionTransaction) -> None:
    """Remember how much had been gathered when a savepoint was set."""
    if transaction.nested:
        _gathered_before[transaction] = len(session.info.get("events", []))


@listening.listens_for(Session, "after_soft_rollback")
def _forget_undone(session: Session, transaction: SessionTransaction) -> None:
    """What was undone did not happen: forget all, or what was gathered since the savepoint."""
    del session.info.get("events", [])[_gathered_before.get(transaction, 0) :]


before_commit.append(append_pending)
