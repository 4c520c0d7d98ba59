"""What follows from a booking: practices are asked and told; what is to settle goes into the queue."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from portal import clock
from portal.authorisation.actor import Actor
from portal.conferences.comparing import load_conferences
from portal.conferences.directory import Staff
from portal.conferences.fan_out import Asked, ask_practices, without_practice
from portal.conferences.letters import PostRound
from portal.conferences.listed_people import equal_numbers
from portal.conferences.models import Conference, Involvement, ReportRequest
from portal.conferences.people import Person
from portal.conferences.states import ConferenceState, RequestState
from portal.conferences.ties import NO_TIES, Ties, ties_of
from portal.contacts.actions import follow_conference, open_again, open_contact, settle
from portal.contacts.states import ClosedAs, ContactKind
from portal.database import db
from portal.notifications.catalogue import Message

TOLD_OF_CHANGES = (RequestState.OPEN, RequestState.ANSWERED, RequestState.NOTHING_FOUND)


@dataclass(frozen=True)
class Booked:
    """One conference that has just been booked or changed."""

    conference: Conference
    is_new: bool = False
    is_moved: bool = False
    """Whether its day, time or place, or a day on which reports are due, is another."""
    has_gained_reason: bool = False
    has_other_questions: bool = False

    @property
    def asks_more(self) -> bool:
        """Whether there is a reason at last, or a question, that practices have not read."""
        return self.has_gained_reason or self.has_other_questions


@dataclass(frozen=True)
class PeopleChanged:
    """Whose practice, and whose NHS number, is another one now."""

    moved_refs: Collection[str] = ()
    renumbered_ids: Collection[uuid.UUID] = ()


def follow_up(actor: Actor, booked: Sequence[Booked], people: PeopleChanged, staff: Staff) -> None:
    """Ask practices, open what is to settle, and write to whom it concerns; in the authority's scope.

    Every conference to come about people whose practice is another is looked at, not only those booked here.
    """
    others = _elsewhere(people.moved_refs, {each.conference.id for each in booked})
    everything = [*booked, *(Booked(conference) for conference in others)]
    ties = ties_of([each.conference.id for each in everything])
    post = PostRound.for_practices(staff.by_id.values())
    with db.no_autoflush:
        asked = [
            ask_practices(actor, each.conference, ties.get(each.conference.id, NO_TIES), staff.by_id)
            for each in everything
        ]
    db.flush()
    with db.no_autoflush:
        for each, now_asked in zip(everything, asked, strict=True):
            _tell(each, now_asked, post)
            _settle_withdrawn(actor, now_asked)
            _queue_calls(actor, each, now_asked)
            _queue_unknown_practices(actor, each, ties.get(each.conference.id, NO_TIES))
            _queue_reason(actor, each)
    db.flush()
    _queue_equal_numbers(actor, [each.conference for each in booked], people.renumbered_ids)


def _elsewhere(refs: Collection[str], here: Collection[uuid.UUID]) -> list[Conference]:
    """The other conferences to come about these people."""
    if not refs:
        return []
    found = db.scalars(
        select(Conference.id)
        .join(Involvement, Involvement.conference_id == Conference.id)
        .join(Person, Person.id == Involvement.person_id)
        .where(
            Person.person_ref.in_(refs),
            Conference.state == ConferenceState.PLANNED,
            Conference.held_on >= clock.today(),
            Conference.id.not_in(here),
        )
    )
    return load_conferences(set(found))


def _tell(booked: Booked, asked: Asked, post: PostRound) -> None:
    """Write to each practice once, what concerns it most."""
    reached = [request for request in booked.conference.requests if request.state in TOLD_OF_CHANGES]
    rounds = (
        (Message.REQUEST_NEW, asked.new),
        (Message.REQUEST_WITHDRAWN, asked.withdrawn),
        (Message.REQUEST_CHANGED, reached if booked.is_moved else []),
        (Message.REQUEST_WIDENED, asked.widened),
        (Message.REQUEST_EXPLAINED, reached if booked.asks_more else []),
    )
    told: set[uuid.UUID] = set()
    for message, requests in rounds:
        for request in requests:
            if request.id not in told:
                post.tell(request, message)
                told.add(request.id)


def _settle_withdrawn(actor: Actor, asked: Asked) -> None:
    """Nobody rings a practice that is asked for nothing any more."""
    for request in asked.withdrawn:
        for kind in (ContactKind.SHORT_NOTICE_CALL, ContactKind.WILL_BE_LATE):
            settle(actor, kind, request.id, ClosedAs.SETTLED)


def _queue_calls(actor: Actor, booked: Booked, asked: Asked) -> None:
    """At short notice somebody rings: each practice newly asked, and all that wait when the day moved."""
    conference = booked.conference
    if booked.is_moved:
        follow_conference(conference.id, conference.held_on)
    to_ring: list[ReportRequest] = list(asked.new)
    if booked.is_moved:
        to_ring += [each for each in conference.requests if each.state == RequestState.OPEN]
    for request in {each.id: each for each in to_ring if each.is_short_notice}.values():
        contact = open_contact(
            conference.authority_id,
            ContactKind.SHORT_NOTICE_CALL,
            request.id,
            due_on=conference.held_on,
            conference_id=conference.id,
            practice_id=request.practice_id,
        )
        open_again(actor, contact)


def _queue_unknown_practices(actor: Actor, booked: Booked, ties: Ties) -> None:
    conference = booked.conference
    unknown = {each.id for each in without_practice(conference, ties)}
    for involvement_id in unknown:
        open_contact(
            conference.authority_id,
            ContactKind.PRACTICE_UNKNOWN,
            involvement_id,
            due_on=conference.held_on,
            conference_id=conference.id,
        )
    for involvement in conference.involvements if not booked.is_new else []:
        if involvement.id not in unknown:
            settle(actor, ContactKind.PRACTICE_UNKNOWN, involvement.id, ClosedAs.SETTLED)


def _queue_reason(actor: Actor, booked: Booked) -> None:
    conference = booked.conference
    if not conference.reason:
        open_contact(
            conference.authority_id,
            ContactKind.REASON_MISSING,
            conference.id,
            due_on=conference.held_on,
            conference_id=conference.id,
        )
    elif booked.has_gained_reason:
        settle(actor, ContactKind.REASON_MISSING, conference.id, ClosedAs.SETTLED)


def _queue_equal_numbers(
    actor: Actor, conferences: Sequence[Conference], renumbered_ids: Collection[uuid.UUID]
) -> None:
    """People with one NHS number: told, and told again when one more has it; never merged."""
    parts = {each.person_id: each for conference in conferences for each in conference.involvements}
    if not parts:
        return
    authority_id = conferences[0].authority_id
    shared = equal_numbers(authority_id, (each.person for each in parts.values()))
    for person_id, told_about in shared.items():
        conference = parts[person_id].conference
        contact = open_contact(
            authority_id,
            ContactKind.EQUAL_NHS_NUMBER,
            told_about,
            due_on=conference.held_on,
            conference_id=conference.id,
        )
        if person_id in renumbered_ids:
            open_again(actor, contact)
