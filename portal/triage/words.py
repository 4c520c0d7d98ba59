"""How the queue says what a thing is, how near its conference is, and what was decided."""

from datetime import date

from portal.contacts.queries import About, Show
from portal.contacts.states import CallOutcome, ClosedAs, ContactKind, DeferReason
from portal.partnership.working_days import working_days_between
from portal.web.words import plural

KIND_WORDS = {
    ContactKind.REPORT: "Report",
    ContactKind.NOTHING_FOUND: "Looked, nothing relevant found",
    ContactKind.NOT_REGISTERED: "Not registered at this practice",
    ContactKind.NEWS: "News after the report",
    ContactKind.WILL_BE_LATE: "Report will be late",
    ContactKind.SHORT_NOTICE_CALL: "Short notice: ring the practice",
    ContactKind.PRACTICE_UNKNOWN: "Practice not known",
    ContactKind.REASON_MISSING: "No reason given for the conference",
    ContactKind.EQUAL_NHS_NUMBER: "Two people with one NHS number",
    ContactKind.CONFERENCE_OMITTED: "Conference missing from the latest list",
    ContactKind.MAIL_UNDELIVERABLE: "Mail could not be delivered: ring them",
}

SHOW_WORDS = {
    Show.OPEN: "All to do",
    Show.WAITING: "Nobody has taken",
    Show.MINE: "Taken by you",
    Show.HELD: "Taken by somebody",
    Show.DEFERRED: "Put off",
    Show.CLOSED: "Closed",
}

ABOUT_WORDS = {
    About.ANYTHING: "Everything",
    About.RECEIVED: "Reports and answers",
    About.LATE: "Will be late",
    About.SHORT_NOTICE: "Short notice",
    About.TO_SETTLE: "To settle",
}

CLOSED_WORDS = {
    ClosedAs.ACCEPTED: "Accepted",
    ClosedAs.RETURNED: "Returned to the practice",
    ClosedAs.SUPERSEDED: "Replaced by something newer",
    ClosedAs.SPOKEN: "Spoken to the practice",
    ClosedAs.SETTLED: "Settled",
    ClosedAs.SEEN: "Seen, nothing to do",
}

DEFER_WORDS = {
    DeferReason.PRACTICE: "Waiting for the practice",
    DeferReason.SOCIAL_WORKER: "Waiting for the social worker",
    DeferReason.CHAIR: "Waiting for the chair",
    DeferReason.NEXT_LIST: "Waiting for the next conference list",
    DeferReason.OTHER: "Something else",
}

CALL_WORDS = {
    CallOutcome.SPOKE: "Spoke to somebody",
    CallOutcome.LEFT_MESSAGE: "Left a message",
    CallOutcome.NO_ANSWER: "No answer",
}

EVENT_WORDS = {
    "claimed": "Taken",
    "released": "Given back to the queue",
    "hold_ran_out": "The 30 minutes ran out",
    "closed": "Closed",
    "deferred": "Put off",
    "reopened": "Opened again",
    "rang": "Rang the practice",
}


def days_to_conference(today: date, held_on: date) -> str:
    """How near a conference is, in working days and in words."""
    if held_on == today:
        return "Today"
    days = working_days_between(today, held_on)
    if held_on < today:
        return f"{plural(max(-days, 1), 'working day')} ago"
    return plural(days, "working day") if days else "Before the next working day"
