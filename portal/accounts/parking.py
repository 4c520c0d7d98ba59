"""What was typed under an expired session is kept for whoever typed it, and given back after sign-in."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, select

from portal import clock
from portal.accounts.models import ParkedForm
from portal.audit.actions import record_anonymous, record_event
from portal.authorisation.actor import Actor
from portal.context import NOBODY
from portal.database import acting_as, db
from portal.errors import NotFound, TooMany

KEPT_FOR = timedelta(hours=8)
MOST = 20
"""Forms kept for one person at a time: whoever holds an old cookie must not fill the disk with it."""

Parked = ParkedForm
Fields = list[tuple[str, str]]


def park(user_id: uuid.UUID, path: str, fields: Fields) -> uuid.UUID:
    """Keep what this person typed, sealed; the same form sent twice is kept once. Raises TooMany."""
    written = [list(field) for field in fields]
    with acting_as(NOBODY):
        db.execute(delete(ParkedForm).where(ParkedForm.parked_at <= clock.now() - KEPT_FOR))
        kept = list(db.scalars(_kept_for(user_id)))
        for earlier in kept:
            if earlier.given_back_at is None and earlier.path == path and earlier.fields == written:
                return earlier.id
        if len(kept) >= MOST:
            raise TooMany("Too much waits for you already. Sign in and send that first.")
        parked = ParkedForm(user_id=user_id, path=path, fields=written, parked_at=clock.now())
        db.add(parked)
    record_anonymous("form_parked", user_id=user_id)
    return parked.id


def get_parked(actor: Actor, parked_id: uuid.UUID) -> Parked:
    """What this actor typed. Raises NotFound for anybody else's, and when its time is over."""
    if actor.user_id is None:
        raise NotFound
    with acting_as(NOBODY):
        found = db.scalar(_kept_for(actor.user_id).where(ParkedForm.id == parked_id))
    if found is None:
        raise NotFound
    return found


def give_back(actor: Actor, parked: Parked) -> bool:
    """Remember that it was shown; False when it had been shown before."""
    if parked.given_back_at is not None:
        return False
    with acting_as(NOBODY):
        parked.given_back_at = clock.now()
    record_event(actor, "form_given_back", parked)
    return True


def waiting_for(user_id: uuid.UUID) -> list[uuid.UUID]:
    """What this person typed and has not been shown since, oldest first."""
    with acting_as(NOBODY):
        return [parked.id for parked in db.scalars(_kept_for(user_id)) if parked.given_back_at is None]


def kept_until(parked: Parked) -> datetime:
    return parked.parked_at + KEPT_FOR


def _kept_for(user_id: uuid.UUID) -> Select[ParkedForm]:
    return (
        select(ParkedForm)
        .where(ParkedForm.user_id == user_id, ParkedForm.parked_at > clock.now() - KEPT_FOR)
        .order_by(ParkedForm.parked_at)
    )
