"""What the pages of a practice show: requests, drafts, what was sent; and the loaders of their routes."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import aliased

from portal import clock
from portal.accounts.queries import staff_of
from portal.authorisation.actor import Actor, Role
from portal.conferences.models import ReportRequest as ReportRequest
from portal.conferences.queries import PersonRow
from portal.conferences.queries import get_request as get_request
from portal.conferences.states import PersonRole
from portal.database import db
from portal.errors import NotFound
from portal.reports.drafts import TAKES_A_REPORT
from portal.reports.drafts import Draft as Draft
from portal.reports.drafts import draft_of as draft_of
from portal.reports.drafts import get_report as get_report
from portal.reports.drafts import get_report_to_save as get_report_to_save
from portal.reports.drafts import report_for as report_for
from portal.reports.drafts import why_too_late as why_too_late
from portal.reports.models import Report as Report
from portal.reports.models import SetAsideSection as SetAsideSection
from portal.submissions.models import Submission as Submission
from portal.submissions.models import SubmissionEvent
from portal.submissions.queries import get_submission as get_submission
from portal.submissions.queries import has_report as has_report
from portal.submissions.queries import submissions_for_request
from portal.submissions.reading import content_of
from portal.submissions.short_answers import ShortAnswer
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
    """Which of these requests to the actor's practice have something returned, and not sent again.

    News may be returned after the answer; a request that was taken back wants nothing more.
    """
    later = aliased(Submission)
    sent_again = (
        select(later.id)
        .where(later.request_id == Submission.request_id, later.number > Submission.number)
        .where(later.state.in_(STANDING))
    )
    found = db.scalars(
        select(Submission.request_id)
        .join(Submission.request)
        .where(
            ReportRequest.state.in_(TAKES_A_REPORT),
            Submission.practice_id == actor.organisation_id,
            Submission.request_id.in_(list(request_ids)),
            Submission.state == SubmissionState.RETURNED,
            ~sent_again.exists(),
        )
    )
    return frozenset(found)


def without_answer(people: Sequence[PersonRow]) -> list[PersonRow]:
    """The people about whom the practice has not answered yet."""
    return [person for person in people if person.answer is None]


def with_records(people: Sequence[PersonRow]) -> list[PersonRow]:
    """The people whose records are to be read: an unborn child's is its mother's, where she is among them."""
    if not any(person.role is PersonRole.MOTHER for person in people):
        return list(people)
    return [person for person in people if not person.is_unborn]


def drafting_names(request: ReportRequest) -> tuple[str, ...]:
    """Who has started or written a report for a request, the last to write first; empty without a draft."""
    report = report_for(request)
    if report is None:
        return ()
    rows = sorted(report.sections, key=lambda row: row.saved_at, reverse=True)
    return tuple(dict.fromkeys([*(row.saved_by_name for row in rows), report.started_by_name]))


NAMED_FOR = timedelta(hours=1)
"""How long the receipt for "not registered" names anybody, to whoever sent it: enough to see a slip."""


def named_on_receipt(actor: Actor, sent: Submission) -> tuple[str, ...]:
    """Whom the receipt may name as not registered; empty for colleagues, and later for everybody."""
    is_fresh = clock.now() - sent.submitted_at < NAMED_FOR
    content = content_of(sent) if is_fresh and sent.submitted_by_id == actor.user_id else None
    return tuple(person.name for person in content.people) if isinstance(content, ShortAnswer) else ()


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
