"""How roles, types, days and people kept apart read on pages and in mail."""

from datetime import date, time

from portal.conferences.states import ConferenceType, PersonRole

ANOTHER_ADULT = "Another adult"
"""Stands for somebody whom this practice's patient must not learn about."""

ROLE_WORDS = {
    PersonRole.SUBJECT: "Child the conference is about",
    PersonRole.SIBLING: "Brother or sister",
    PersonRole.MOTHER: "Mother",
    PersonRole.FATHER: "Father",
    PersonRole.PARTNER: "Partner of a parent",
    PersonRole.OTHER_ADULT: "Other adult",
}

TYPE_WORDS = {
    ConferenceType.INITIAL: "Initial conference",
    ConferenceType.REVIEW: "Review conference",
    ConferenceType.PRE_BIRTH: "Pre-birth conference",
    ConferenceType.TRANSFER_IN: "Transfer-in conference",
}


def day_in_words(day: date) -> str:
    """A day as mail says it, "Thursday 10 December 2026"."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def due_in_words(due_on: date, due_at: time | None) -> str:
    """A due day, with the hour where there is one: "noon on Thursday 10 December 2026"."""
    if due_at is None:
        return day_in_words(due_on)
    hour = "noon" if due_at == time(12) else f"{due_at:%H:%M}"
    return f"{hour} on {day_in_words(due_on)}"


def time_and_place(starts_at: time, ends_at: time, venue: str) -> str:
    """When on the day, and where: "10:00 to 12:00, Council House"."""
    place = venue or "online"
    return f"{starts_at:%H:%M} to {ends_at:%H:%M}, {place}"


EVENT_WORDS = {
    "booked": "Booked, and the practices asked",
    "changed": "Changed",
    "taken_over": "Another chair took over",
    "practice_given": "Practice given, and asked",
    "reason_given": "Reason given",
    "address_opened": "Address no longer confidential",
}
"""How the history of a conference names what happened."""
