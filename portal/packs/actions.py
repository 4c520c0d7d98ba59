"""Ask for packs, move them on, and replace the ones that a newer one has made old."""

import uuid
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, func, select

from portal import clock
from portal.audit.actions import record_event
from portal.authorisation.actor import Actor, Role
from portal.authorisation.permissions import Permission
from portal.authorisation.policy import allows
from portal.conferences.models import Conference
from portal.database import db
from portal.errors import ImpossibleMove, InvalidInput, NotAllowed, TooMany
from portal.jobs.queue import enqueue
from portal.packs.gathering import get_adult
from portal.packs.models import Pack, PackItem
from portal.packs.states import PACK_MOVES, Audience, PackMove, PackState
from portal.submissions.models import Submission

BUILD = "packs.build"
NOT_ALLOWED = "not_allowed"
"""Why a pack failed whose requester may no longer have it."""

MOST_AN_HOUR = 60
"""Packs one person may ask for within an hour: more than any day's work, and too few to fill the disk."""


def may_have_made(actor: Actor, conference: Conference, audience: Audience) -> bool:
    """Whether the actor may ask for a pack for this audience. The system may: it gives it to nobody."""
    if actor.role is Role.SYSTEM:
        return actor.organisation_id == conference.authority_id
    if audience is Audience.CHAIR:
        return allows(actor, Permission.CHAIRS_ITEM_READ, conference)
    return allows(actor, Permission.PACK_REQUEST, conference)


def request_pack(
    actor: Actor, conference: Conference, audience: Audience, for_person_id: uuid.UUID | None = None
) -> Pack:
    """Have a pack made; one that waits already for the same reader is the one that is asked for.

    Raises NotAllowed when the actor may not have this one, InvalidInput for a family copy without a reader,
    NotFound for a reader who is no adult of the family, TooMany beyond MOST_AN_HOUR.
    """
    if not may_have_made(actor, conference, audience):
        raise NotAllowed
    if (audience is Audience.FAMILY) != (for_person_id is not None):
        raise InvalidInput("Choose for whom the copy is.")
    if for_person_id is not None:
        get_adult(conference, for_person_id)
    _take_turns(conference)
    of_reader = same_reader(conference.id, audience, for_person_id)
    # locked: a build under way ends first, since what has just come may not be in it
    waiting = db.scalar(select(Pack).where(of_reader, Pack.state == PackState.REQUESTED).with_for_update())
    if waiting is not None:
        return waiting
    _refuse_too_many(actor)
    pack = _new_pack(actor, conference, audience, for_person_id)
    record_event(actor, "pack_requested", pack, audience=audience.value, number=pack.number)
    return pack


def _new_pack(
    actor: Actor, conference: Conference, audience: Audience, for_person_id: uuid.UUID | None
) -> Pack:
    highest = select(func.max(Pack.number)).where(same_reader(conference.id, audience, for_person_id))
    pack = Pack(
        authority_id=conference.authority_id,
        conference_id=conference.id,
        audience=audience,
        for_person_id=for_person_id,
        number=(db.scalar(highest) or 0) + 1,
        state=PackState.REQUESTED,
        requested_at=clock.now(),
        requested_by_id=actor.user_id,
        requested_by_name=actor.name,
    )
    db.add(pack)
    db.flush()
    enqueue(BUILD, on_behalf_of_id=actor.user_id, pack_id=str(pack.id))
    return pack


def _refuse_too_many(actor: Actor) -> None:
    if actor.user_id is None:
        return
    recent = select(func.count()).where(
        Pack.requested_by_id == actor.user_id, Pack.requested_at > clock.now() - timedelta(hours=1)
    )
    if (db.scalar(recent) or 0) >= MOST_AN_HOUR:
        raise TooMany(f"You have asked for {MOST_AN_HOUR} packs within an hour. Wait a while and try again.")


def retry(actor: Actor, pack: Pack) -> Pack:
    """Have a pack made in place of one that failed, under a new number: a later number is never older.

    Raises ImpossibleMove when it has not failed or there is a newer one, and what `request_pack` raises.
    """
    _take_turns(pack.conference)
    audience = Audience(pack.audience)
    newer = and_(same_reader(pack.conference_id, audience, pack.for_person_id), Pack.number > pack.number)
    if pack.state != PackState.FAILED or db.scalar(select(Pack.id).where(newer).limit(1)) is not None:
        raise ImpossibleMove
    return request_pack(actor, pack.conference, audience, pack.for_person_id)


def move_pack(pack: Pack, move: PackMove) -> None:
    """Move a pack to its next state. Raises ImpossibleMove."""
    following = PACK_MOVES.get((PackState(pack.state), move))
    if following is None:
        raise ImpossibleMove
    pack.state = following


def fail_pack(actor: Actor, pack: Pack, because: str) -> None:
    """Give a pack up; `because` is a kind of error, never its text."""
    move_pack(pack, PackMove.FAIL)
    pack.failed_because = because
    record_event(actor, "pack_failed", pack, because=because)


def list_items(pack: Pack, submissions: list[Submission]) -> None:
    """Remember from what a pack was made, so that it can be said what has come since."""
    db.add_all(
        PackItem(pack_id=pack.id, submission_id=each.id, authority_id=pack.authority_id, position=position)
        for position, each in enumerate(submissions, 1)
    )


def supersede_earlier(pack: Pack) -> None:
    """A pack that is ready replaces the earlier ones of the same reader."""
    of_reader = same_reader(pack.conference_id, Audience(pack.audience), pack.for_person_id)
    earlier = and_(of_reader, Pack.state == PackState.READY, Pack.number < pack.number)
    for old in db.scalars(select(Pack).where(earlier)):
        move_pack(old, PackMove.SUPERSEDE)


def same_reader(
    conference_id: uuid.UUID, audience: Audience, for_person_id: uuid.UUID | None
) -> ColumnElement[bool]:
    """The packs of one conference that are for the same reader."""
    return and_(
        Pack.conference_id == conference_id,
        Pack.audience == audience,
        Pack.for_person_id.is_not_distinct_from(for_person_id),
    )


def _take_turns(conference: Conference) -> None:
    """Two who ask at one moment for packs of one conference take turns: each pack has its own number."""
    lock_number = int.from_bytes(conference.id.bytes[:8], "big", signed=True)
    db.execute(select(func.pg_advisory_xact_lock(lock_number)))
