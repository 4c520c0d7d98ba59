"""Take back what the contact team recorded by mistake: a reply on the wrong request."""

import uuid

from portal.audit.actions import record_event
from portal.authorisation.actor import Actor
from portal.conferences.actions import move_request
from portal.conferences.letters import PostRound
from portal.conferences.models import ReportRequest
from portal.conferences.states import RequestMove, RequestState, Sight
from portal.contacts.actions import open_again
from portal.contacts.queries import contact_about
from portal.errors import ImpossibleMove, InvalidInput
from portal.jobs.queue import enqueue
from portal.notifications.actions import withdraw_waiting
from portal.notifications.catalogue import Message
from portal.submissions.actions import move_submission
from portal.submissions.arrivals import SETTLED_BY_ANSWER
from portal.submissions.models import Submission
from portal.submissions.queries import submissions_for_request
from portal.submissions.states import SubmissionKind, SubmissionMove, SubmissionState

ONLY_RECORDS = "Only the record of a reply can be withdrawn here. What a practice sent is returned to it."

ANSWERS_ALL = (SubmissionKind.REPORT, SubmissionKind.RECORDED)
STANDING = (SubmissionState.RECEIVED, SubmissionState.ACCEPTED)


def can_be_withdrawn(submission: Submission) -> bool:
    """Whether it is the record of a reply, and stands."""
    return submission.kind == SubmissionKind.RECORDED and submission.state in STANDING


def withdraw_record(actor: Actor, submission: Submission, reason: str) -> None:
    """Say that this reply should not have been recorded here; in the authority's scope.

    Unless something else answers it, the request is open again, its calls wait again and the practice is
    told. Raises ImpossibleMove for what a practice sent itself and for what was withdrawn already.
    """
    if submission.kind != SubmissionKind.RECORDED:
        raise ImpossibleMove(ONLY_RECORDS)
    if not reason.strip():
        raise InvalidInput("Say why you are withdrawing it.")
    move_submission(actor, submission, SubmissionMove.WITHDRAW, reason.strip())
    withdraw_waiting(submission.id)
    record_event(actor, "reply_record_withdrawn", submission)
    if not _is_answered_otherwise(actor, submission):
        _ask_again(actor, submission.request)
    enqueue("packs.arrival", conference_id=str(submission.conference_id))


def _is_answered_otherwise(actor: Actor, withdrawn: Submission) -> bool:
    """Whether a report or another record stands, or everybody was answered for by name."""
    others = submissions_for_request(actor, withdrawn.request_id)
    if any(each.kind in ANSWERS_ALL and each.state in STANDING for each in others):
        return True
    return all(row.answer is not None for row in withdrawn.request.people if row.sight == Sight.ASKED)


def _ask_again(actor: Actor, request: ReportRequest) -> None:
    if request.state not in (RequestState.ANSWERED, RequestState.NOTHING_FOUND):
        return
    move_request(actor, request, RequestMove.REOPEN)
    _open_calls(actor, request.id)
    PostRound.for_practices([request.practice]).tell(request, Message.REPLY_RECORDED_WRONGLY)


def _open_calls(actor: Actor, request_id: uuid.UUID) -> None:
    """What had to be rung about before the reply was recorded has to be rung about again."""
    for kind in SETTLED_BY_ANSWER:
        contact = contact_about(actor, kind, request_id)
        if contact is not None:
            open_again(actor, contact)
