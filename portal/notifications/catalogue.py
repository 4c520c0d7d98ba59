"""What the portal says by mail. Never a patient's or relative's name: what is due, by when, whom to ring."""

from dataclasses import dataclass
from enum import StrEnum


class Message(StrEnum):
    REQUEST_NEW = "request_new"
    REQUEST_CHANGED = "request_changed"
    REQUEST_WIDENED = "request_widened"
    REQUEST_EXPLAINED = "request_explained"
    REQUEST_WITHDRAWN = "request_withdrawn"
    REQUEST_ASSIGNED = "request_assigned"
    SIGNATURE_ASKED = "signature_asked"
    SUBMISSION_RECEIVED = "submission_received"
    SUBMISSION_ACCEPTED = "submission_accepted"
    SUBMISSION_RETURNED = "submission_returned"
    REPLY_RECORDED_WRONGLY = "reply_recorded_wrongly"
    CONTACT_NEW = "contact_new"
    NEWS_FOR_CHAIR = "news_for_chair"
    CONFERENCE_TAKEN_OVER = "conference_taken_over"
    PACK_READY = "pack_ready"
    PACK_FAILED = "pack_failed"


@dataclass(frozen=True)
class Wording:
    """Subject and body; `{reference}`, `{due}`, `{conference_day}`, `{reason}` … come from the facts."""

    subject: str
    body: str


WORDINGS: dict[Message, Wording] = {
    Message.REQUEST_NEW: Wording(
        "Report due {due}: child protection conference, reference {reference}",
        "A child protection conference will be held on {conference_day}. Your practice is asked for a report"
        " about your patients.\n\nThe report is due by {due}.{short_notice}",
    ),
    Message.REQUEST_CHANGED: Wording(
        "Changed: child protection conference, reference {reference}",
        "The date, time or place of a child protection conference, or the day by which reports are due, has"
        " changed. The conference is on {conference_day}.\n\nYour report is due by {due}.",
    ),
    Message.REQUEST_WIDENED: Wording(
        "One more of your patients: report due {due}, reference {reference}",
        "You are now asked about one or more further patients for the child protection conference on"
        " {conference_day}. What you have written or sent is kept.\n\nYour report is due by {due}.",
    ),
    Message.REQUEST_EXPLAINED: Wording(
        "Why the conference is called: please read, reference {reference}",
        "The reason for the child protection conference on {conference_day}, or the questions to your"
        " practice, have been added or changed. Read them before you write. If you have already answered, see"
        " whether there is anything to add.\n\nReports are due by {due}.",
    ),
    Message.REQUEST_WITHDRAWN: Wording(
        "No longer asked: child protection conference, reference {reference}",
        "Your practice is no longer asked for a report to the child protection conference on"
        " {conference_day}: the people it was asked about are now recorded at another practice. You need do"
        " nothing more.\n\nIf they are still your patients, ring the contact team.",
    ),
    Message.REQUEST_ASSIGNED: Wording(
        "You are asked to write a report, due {due}, reference {reference}",
        "Your practice has asked you to write a report to a child protection conference on"
        " {conference_day}.\n\nIt is due by {due}.",
    ),
    Message.SIGNATURE_ASKED: Wording(
        "A report waits for you to sign, due {due}, reference {reference}",
        "A report to a child protection conference on {conference_day} has been drafted for you to read,"
        " change and sign.\n\nIt is due by {due}.",
    ),
    Message.SUBMISSION_RECEIVED: Wording(
        "Received: reference {reference}",
        "Thank you. What you sent has been received, reference {reference}.",
    ),
    Message.SUBMISSION_ACCEPTED: Wording(
        "Checked: reference {reference}",
        "The contact team has checked what you sent, reference {reference}. There is nothing more to do.",
    ),
    Message.SUBMISSION_RETURNED: Wording(
        "Please look again: reference {reference}",
        "The contact team has a question about what you sent, reference {reference}. Sign in to read it and"
        " to answer. The report is due by {due}.",
    ),
    Message.REPLY_RECORDED_WRONGLY: Wording(
        "Still due {due}: child protection conference, reference {reference}",
        "We wrote to you that a reply from your practice had been received. It was recorded by mistake.\n\n"
        "Your report to the child protection conference on {conference_day} is still due by {due}.",
    ),
    Message.CONTACT_NEW: Wording(
        "Something is waiting in the queue, for {conference_day}",
        "Something has come in and waits in the contact team's queue. The conference is on {conference_day}.",
    ),
    Message.NEWS_FOR_CHAIR: Wording(
        "New information for your conference on {conference_day}, reference {reference}",
        "Something has come in for your conference on {conference_day} that you may not have read yet: news,"
        " or an answer that came late.",
    ),
    Message.CONFERENCE_TAKEN_OVER: Wording(
        "Another chair has taken over your conference on {conference_day}, reference {reference}",
        "Another chair has taken over the conference on {conference_day}, reference {reference}.",
    ),
    Message.PACK_READY: Wording(
        "A pack is ready for your conference on {conference_day}, reference {reference}",
        "A pack is ready for your conference on {conference_day}.",
    ),
    Message.PACK_FAILED: Wording(
        "A pack could not be made for the conference on {conference_day}, reference {reference}",
        "A pack for the conference on {conference_day} could not be made. Open the conference and try again."
        " If it fails again, tell the portal's support, and read the answers on the conference's page.",
    ),
}

ENDING = (
    "\n\nSign in to see it: {link}\n\nWhom to ring: {contact_name}, {contact_telephone}.\n\n"
    "This is not a referral route. If a child is in danger now, ring 999."
)


def worded(message: Message, facts: dict[str, str], link: str) -> tuple[str, str]:
    """Subject, always one line, and body. Raises KeyError, by name, when a fact is missing."""
    wording = WORDINGS[message]
    subject = " ".join(wording.subject.format(**facts).split())
    body = (wording.body + ENDING).format(link=link, **facts)
    return subject, body
