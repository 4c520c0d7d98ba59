"""The packs of a conference as its page lists them, and what has changed since each was made."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal import clock
from portal.authorisation.actor import Actor
from portal.authorisation.permissions import Permission
from portal.authorisation.policy import allows
from portal.conferences.models import Conference
from portal.conferences.people import Person
from portal.database import db
from portal.packs.actions import NOT_ALLOWED
from portal.packs.circumstances import Circumstances, circumstances_of
from portal.packs.gathering import standing_submissions, submissions_for_family
from portal.packs.models import Pack, PackItem
from portal.packs.states import Audience, PackState
from portal.submissions.models import SubmissionEvent
from portal.submissions.states import EVENT_OF, SubmissionMove
from portal.web.words import plural

AUDIENCE_WORDS = {
    Audience.CHAIR: "Chair’s pack",
    Audience.PROFESSIONALS: "Professionals’ pack",
    Audience.FAMILY: "Copy for",
}
MAKING = (PackState.REQUESTED, PackState.BUILDING)
HAS_FILES = (PackState.READY, PackState.SUPERSEDED)
NOT_TO_BE_GIVEN = "Do not give it to anybody. Make a new copy."
USUALLY_MADE_WITHIN = timedelta(minutes=1)


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
    progress: str
    failed: str
    may_retry: bool
    withheld: str
    """Why it may not be given any more, or empty."""

    @property
    def is_being_made(self) -> bool:
        return self.state in MAKING

    @property
    def has_files(self) -> bool:
        return self.state in HAS_FILES and not self.withheld


def packs_of(actor: Actor, conference: Conference) -> list[PackRow]:
    """The packs the actor may take, newest first; those of a chair are nobody else's."""
    packs = db.scalars(
        select(Pack)
        .where(Pack.conference_id == conference.id, Pack.authority_id == actor.organisation_id)
        .options(joinedload(Pack.conference))
        .order_by(Pack.requested_at.desc(), Pack.number.desc())
    ).all()
    newest: dict[tuple[str, uuid.UUID | None], int] = {}
    for pack in packs:
        reader = (pack.audience, pack.for_person_id)
        newest[reader] = max(pack.number, newest.get(reader, 0))
    now = circumstances_of(conference)
    return [
        _row(actor, pack, now, is_newest=newest[pack.audience, pack.for_person_id] == pack.number)
        for pack in packs
        if allows(actor, Permission.PACK_FOLLOW, pack)
    ]


def _row(actor: Actor, pack: Pack, now: Circumstances, *, is_newest: bool) -> PackRow:
    return PackRow(
        id=pack.id,
        title=title_of(pack),
        number=pack.number,
        state=PackState(pack.state),
        requested_at=pack.requested_at,
        requested_by=pack.requested_by_name,
        built_at=pack.built_at,
        unprintable=pack.unprintable or 0,
        changes=_changes(actor, pack, now) if pack.state == PackState.READY else (),
        progress=progress_words(pack),
        failed=_failed_words(pack),
        may_retry=is_newest and pack.state == PackState.FAILED,
        withheld=withheld_because(actor, pack, now) if pack.state in HAS_FILES else "",
    )


def title_of(pack: Pack) -> str:
    """Whose pack it is, in words: for pages, never for a file's name."""
    words = AUDIENCE_WORDS[Audience(pack.audience)]
    reader = db.get(Person, pack.for_person_id) if pack.for_person_id else None
    return f"{words} {reader.full_name}" if reader else words


def withheld_because(actor: Actor, pack: Pack, now: Circumstances) -> str:
    """Why a family member's copy may not be given any more, since it may hold what its reader must not see.

    Empty when it may, and for every other pack: those who work on a conference may look at earlier ones.
    """
    if pack.for_person_id is None:
        return ""
    if pack.readers_digest != now.readers:
        return f"Who may see what has changed since this copy was made. {NOT_TO_BE_GIVEN}"
    if _made_from(pack) - _standing(actor, pack):
        return f"A report in this copy has been returned or replaced since. {NOT_TO_BE_GIVEN}"
    return ""


def _made_from(pack: Pack) -> set[uuid.UUID]:
    return set(db.scalars(select(PackItem.submission_id).where(PackItem.pack_id == pack.id)))


def _standing(actor: Actor, pack: Pack) -> set[uuid.UUID]:
    """What such a pack would be made from now."""
    read = submissions_for_family if pack.for_person_id else standing_submissions
    return {each.id for each in read(actor, pack.conference)}


def _changes(actor: Actor, pack: Pack, now: Circumstances) -> tuple[str, ...]:
    items, ids = _made_from(pack), _standing(actor, pack)
    come, gone = len(ids - items), len(items - ids)
    checked = 0 if pack.for_person_id else _checked_since(items & ids, pack.built_at)
    found = (
        (pack.readers_digest != now.readers, "the family, or who may see what, has changed"),
        (pack.meeting_digest != now.meeting, "the date, time or place has changed"),
        (come, f"{plural(come, 'answer has', 'answers have')} come since"),
        (gone, f"{plural(gone, 'answer in it no longer counts', 'answers in it no longer count')}"),
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
    if pack.state not in MAKING:
        return "Done."
    if clock.now() - pack.requested_at > USUALLY_MADE_WITHIN:
        return "This takes longer than usual. It is tried again by itself; the chair is told if it fails."
    return "Being made. This takes a few seconds."
