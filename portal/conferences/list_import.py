"""Taking a conference list over: kept sealed, previewed, confirmed, then taken over a few at a time."""

import base64
import logging
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select

from portal import clock
from portal.accounts.queries import staff_of
from portal.audit.actions import note_people_seen, record_event
from portal.authorisation.actor import Actor, Role, system_for_authority
from portal.conferences.booking import book_all, take_turns
from portal.conferences.comparing import Compared, Outcome, compare, omitted_by
from portal.conferences.directory import Staff, staff_of_authority
from portal.conferences.list_models import ConferenceList
from portal.conferences.list_omitted import queue_omitted, settle_omitted
from portal.conferences.list_reading import ListReading, read_list
from portal.conferences.listed_people import known_people
from portal.conferences.models import Conference
from portal.conferences.states import LIST_MOVES, ListMove, ListState
from portal.database import db
from portal.errors import ImpossibleMove, NotFound
from portal.jobs.queue import enqueue
from portal.jobs.worker import Run

__all__ = [
    "ConferenceList",
    "Preview",
    "confirm",
    "discard",
    "get_list",
    "go_on",
    "keep_list",
    "preview",
    "read_again",
    "run_take_over",
    "stopped_lists",
    "take_over_at_once",
    "take_over_some",
]

log = logging.getLogger("portal.conferences")

TAKE_OVER = "conferences.take_over_list"
AT_ONCE = 50
"""Conferences in one run of the job: short enough that progress is seen and other work is not held up."""


@dataclass(frozen=True)
class Preview:
    """What a list would do, and what stays out of it and why."""

    reading: ListReading
    compared: tuple[Compared, ...]
    omitted: tuple[Conference, ...]

    def of(self, outcome: str) -> tuple[Compared, ...]:
        return tuple(each for each in self.compared if each.outcome == outcome)

    @property
    def lifting(self) -> tuple[Compared, ...]:
        """The conferences in which somebody may be told about somebody who was kept from them."""
        return tuple(
            each for each in self.compared if any(change.lifts_protection for change in each.changes)
        )


def keep_list(actor: Actor, raw: bytes) -> ConferenceList:
    """Keep a file, sealed, until somebody confirms it; nothing of it is taken over yet."""
    row = ConferenceList(
        authority_id=actor.organisation_id,
        uploaded_at=clock.now(),
        uploaded_by_id=actor.user_id,
        uploaded_by_name=actor.name,
        content=base64.b64encode(raw).decode(),
        state=ListState.READ,
        **dict.fromkeys(
            ("total", "done", "new", "changed", "unchanged", "left_out", "omitted", "done_to_line"), 0
        ),
    )
    db.add(row)
    reading = _read(row, staff_of_authority(actor.organisation_id))
    row.total, row.left_out = len(reading.conferences), len(reading.left_out_refs)
    record_event(actor, "conference_list_kept", row, conferences=row.total, left_out=row.left_out)
    return row


def get_list(actor: Actor, list_id: uuid.UUID) -> ConferenceList:
    """A list of the actor's authority. Raises NotFound."""
    row = db.scalar(
        select(ConferenceList).where(
            ConferenceList.id == list_id, ConferenceList.authority_id == actor.organisation_id
        )
    )
    if row is None:
        raise NotFound
    return row


def read_again(row: ConferenceList) -> ListReading:
    """What the file says, as of the day it was handed in."""
    return _read(row, staff_of_authority(row.authority_id))


def preview(row: ConferenceList) -> Preview:
    """What the list would do now. Writes nothing."""
    staff = staff_of_authority(row.authority_id)
    reading = _read(row, staff)
    compared = compare(row.authority_id, reading.conferences, staff)
    note_people_seen(
        part.person_id for each in compared if each.conference for part in each.conference.involvements
    )
    return Preview(reading, tuple(compared), tuple(omitted_by(row.authority_id, reading)))


def confirm(actor: Actor, row: ConferenceList) -> None:
    """Have the list taken over, by the worker; lists that wait, or have stopped, are set aside as outdated.

    Raises ImpossibleMove when it was confirmed or set aside before.
    """
    _begin(actor, row)
    enqueue(TAKE_OVER, on_behalf_of_id=actor.user_id, list_id=str(row.id))


def go_on(actor: Actor, row: ConferenceList) -> None:
    """Take over the rest of a list that has stopped. Raises ImpossibleMove when it has not."""
    move_list(row, ListMove.GO_ON)
    enqueue(TAKE_OVER, on_behalf_of_id=actor.user_id, list_id=str(row.id))
    record_event(actor, "conference_list_resumed", row)


