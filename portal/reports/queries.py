"""What the pages of a practice show: requests, drafts, what was sent; and the loaders of their routes."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from portal.accounts.queries import staff_of
from portal.authorisation.actor import Actor, Role
from portal.conferences.models import ReportRequest as ReportRequest
from portal.conferences.queries import PersonRow
from portal.conferences.queries import get_request as get_request
from portal.database import db
from portal.errors import NotFound
from portal.reports.drafts import Draft as Draft
from portal.reports.drafts import draft_of as draft_of
from portal.reports.drafts import get_report as get_report
from portal.reports.drafts import report_for as report_for
from portal.reports.models import Report as Report
from portal.reports.models import SetAsideSection as SetAsideSection
from portal.submissions.models import Submission as Submission
from portal.submissions.models import SubmissionEvent
from portal.submissions.queries import get_submission as get_submission
from portal.submissions.queries import submissions_for_request
from portal.submissions.states import SubmissionKind, SubmissionState


@dataclass(frozen=True)
class Sent:
    """One thing that was handed in, as the practice's page tells of it."""

    submission: Submission
    kind_words: str
    returned_because: str | None
    """Only until something was sent in its place."""


KIND_WORDS = {
    SubmissionKind.REPORT: "Report",
    SubmissionKind.NOTHING_FOUND: "Nothing relevant found",
    SubmissionKind.NOT_REGISTERED: "Not registered here",
    SubmissionKind.NEWS: "News",
    SubmissionKind.RECORDED: "Reply recorded by the contact team",
}


STANDING = (SubmissionState.RECEIVED, SubmissionState.ACCEPTED)


def sent_for(actor: Actor, request: ReportRequest) -> list[Sent]:
    """Everything handed in for a request, what stands first, newest first."""
    found = submissions_for_request(actor, request.id)
    last = max((each.number for each in found if each.state in STANDING), default=0)
    returned = [each for each in found if each.state == SubmissionState.RETURNED and each.number > last]
    reasons = _reasons([each.id for each in returned])
    return [Sent(each, KIND_WORDS[SubmissionKind(each.kind)], reasons.get(each.id)) for each in found]


def _reasons(submission_ids: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    events = db.scalars(
        select(SubmissionEvent)
        .where(SubmissionEvent.submission_id.in_(submission_ids), SubmissionEvent.event == "returned")
        .order_by(SubmissionEvent.happened_at)
    )
    return {event.submission_id: event.note or "" for event in events}


def returned_among(actor: Actor, request_ids: Iterable[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Which of these requests to the actor's practice have something returned, and not sent again."""
    later = aliased(Submission)
    sent_again = (
        select(later.id)
        .where(later.request_id == Submission.request_id, later.number > Submission.number)
        .where(later.state.in_(STANDING))
    )
    found = db.scalars(
        select(Submission.request_id).where(
            Submission.practice_id == actor.organisation_id,
            Submission.request_id.in_(list(request_ids)),
            Submission.state == SubmissionState.RETURNED,
            ~sent_again.exists(),
        )
    )
    return frozenset(found)


def with_records(people: Sequence[PersonRow]) -> list[PersonRow]:
    """The people who have a record of their own: an unborn child is looked for in its mother's."""
    return [person for person in people if not person.is_unborn] or list(people)


def writers_for(request: ReportRequest) -> dict[str, str]:
    """Who at the practice may write, by id."""
    people = staff_of(request.practice_id, Role.CLINICIAN, Role.PRACTICE_ADMIN)
    return {str(user.id): user.name for user in people}


def clinicians_for(request: ReportRequest) -> dict[str, str]:
    """Who at the practice may sign, by id."""
    return {str(user.id): user.name for user in staff_of(request.practice_id, Role.CLINICIAN)}


def get_aside(report: Report, aside_id: uuid.UUID) -> SetAsideSection:
    """What was typed at the same time as something else. Raises NotFound, also when it is settled."""
    found = db.scalar(
        select(SetAsideSection).where(SetAsideSection.id == aside_id, SetAsideSection.report_id == report.id)
    )
    if found is None:
        raise NotFound
    return found
