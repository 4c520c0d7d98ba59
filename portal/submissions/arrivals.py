"""What follows when something arrives: the request moves on, people are answered for, both sides are told."""

import uuid

from portal import clock
from portal.authorisation.actor import Actor
from portal.authorisation.crossing import acting_for
from portal.conferences.actions import answer_for, move_request, say_not_registered
from portal.conferences.family import unborn_through
from portal.conferences.fan_out import ask_about_again
from portal.conferences.letters import facts_for, tell_chair
from portal.conferences.models import ReportRequest
from portal.conferences.states import REQUEST_MOVES, PersonAnswer, RequestMove, RequestState, Sight
from portal.contacts.actions import open_contact, settle
from portal.contacts.states import ClosedAs, ContactKind
from portal.errors import ImpossibleMove, InvalidInput, NotReady
from portal.notifications.actions import notify
from portal.notifications.catalogue import Message
from portal.submissions.content import Content, FrozenReport, content_from_json
from portal.submissions.models import Submission
from portal.submissions.queries import has_report
from portal.submissions.short_answers import ShortAnswer
from portal.submissions.states import SubmissionKind

MOVE_OF = {
    SubmissionKind.REPORT: RequestMove.ANSWER,
    SubmissionKind.RECORDED: RequestMove.ANSWER,
    SubmissionKind.NOTHING_FOUND: RequestMove.FIND_NOTHING,
}
ANSWER_OF = {
    SubmissionKind.REPORT: PersonAnswer.REPORTED,
    SubmissionKind.NOTHING_FOUND: PersonAnswer.NOTHING_FOUND,
}
CONTACT_OF = {
    SubmissionKind.REPORT: ContactKind.REPORT,
    SubmissionKind.NOTHING_FOUND: ContactKind.NOTHING_FOUND,
    SubmissionKind.NOT_REGISTERED: ContactKind.NOT_REGISTERED,
    SubmissionKind.NEWS: ContactKind.NEWS,
}
"""A recorded reply opens no contact: the contact team itself recorded it."""

SETTLED_BY_ANSWER = (ContactKind.SHORT_NOTICE_CALL, ContactKind.WILL_BE_LATE)
"""Nobody has to ring a practice that has answered; the source is the request."""

REPORT_IS_SENT = "Your practice has sent a report. Correct the report instead, and send it again."
TAKES_NEWS = (RequestState.ANSWERED, RequestState.NOTHING_FOUND)


def is_late(request: ReportRequest) -> bool:
    """Whether the request was due before now; without an hour the whole day counts (Europe/London)."""
    now = clock.local(clock.now())
    if now.date() != request.due_on or request.due_at is None:
        return now.date() > request.due_on
    return now.time() > request.due_at


def refuse_if_closed_to(request: ReportRequest, kind: SubmissionKind, content: Content) -> None:
    """Refuse before anything is stored.

    Raises ImpossibleMove when the request stands where this kind of answer is no longer taken, NotReady for
    "nothing found" beside a report, InvalidInput when somebody is disowned who was answered for already.
    """
    state = RequestState(request.state)
    if kind is SubmissionKind.NEWS:
        is_open = state in TAKES_NEWS
    elif kind is SubmissionKind.NOT_REGISTERED:
        is_open = state is RequestState.OPEN
    else:
        is_open = (state, MOVE_OF[kind]) in REQUEST_MOVES
    if not is_open:
        raise ImpossibleMove
    if kind is SubmissionKind.NOTHING_FOUND and has_report(request.id):
        raise NotReady(REPORT_IS_SENT)
    if kind is SubmissionKind.NOT_REGISTERED and not _named_in(content) <= _without_answer(request):
        raise InvalidInput("Your practice has already answered about one of them. Look at the list again.")


def _without_answer(request: ReportRequest) -> set[uuid.UUID]:
    return {row.person_id for row in request.people if row.sight == Sight.ASKED and row.answer is None}


