"""What is done to conferences and requests once they are there."""

import uuid
from collections.abc import Collection

from portal import clock
from portal.audit.actions import record_event
from portal.authorisation.actor import Actor
from portal.authorisation.crossing import acting_for
from portal.conferences.letters import tell_chair
from portal.conferences.models import Conference, ConferenceEvent, ReportRequest, RequestPerson
from portal.conferences.states import (
    REQUEST_EVENTS,
    REQUEST_MOVES,
    PersonAnswer,
    Progress,
    RequestMove,
    RequestState,
    Sight,
)
from portal.database import db
from portal.errors import Conflict, ImpossibleMove, InvalidInput
from portal.notifications.catalogue import Message


def move_request(actor: Actor, request: ReportRequest, move: RequestMove) -> None:
    """Move a request to its next state, locked while it is looked at.

    Works in the practice's scope and in the authority's. Raises ImpossibleMove.
    """
    db.flush()
    db.refresh(request, attribute_names=["state"], with_for_update=True)
    following = REQUEST_MOVES.get((RequestState(request.state), move))
    if following is None:
        raise ImpossibleMove
    request.state = following
    request.answered_at = None if following in (RequestState.OPEN, RequestState.WITHDRAWN) else clock.now()
    if move is RequestMove.REOPEN and request.progress == Progress.WAITING_FOR_SIGNATURE:
        request.progress = Progress.DRAFTING  # what was signed is to be changed, and signed again
    record_event(actor, REQUEST_EVENTS[move], request)


def say_not_registered(request: ReportRequest, person_ids: Collection[uuid.UUID]) -> list[RequestPerson]:
    """Close and hide at once the people who are not this practice's; returns those still due.

    Only the authority may change what a practice sees, so this is done in its name. Raises InvalidInput
    when somebody is named whom this practice was not asked about, or about whom it has already answered.
    """
    with acting_for(request.authority_id):
        due = {row.person_id: row for row in request.people if row.sight == Sight.ASKED and not row.answer}
        if not person_ids or not due.keys() >= set(person_ids):
            raise InvalidInput("Choose from the people you were asked about.")
        for person_id in person_ids:
            row = due.pop(person_id)
            row.answer = PersonAnswer.NOT_REGISTERED
            row.sight = Sight.HIDDEN
        _forget_others(request, is_anybody_left=any(row.sight == Sight.ASKED for row in request.people))
        return list(due.values())


def answer_for(request: ReportRequest, person_ids: Collection[uuid.UUID], answer: PersonAnswer) -> None:
    """Remember that the practice has answered about these people, all of them asked about."""
    with acting_for(request.authority_id):
        for row in request.people:
            if row.person_id in person_ids and row.sight == Sight.ASKED:
                row.answer = answer


def _forget_others(request: ReportRequest, *, is_anybody_left: bool) -> None:
    """A practice that holds nobody of the family has no reason to see any of it."""
    if is_anybody_left:
        return
    for row in request.people:
        row.sight = Sight.HIDDEN


def take_over(actor: Actor, conference: Conference, reason: str) -> None:
    """Make the actor the chair, and tell the chair who was.

    Raises InvalidInput without a reason, Conflict when the actor chairs it already.
    """
    if not reason.strip():
        raise InvalidInput("Say why you are taking over.")
    if actor.user_id is None or conference.chair_id == actor.user_id:
        raise Conflict("You already chair this conference.")
    tell_chair(conference, Message.CONFERENCE_TAKEN_OVER)
    conference.chair_id = actor.user_id
    note_event(actor, conference, "taken_over", reason.strip())
    record_event(actor, "conference_taken_over", conference)


def note_event(actor: Actor, conference: Conference, event: str, note: str | None = None) -> ConferenceEvent:
    """Write a line of the conference's history, for its readers; the note is sealed."""
    row = ConferenceEvent(
        authority_id=conference.authority_id,
        conference_id=conference.id,
        event=event,
        happened_at=clock.now(),
        by_id=actor.user_id,
        by_name=actor.name,
        note=note,
    )
    db.add(row)
    return row