def stopped_lists(actor: Actor) -> list[ConferenceList]:
    """The authority's lists that stopped half way, which somebody must look at."""
    return list(
        db.scalars(
            select(ConferenceList).where(
                ConferenceList.authority_id == actor.organisation_id,
                ConferenceList.state == ListState.FAILED,
            )
        )
    )


def take_over_at_once(actor: Actor, row: ConferenceList) -> None:
    """Confirm the list and take all of it over now; for a command."""
    _begin(actor, row)
    while row.state == ListState.APPLYING:
        take_over_some(actor, row)


def _begin(actor: Actor, row: ConferenceList) -> None:
    take_turns(row.authority_id)
    move_list(row, ListMove.CONFIRM)
    row.confirmed_at, row.confirmed_by_name = clock.now(), actor.name
    others = select(ConferenceList).where(
        ConferenceList.authority_id == row.authority_id,
        ConferenceList.state.in_([ListState.READ, ListState.FAILED]),
        ConferenceList.id != row.id,
    )
    for other in db.scalars(others.with_for_update()):
        move_list(other, ListMove.DISCARD)
        other.replaced_by_id = row.id
    record_event(actor, "conference_list_confirmed", row, conferences=row.total)


def discard(actor: Actor, row: ConferenceList) -> None:
    """Set a list aside unread by anybody. Raises ImpossibleMove once it was confirmed."""
    move_list(row, ListMove.DISCARD)
    record_event(actor, "conference_list_discarded", row)


def run_take_over(run: Run) -> None:
    """The job: take over some of the list, and ask for the next run until it is done. Safe to repeat.

    Whoever confirmed must still belong to the contact team; otherwise, and when the last attempt fails, it
    stops until somebody of the team lets it go on.
    """
    row = db.get(ConferenceList, run.id("list_id"), with_for_update=True)
    if row is None or row.state != ListState.APPLYING:
        return
    actor = system_for_authority(run.organisation_id, row.uploaded_by_name)
    if not _may_still(run):
        _stop(actor, row)
        return
    try:
        with db.begin_nested():
            take_over_some(actor, row)
    except Exception:  # whoever waits for it must be told, whatever went wrong
        if not run.is_last_attempt:
            raise
        log.exception("conference_list_stopped")
        _stop(actor, row)
        return
    if row.state == ListState.APPLYING:
        # As old as the confirmation, so that it runs before the mail this run has put into the outbox.
        enqueue(TAKE_OVER, on_behalf_of_id=run.on_behalf_of_id, run_after=row.confirmed_at, **run.arguments)


def _stop(actor: Actor, row: ConferenceList) -> None:
    move_list(row, ListMove.FAIL)
    record_event(actor, "conference_list_stopped", row)


def _may_still(run: Run) -> bool:
    team = {user.id for user in staff_of(run.organisation_id, Role.CONTACT)}
    return run.on_behalf_of_id is None or run.on_behalf_of_id in team


def take_over_some(actor: Actor, row: ConferenceList, at_once: int = AT_ONCE) -> None:
    """Take over the next conferences of a confirmed list; with the last of them, see what it omits."""
    staff = staff_of_authority(row.authority_id)
    reading = _read(row, staff)
    waiting = sorted(
        (each for each in reading.conferences if each.first_line > row.done_to_line),
        key=lambda each: each.first_line,
    )
    batch = waiting[:at_once]
    compared = book_all(actor, batch, staff)
    _count(row, compared)
    settle_omitted(actor, compared)
    if batch:
        row.done_to_line = batch[-1].first_line
    record_event(actor, "conference_list_taken_over", row, conferences=len(batch))
    if len(waiting) > len(batch):
        return
    row.omitted = queue_omitted(actor, reading)
    row.left_out = len(reading.left_out_refs)
    row.finished_at = clock.now()
    move_list(row, ListMove.FINISH)


def _count(row: ConferenceList, compared: Sequence[Compared]) -> None:
    counted = Counter(each.outcome for each in compared)
    row.done += len(compared)
    row.new += counted[Outcome.NEW]
    row.changed += counted[Outcome.CHANGED]
    row.unchanged += counted[Outcome.UNCHANGED]


def move_list(row: ConferenceList, move: ListMove) -> None:
    """Move a list to its next state, locked while it is looked at. Raises ImpossibleMove."""
    db.flush()
    db.refresh(row, attribute_names=["state"], with_for_update=True)
    following = LIST_MOVES.get((ListState(row.state), move))
    if following is None:
        raise ImpossibleMove
    row.state = following


def _read(row: ConferenceList, staff: Staff) -> ListReading:
    raw = base64.b64decode(row.content)
    day, known = clock.local(row.uploaded_at).date(), partial(known_people, row.authority_id)
    return read_list(raw, staff.for_reading, day, known)