def _named_in(content: Content) -> set[uuid.UUID]:
    """The people an answer is about, by name."""
    if isinstance(content, FrozenReport):
        return {uuid.UUID(person.id) for person in content.situation.people if person.is_asked}
    if isinstance(content, ShortAnswer):
        return {uuid.UUID(person.person_id) for person in content.people}
    return set()


def answered_in(request: ReportRequest, kind: SubmissionKind, content: Content) -> set[uuid.UUID]:
    """The people for whom this answers: those it names, and an unborn child through its mother.

    A report has a section of its own for an unborn child; "nothing found" leaves it out of the form.
    """
    named = _named_in(content)
    return named | unborn_through(request, named) if kind is SubmissionKind.NOTHING_FOUND else named


def settle_request(actor: Actor, request: ReportRequest, kind: SubmissionKind, content: Content) -> None:
    """Move the request on and say for whom it is answered."""
    if kind is SubmissionKind.NOT_REGISTERED:
        _disown(actor, request, content)
    if kind in MOVE_OF:
        move_request(actor, request, MOVE_OF[kind])
    if kind in ANSWER_OF:
        answer_for(request, answered_in(request, kind, content), ANSWER_OF[kind])
    if request.state != RequestState.OPEN:
        _settle_calls(actor, request)


def _settle_calls(actor: Actor, request: ReportRequest) -> None:
    with acting_for(request.authority_id):
        for kind in SETTLED_BY_ANSWER:
            settle(actor, kind, request.id, ClosedAs.SETTLED)


def _disown(actor: Actor, request: ReportRequest, content: Content) -> None:
    """People who are not patients here close and hide at once; with the last of them the request closes."""
    if not isinstance(content, ShortAnswer):
        raise TypeError("not registered is said in a short answer")
    still_due = say_not_registered(request, _named_in(content))
    if not still_due:
        move_request(actor, request, RequestMove.DISOWN)


def ask_again(submission: Submission, request: ReportRequest) -> None:
    """In the authority's scope: something was returned, so nobody it was about is answered for any more.

    Who was disowned is asked about again, and so seen again, with whoever was seen beside them.
    """
    if submission.kind == SubmissionKind.NEWS:
        return
    kind = SubmissionKind(submission.kind)
    content = content_from_json(kind, submission.content)
    if kind is SubmissionKind.NOT_REGISTERED:
        ask_about_again(request, _named_in(content))
        return
    about = answered_in(request, kind, content)
    for row in request.people:
        if row.person_id in about and row.sight == Sight.ASKED:
            row.answer = None


def tell_practice_of_arrival(submission: Submission, request: ReportRequest) -> None:
    """A receipt to the practice's safeguarding mailbox."""
    notify(
        request.practice.email,
        Message.SUBMISSION_RECEIVED,
        f"/requests/{request.id}",
        {**facts_for(request), "reference": submission.reference},
        about_id=submission.id,
    )


def close_contact_about(actor: Actor, submission: Submission) -> None:
    """What was replaced no longer waits to be checked."""
    kind = CONTACT_OF.get(SubmissionKind(submission.kind))
    if kind is not None:
        with acting_for(submission.authority_id):
            settle(actor, kind, submission.id, ClosedAs.SUPERSEDED)


def tell_authority_of_arrival(submission: Submission, request: ReportRequest) -> None:
    """In the authority's scope: it waits in the queue, and the contact team's mailbox is told.

    The chair is told of news, and of whatever comes after the moment it was due.
    """
    if submission.kind == SubmissionKind.NEWS or submission.is_late:
        tell_chair(request.conference, Message.NEWS_FOR_CHAIR)
    kind = CONTACT_OF.get(SubmissionKind(submission.kind))
    if kind is None:
        return
    contact = open_contact(
        request.authority_id,
        kind,
        submission.id,
        due_on=request.conference_on,
        conference_id=request.conference_id,
        practice_id=request.practice_id,
        has_restricted=submission.has_restricted,
    )
    notify(
        request.authority.email,
        Message.CONTACT_NEW,
        f"/queue/{contact.id}",
        facts_for(request),
        about_id=contact.id,
    )
