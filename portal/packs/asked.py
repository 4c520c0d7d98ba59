"""Who was asked, about whom, and what stands of what they sent."""

import uuid
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from portal import clock
from portal.conferences.models import Conference, ReportRequest, RequestPerson
from portal.conferences.queries import PersonRow, people_in, requests_of
from portal.conferences.states import PersonRole, Progress, RequestState, Sight
from portal.conferences.wording import due_in_words
from portal.database import db
from portal.packs.contents import AnswerGiven, FamilyMember, PracticeAsked
from portal.partnership.working_days import working_days_between
from portal.submissions.models import Submission, SubmissionEvent
from portal.submissions.states import EVENT_OF, SubmissionKind, SubmissionMove, SubmissionState
from portal.web.words import short_date, working_days_left


def family_of(conference: Conference) -> tuple[FamilyMember, ...]:
    """Everybody of the conference, in the list's order."""
    return tuple(_member(row) for row in people_in(conference))


def _member(row: PersonRow) -> FamilyMember:
    role = PersonRole(row.role) if row.role else PersonRole.OTHER_ADULT
    return FamilyMember(str(row.id), row.name, role, _born(row, role), row.is_unborn)


def _born(row: PersonRow, role: PersonRole) -> str:
    if row.is_unborn:
        return f"Expected {short_date(row.expected_on)}"
    if row.born_on is None:
        return "Not known"
    return short_date(row.born_on) if role.is_child else f"{row.age} years old"


def practices_asked(
    conference: Conference, people: tuple[FamilyMember, ...], submissions: list[Submission]
) -> tuple[PracticeAsked, ...]:
    """Every practice that was asked, by name, with what stands of what it sent."""
    by_id = {person.id: person for person in people}
    reasons = _reasons(submissions)
    return tuple(
        _asked(request, by_id, [each for each in submissions if each.request_id == request.id], reasons)
        for request in requests_of(conference)
        if request.state != RequestState.WITHDRAWN
    )


def _asked(
    request: ReportRequest,
    people: Mapping[str, FamilyMember],
    submissions: list[Submission],
    reasons: Mapping[uuid.UUID, str],
) -> PracticeAsked:
    # whoever the practice has disowned is hidden from it, but was asked about
    rows = [row for row in request.people if row.sight == Sight.ASKED or row.answer]
    awaited = [row for row in rows if row.answer is None] if request.state == RequestState.OPEN else []
    return PracticeAsked(
        name=request.practice.name,
        telephone=request.practice.telephone,
        people=_named(rows, people),
        state=RequestState(request.state),
        progress=Progress(request.progress),
        due=_due(request, clock.today()),
        expected=_expected(request),
        answers=tuple(_given(each, reasons) for each in submissions),
        awaited=_named(awaited, people),
    )


def _named(rows: list[RequestPerson], people: Mapping[str, FamilyMember]) -> tuple[FamilyMember, ...]:
    return tuple(people[str(row.person_id)] for row in rows if str(row.person_id) in people)


def _given(submission: Submission, reasons: Mapping[uuid.UUID, str]) -> AnswerGiven:
    return AnswerGiven(
        id=submission.id,
        kind=SubmissionKind(submission.kind),
        state=SubmissionState(submission.state),
        submitted_at=submission.submitted_at,
        submitted_by=submission.submitted_by_name,
        is_late=submission.is_late,
        returned_because=reasons.get(submission.id, "")
        if submission.state == SubmissionState.RETURNED
        else "",
    )


def _due(request: ReportRequest, today: date) -> str:
    left = working_days_between(today, request.due_on)
    return f"Due {due_in_words(request.due_on, request.due_at)}, {working_days_left(left)}"


def _expected(request: ReportRequest) -> str:
    if request.late_until is None:
        return ""
    writer = f", written by {request.late_writer}" if request.late_writer else ""
    return f"The practice says it will be late: {short_date(request.late_until)}{writer}"


def _reasons(submissions: list[Submission]) -> dict[uuid.UUID, str]:
    """Why each was returned, the last time."""
    events = db.scalars(
        select(SubmissionEvent)
        .where(
            SubmissionEvent.submission_id.in_([each.id for each in submissions]),
            SubmissionEvent.event == EVENT_OF[SubmissionMove.RETURN],
        )
        .order_by(SubmissionEvent.happened_at)
    )
    return {event.submission_id: event.note or "" for event in events}
