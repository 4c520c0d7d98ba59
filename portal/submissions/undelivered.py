"""Mail that will never arrive, about something that the contact team can ring about."""

import uuid

from portal.authorisation.actor import system_for_authority
from portal.authorisation.crossing import acting_for
from portal.conferences.models import Conference, ReportRequest
from portal.contacts.actions import open_again, open_contact
from portal.contacts.states import ContactKind
from portal.database import db
from portal.notifications.models import Notification
from portal.submissions.models import Submission


def open_contact_about(refused: Notification) -> None:
    """Put it into the queue, in the scope that the message was written in.

    One contact for each request, and for each conference whose chair cannot be reached; it waits again when
    more mail is refused. Mail to the contact team itself opens none: the queue it tells of is there to see.
    """
    if refused.about_id is None:
        return
    request = _request_about(refused.about_id)
    conference = request.conference if request else db.get(Conference, refused.about_id)
    if conference is None:
        return
    with acting_for(conference.authority_id):
        contact = open_contact(
            conference.authority_id,
            ContactKind.MAIL_UNDELIVERABLE,
            request.id if request else conference.id,
            due_on=conference.held_on,
            conference_id=conference.id,
            practice_id=request.practice_id if request else None,
        )
        open_again(system_for_authority(conference.authority_id), contact)


def _request_about(about_id: uuid.UUID) -> ReportRequest | None:
    """The request that mail about this is about; mail about something handed in is about its request."""
    submission = db.get(Submission, about_id)
    return submission.request if submission else db.get(ReportRequest, about_id)
