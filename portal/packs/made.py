"""The packs of a conference as its page lists them, and what has changed since each was made."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.authorisation.actor import Actor
from portal.authorisation.permissions import Permission
from portal.authorisation.policy import allows
from portal.conferences.models import Conference
from portal.conferences.people import Person
from portal.database import db
from portal.packs.actions import NOT_ALLOWED
from portal.packs.gathering import standing_submissions, submissions_for_family
from portal.packs.models import Pack, PackItem
from portal.packs.states import Audience, PackState
from portal.submissions.models import Submission, SubmissionEvent
from portal.submissions.states import EVENT_OF, SubmissionMove
from portal.web.words import plural

AUDIENCE_WORDS = {
    Audience.CHAIR: "Chair’s pack",
    Audience.PROFESSIONALS: "Professionals’ pack",
    Audience.FAMILY: "Copy for",
}
MAKING = (PackState.REQUESTED, PackState.BUILDING)
HAS_FILES = (PackState.READY, PackState.SUPERSEDED)


@dataclass(frozen=True)
class PackRow:
    """One pack in the list of a conference."""

    id: uuid.UUID
    title: str
    number: int
    state: PackState
    requested_at: datetime
    requested_by: str
    built_at: datetime | None
    unprintable: int
    changes: tuple[str, ...]
    """What has changed since it was made, in words; only of packs that are ready."""
    failed: str

    @property
    def is_being_made(self) -> bool:
        return self.state in MAKING

    @property
    def has_files(self) -> bool:
        return self.state in HAS_FILES


def packs_of(actor: Actor, conference: Conference) -> list[PackRow]:
    """The packs the actor may take, newest first; those of a chair are nobody else's."""
    packs = db.scalars(
        select(Pack)
        .where(Pack.conference_id == conference.id, Pack.authority_id == actor.organisation_id)
        .options(joinedload(Pack.conference))
        .order_by(Pack.requested_at.desc(), Pack.number.desc())
    ).all()
    return [_row(actor, conference, pack) for pack in packs if allows(actor, Permission.PACK_FOLLOW, pack)]


def _row(actor: Actor, conference: Conference, pack: Pack) -> PackRow:
    is_ready = pack.state == PackState.READY
    return PackRow(
        id=pack.id,
        title=title_of(pack),
        number=pack.number,
        state=PackState(pack.state),
        requested_at=pack.requested_at,
        requested_by=pack.requested_by_name,
        built_at=pack.built_at,
        unprintable=pack.unprintable or 0,
        changes=_changes(pack, _made_from_now(actor, conference, pack)) if is_ready else (),
        failed=_failed_words(pack),
    )


def title_of(pack: Pack) -> str:
    """Whose pack it is, in words: for pages, never for a file's name."""
    words = AUDIENCE_WORDS[Audience(pack.audience)]
    reader = db.get(Person, pack.for_person_id) if pack.for_person_id else None
    return f"{words} {reader.full_name}" if reader else words


def _made_from_now(actor: Actor, conference: Conference, pack: Pack) -> list[Submission]:
    if pack.for_person_id:
        return submissions_for_family(actor, conference)
    return standing_submissions(actor, conference)


def _changes(pack: Pack, standing: Iterable[Submission]) -> tuple[str, ...]:
    items = set(db.scalars(select(PackItem.submission_id).where(PackItem.pack_id == pack.id)))
    ids = {each.id for each in standing}
    come, gone = len(ids - items), len(items - ids)
    checked = 0 if pack.for_person_id else _checked_since(items & ids, pack.built_at)
    found = (
        (come, f"{plural(come, 'answer has', 'answers have')} come since"),
        (gone, f"{plural(gone, 'answer', 'answers')} in it no longer counts"),
        (checked, f"the contact team has looked at {plural(checked, 'answer')} since"),
    )
    return tuple(words for count, words in found if count)


def _checked_since(submission_ids: set[uuid.UUID], built_at: datetime | None) -> int:
    moves = (SubmissionMove.ACCEPT, SubmissionMove.RETURN, SubmissionMove.REOPEN)
    counted = select(func.count(SubmissionEvent.submission_id.distinct())).where(
        SubmissionEvent.submission_id.in_(submission_ids),
        SubmissionEvent.event.in_([EVENT_OF[move] for move in moves]),
        SubmissionEvent.happened_at > built_at,
    )
    return db.scalar(counted) or 0


def _failed_words(pack: Pack) -> str:
    if pack.state != PackState.FAILED:
        return ""
    if pack.failed_because == NOT_ALLOWED:
        return "Whoever asked for it may no longer have it. Try again in your own name."
    return "Something went wrong while it was made. Try again. If it fails again, tell the portal’s support."


def progress_words(pack: Pack) -> str:
    """How a pack is coming on, for the page that waits for it."""
    return "Being made. This takes a few seconds." if pack.state in MAKING else "Done."
