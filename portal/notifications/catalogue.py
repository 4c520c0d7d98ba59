"""What the portal says by mail. Never a patient's or relative's name: what is due, by when, whom to ring."""

from dataclasses import dataclass
from enum import StrEnum


class Message(StrEnum):
    REQUEST_NEW = "request_new"
    REQUEST_CHANGED = "request_changed"
    REQUEST_WIDENED = "request_widened"
    REQUEST_ASSIGNED = "request_assigned"
    SIGNATURE_ASKED = "signature_asked"
    SUBMISSION_RECEIVED = "submission_received"
    SUBMISSION_ACCEPTED = "submission_accepted"
    SUBMISSION_RETURNED = "submission_returned"
    CONTACT_NEW = "contact_new"
    NEWS_FOR_CHAIR = "news_for_chair"
    CONFERENCE_TAKEN_OVER = "conference_taken_over"
    PACK_READY = "pack_ready"


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
        "The date, time or place of a child protection conference has changed. It is now on"
        " {conference_day}.\n\nYour report is due by {due}.",
    ),
    Message.REQUEST_WIDENED: Wording(
        "One more of your patients: report due {due}, reference {reference}",
        "You are now asked about one or more further patients for the child protection conference on"
        " {conference_day}. What you have written or sent is kept.\n\nYour report is due by {due}.",
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
    Message.CONTACT_NEW: Wording(
        "Something is waiting in the queue, for {conference_day}",
        "Something has come in and waits in the contact team's queue. The conference is on {conference_day}.",
    ),
    Message.NEWS_FOR_CHAIR: Wording(
        "New information for your conference on {conference_day}, reference {reference}",
        "Something new has come in for your conference on {conference_day}, after the day reports were due.",
    ),
    Message.CONFERENCE_TAKEN_OVER: Wording(
        "Another chair has taken over your conference on {conference_day}, reference {reference}",
        "Another chair has taken over the conference on {conference_day}, reference {reference}.",
    ),
    Message.PACK_READY: Wording(
        "A pack is ready for your conference on {conference_day}, reference {reference}",
        "A pack is ready for your conference on {conference_day}.",
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
