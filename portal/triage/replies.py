"""Replies that came another way: recorded as received, so that the practice is never shown as missing."""

import uuid
from dataclasses import dataclass

from portal.authorisation.actor import Actor
from portal.conferences.models import ReportRequest
from portal.contacts.models import PracticeCall
from portal.contacts.queries import calls_about
from portal.submissions import actions as submissions
from portal.submissions.content import RecordedReply
from portal.submissions.models import Submission
from portal.submissions.queries import submissions_for_request
from portal.submissions.reading import content_of
from portal.submissions.withdrawing import can_be_withdrawn


@dataclass(frozen=True)
class Arrived:
    """One thing that came, as the page about replies tells of it."""

    submission: Submission
    can_be_withdrawn: bool

    @property
    def filed_at(self) -> str:
        """Where a recorded reply is; nothing for what the portal itself holds."""
        content = content_of(self.submission)
        return content.filed_at if isinstance(content, RecordedReply) else ""


def record(actor: Actor, request: ReportRequest, reply: RecordedReply, key: uuid.UUID) -> Submission:
    """Record the reply; the request is then answered, and nobody has to be rung about it any more.

    The same key again records nothing new. Raises ImpossibleMove when the request takes no answer.
    """
    return submissions.record_reply(actor, request, reply, key)


def sent_for(actor: Actor, request: ReportRequest) -> list[Arrived]:
    """What came for this request already, the newest first."""
    return [Arrived(each, can_be_withdrawn(each)) for each in submissions_for_request(actor, request.id)]


def calls_for(actor: Actor, request: ReportRequest) -> list[PracticeCall]:
    """The calls about this request, latest first."""
    return calls_about(actor, [request.id])
