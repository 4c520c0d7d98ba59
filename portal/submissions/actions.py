"""Receive what a practice hands in, and what the contact team then does with it."""

import json
import uuid
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm.attributes import set_committed_value

from portal import clock
from portal.accounts.models import User
from portal.audit.actions import record_event
from portal.authorisation.actor import Actor
from portal.authorisation.crossing import acting_for
from portal.conferences.actions import move_request
from portal.conferences.letters import addresses_of, facts_for
from portal.conferences.models import ReportRequest
from portal.conferences.states import RequestMove, RequestState
from portal.crypto.keys import keyed_digest
from portal.database import db, new_id
from portal.errors import ImpossibleMove
from portal.jobs.queue import enqueue
from portal.notifications.actions import notify, withdraw_waiting
from portal.notifications.catalogue import Message
from portal.submissions import arrivals
from portal.submissions.content import Content, FrozenReport, RecordedReply, RestrictedAnswers
from portal.submissions.models import RestrictedItem, Submission, SubmissionEvent
from portal.submissions.references import new_reference
from portal.submissions.sameness import refuse_other_words, refuse_second_signature
from portal.submissions.states import (
    EVENT_OF,
    SUBMISSION_MOVES,
    SubmissionKind,
    SubmissionMove,
    SubmissionState,
)

UNDO = timedelta(minutes=10)
"""How long an acceptance can be undone before the practice is told of it."""

REPLACED_BY_ANSWER = (SubmissionKind.REPORT, SubmissionKind.NOTHING_FOUND)
"""What a report replaces: a practice that looked again and wrote one found something."""


def receive(
    actor: Actor,
    request: ReportRequest,
    kind: SubmissionKind,
    content: Content,
    *,
    restricted: Sequence[RestrictedAnswers] = (),
    idempotency_key: uuid.UUID,
) -> Submission:
    """Take in what was handed in, and everything that follows from it, in one transaction.

    The same key again returns the same submission. Raises SentOtherwise when it comes with other words,
    Conflict for a report that was just sent as it is, and what `refuse_if_closed_to` raises; with nothing
    stored yet.
    """
    earlier = _sent_before(request, idempotency_key)
    if earlier is not None:
        refuse_other_words(earlier, content, restricted)
        return earlier
    arrivals.refuse_if_closed_to(request, kind, content)
    refuse_second_signature(actor, request, content, restricted)
    submission = _stored(actor, request, kind, content, tuple(restricted), idempotency_key)
    note_event(actor, submission, "received")
    _supersede_earlier(actor, submission)
    arrivals.settle_request(actor, request, kind, content)
    arrivals.tell_practice_of_arrival(submission, request)
    with acting_for(request.authority_id):
        arrivals.tell_authority_of_arrival(submission, request)
        enqueue("packs.arrival", conference_id=str(request.conference_id))
    record_event(actor, "submission_received", submission, kind=kind.value, number=submission.number)
    return submission


def _sent_before(request: ReportRequest, key: uuid.UUID) -> Submission | None:
    """Look under a lock on the request: two sendings of one form must not both find nothing."""
    db.flush()
    db.refresh(request, attribute_names=["state"], with_for_update=True)
    return db.scalar(
        select(Submission).where(Submission.request_id == request.id, Submission.idempotency_key == key)
    )


def _stored(
    actor: Actor,
    request: ReportRequest,
    kind: SubmissionKind,
    content: Content,
    restricted: tuple[RestrictedAnswers, ...],
    key: uuid.UUID,
) -> Submission:
    written = content.to_json()
    highest = db.scalar(select(func.max(Submission.number)).where(Submission.request_id == request.id))
    submission = Submission(
        id=new_id(),
        authority_id=request.authority_id,
        practice_id=request.practice_id,
        conference_id=request.conference_id,
        request_id=request.id,
        kind=kind,
        number=(highest or 0) + 1,
        reference=new_reference(),
        state=SubmissionState.RECEIVED,
        content=written,
        content_digest=_digest(request.authority_id, [written, *(item.to_json() for item in restricted)]),
        questionnaire_version=content.version if isinstance(content, FrozenReport) else None,
        submitted_at=clock.now(),
        submitted_by_id=actor.user_id,
        submitted_by_name=actor.name,
        submitted_by_role=actor.role.value,
        is_late=arrivals.is_late(request),
        has_restricted=bool(restricted),
        idempotency_key=key,
    )
    db.add(submission)
    db.flush()
    db.add_all(_restricted_item(submission, place, item) for place, item in enumerate(restricted))
    return submission


def _restricted_item(submission: Submission, position: int, item: RestrictedAnswers) -> RestrictedItem:
    return RestrictedItem(
        authority_id=submission.authority_id,
        practice_id=submission.practice_id,
        submission_id=submission.id,
        position=position,
        is_kept_to_chair=item.is_kept_to_chair,
        content=item.to_json(),
    )


