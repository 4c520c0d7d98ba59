"""Read what was handed in, each side what is its own."""

import uuid

from sqlalchemy import ColumnElement, false, func, select
from sqlalchemy.orm import joinedload

from portal.authorisation.actor import Actor, OrganisationKind
from portal.database import db
from portal.errors import NotFound
from portal.submissions.models import RestrictedItem, Submission
from portal.submissions.states import SubmissionKind, SubmissionState


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The clause every reading here starts from; the row policies say the same again."""
    if actor.organisation_kind is OrganisationKind.PRACTICE:
        return Submission.practice_id == actor.organisation_id
    if actor.organisation_kind is OrganisationKind.AUTHORITY:
        return Submission.authority_id == actor.organisation_id
    return false()


def get_submission(actor: Actor, submission_id: uuid.UUID) -> Submission:
    """One submission with its conference, request and practice. Raises NotFound."""
    statement = (
        select(Submission)
        .where(Submission.id == submission_id, visible_to(actor))
        .options(
            joinedload(Submission.conference),
            joinedload(Submission.request),
            joinedload(Submission.practice),
        )
    )
    found = db.scalar(statement)
    if found is None:
        raise NotFound
    return found


def submissions_of(actor: Actor, conference_id: uuid.UUID) -> list[Submission]:
    """Everything handed in for a conference: what stands first, what was replaced last, newest first."""
    return _listed(actor, Submission.conference_id == conference_id)


def submissions_for_request(actor: Actor, request_id: uuid.UUID) -> list[Submission]:
    """Everything one practice handed in for one conference, in the same order."""
    return _listed(actor, Submission.request_id == request_id)


def has_report(request_id: uuid.UUID) -> bool:
    """Whether the chair's page shows a report for this request: a returned one too, until it is corrected."""
    shown = (SubmissionState.RECEIVED, SubmissionState.ACCEPTED, SubmissionState.RETURNED)
    report = select(Submission.id).where(
        Submission.request_id == request_id,
        Submission.kind == SubmissionKind.REPORT,
        Submission.state.in_(shown),
    )
    return db.scalar(report.limit(1)) is not None


def _listed(actor: Actor, about: ColumnElement[bool]) -> list[Submission]:
    statement = (
        select(Submission)
        .where(about, visible_to(actor))
        .options(joinedload(Submission.practice))
        .order_by(
            Submission.state == SubmissionState.SUPERSEDED,
            Submission.submitted_at.desc(),
            Submission.number.desc(),
        )
    )
    return list(db.scalars(statement))


def restricted_items(submission_id: uuid.UUID, *, with_kept_to_chair: bool) -> list[RestrictedItem]:
    """The restricted items of a submission, in order; those kept to the chair only when asked for."""
    statement = (
        select(RestrictedItem)
        .where(RestrictedItem.submission_id == submission_id)
        .order_by(RestrictedItem.position)
    )
    if not with_kept_to_chair:
        statement = statement.where(RestrictedItem.is_kept_to_chair.is_(False))
    return list(db.scalars(statement))


def count_kept_to_chair(submission_id: uuid.UUID) -> int:
    """How many items the chair alone reads; others may know that there are some, not what."""
    statement = select(func.count()).where(
        RestrictedItem.submission_id == submission_id, RestrictedItem.is_kept_to_chair
    )
    return db.scalar(statement) or 0
