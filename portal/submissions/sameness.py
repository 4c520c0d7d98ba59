"""Whether two sendings say the same: asked of a key that is known, and of a report that was just signed."""

import json
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from portal import clock
from portal.authorisation.actor import Actor
from portal.conferences.models import ReportRequest
from portal.conferences.states import RequestState
from portal.database import db
from portal.errors import Conflict, SentOtherwise
from portal.submissions.content import Content, FrozenReport, RestrictedAnswers
from portal.submissions.models import Submission
from portal.submissions.queries import restricted_items
from portal.submissions.states import SubmissionKind, SubmissionState

NOT_TYPED = frozenset({"recorded_at"})
"""When a reply was recorded is no part of what was typed into the form."""

SIGNATURE = frozenset({"signed_by", "signed_role", "declaration"})

STANDING = (SubmissionState.RECEIVED, SubmissionState.ACCEPTED)
JUST_NOW = timedelta(minutes=10)


def refuse_other_words(
    earlier: Submission, content: Content, restricted: Sequence[RestrictedAnswers]
) -> None:
    """Refuse a key that was used for something else. Raises SentOtherwise, with the way to the first."""
    if _words_of(earlier, NOT_TYPED) == _words(content, restricted, NOT_TYPED):
        return
    is_recorded = earlier.kind == SubmissionKind.RECORDED  # the contact team records it, and has no receipt
    raise SentOtherwise("" if is_recorded else f"/sent/{earlier.id}/receipt")


def refuse_second_signature(
    actor: Actor, request: ReportRequest, content: Content, restricted: Sequence[RestrictedAnswers]
) -> None:
    """Refuse the report that stands already, word for word, whoever signs it now; ask under the request lock.

    Raises Conflict. A request that is open again, or whose report was returned, takes the same words anew.
    """
    if not isinstance(content, FrozenReport) or request.state != RequestState.ANSWERED:
        return
    standing = db.scalar(
        select(Submission).where(
            Submission.request_id == request.id,
            Submission.kind == SubmissionKind.REPORT,
            Submission.state.in_(STANDING),
        )
    )
    if standing is None or _words_of(standing, SIGNATURE) != _words(content, restricted, SIGNATURE):
        return
    who = "You" if standing.submitted_by_id == actor.user_id else standing.submitted_by_name
    raise Conflict(
        f"{who} sent this report {_when(standing)}. Nothing has changed since, so it was not sent again."
    )


def _when(sent: Submission) -> str:
    if clock.now() - sent.submitted_at < JUST_NOW:
        return "just now"
    moment = clock.local(sent.submitted_at)
    return f"on {moment.day} {moment:%B} at {moment:%H:%M}"


def _words_of(sent: Submission, without: frozenset[str]) -> str:
    items = restricted_items(sent.id, with_kept_to_chair=True)
    return _written(sent.content, ((item.content, item.is_kept_to_chair) for item in items), without)


def _words(content: Content, restricted: Sequence[RestrictedAnswers], without: frozenset[str]) -> str:
    items = ((item.to_json(), item.is_kept_to_chair) for item in restricted)
    return _written(content.to_json(), items, without)


def _written(
    content: dict[str, Any], items: Iterable[tuple[dict[str, Any], bool]], without: frozenset[str]
) -> str:
    kept = {name: value for name, value in content.items() if name not in without}
    return json.dumps([kept, list(items)], sort_keys=True)