def _digest(authority_id: uuid.UUID, written: object) -> bytes:
    """Keyed, so that nobody can try which text was sent; it covers the restricted items too."""
    return keyed_digest(authority_id, "submission", json.dumps(written, sort_keys=True).encode())


def _supersede_earlier(actor: Actor, submission: Submission) -> None:
    """A report or "nothing found" replaces what it answers anew; news and the rest add to what stands."""
    if submission.kind not in REPLACED_BY_ANSWER:
        return
    standing = select(Submission).where(
        Submission.request_id == submission.request_id,
        Submission.id != submission.id,
        Submission.kind.in_(REPLACED_BY_ANSWER),
        Submission.state.in_(state for state, move in SUBMISSION_MOVES if move is SubmissionMove.SUPERSEDE),
    )
    for earlier in db.scalars(standing).all():
        if not _replaces(submission, earlier):
            continue
        move_submission(actor, earlier, SubmissionMove.SUPERSEDE)
        arrivals.close_contact_about(actor, earlier)


def _replaces(submission: Submission, earlier: Submission) -> bool:
    """A report replaces all that answered before it. "Nothing found" replaces what was returned, and what
    names nobody else: given for a child who was added later, it leaves the one about the others standing.
    """
    if submission.kind == SubmissionKind.REPORT or earlier.state == SubmissionState.RETURNED:
        return True
    return _named(earlier) <= _named(submission)


def _named(short_answer: Submission) -> set[str]:
    return {person["person_id"] for person in short_answer.content["people"]}


def move_submission(
    actor: Actor, submission: Submission, move: SubmissionMove, note: str | None = None
) -> None:
    """Move a submission on, by compare-and-set, and write its history. Raises ImpossibleMove."""
    before = SubmissionState(submission.state)
    after = SUBMISSION_MOVES.get((before, move))
    if after is None:
        raise ImpossibleMove
    db.flush()
    moved = (
        update(Submission)
        .where(Submission.id == submission.id, Submission.state == before)
        .values(state=after)
        .returning(Submission.id)
        .execution_options(synchronize_session=False)
    )
    if db.scalar(moved) is None:
        raise ImpossibleMove
    set_committed_value(submission, "state", after)
    note_event(actor, submission, EVENT_OF[move], note)


def note_event(actor: Actor, submission: Submission, event: str, note: str | None = None) -> None:
    """Write a line of the submission's history."""
    db.add(
        SubmissionEvent(
            authority_id=submission.authority_id,
            practice_id=submission.practice_id,
            submission_id=submission.id,
            event=event,
            happened_at=clock.now(),
            by_id=actor.user_id,
            by_name=actor.name,
            note=note,
        )
    )


def record_reply(actor: Actor, request: ReportRequest, reply: RecordedReply, key: uuid.UUID) -> Submission:
    """Record a reply that came by another way; the contact team has it in hand, so it counts as checked."""
    submission = receive(actor, request, SubmissionKind.RECORDED, reply, idempotency_key=key)
    if submission.state == SubmissionState.RECEIVED:
        move_submission(actor, submission, SubmissionMove.ACCEPT)
    return submission


def accept(actor: Actor, submission: Submission) -> None:
    """The contact team has checked it. The practice is told when it can no longer be undone."""
    move_submission(actor, submission, SubmissionMove.ACCEPT)
    _tell_practice(submission, Message.SUBMISSION_ACCEPTED, waits=UNDO)
    record_event(actor, "submission_accepted", submission)


def return_to_practice(actor: Actor, submission: Submission, reason: str) -> None:
    """Ask the practice to look again: its request is open once more, and it is told at once."""
    move_submission(actor, submission, SubmissionMove.RETURN, reason)
    request = submission.request
    arrivals.ask_again(submission, request)
    if submission.kind != SubmissionKind.NEWS and request.state != RequestState.OPEN:
        move_request(actor, request, RequestMove.REOPEN)
    _tell_practice(submission, Message.SUBMISSION_RETURNED)
    record_event(actor, "submission_returned", submission)


def reopen(actor: Actor, submission: Submission, reason: str) -> None:
    """Take an acceptance back: at once it is an undo, later it needs a reason."""
    move_submission(actor, submission, SubmissionMove.REOPEN, reason)
    withdraw_waiting(submission.id)
    record_event(actor, "submission_reopened", submission)


def _tell_practice(submission: Submission, message: Message, waits: timedelta = timedelta(0)) -> None:
    request = submission.request
    sender = db.get(User, submission.submitted_by_id) if submission.submitted_by_id else None
    addresses = [*addresses_of(request.practice), *([sender.email] if sender else [])]
    for address in dict.fromkeys(addresses):
        notify(
            address,
            message,
            f"/requests/{request.id}",
            {**facts_for(request), "reference": submission.reference},
            about_id=submission.id,
            send_after=clock.now() + waits if waits else None,
        )
