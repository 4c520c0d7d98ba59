"""Booking one conference by hand: it is read as a list of one, so that one set of checks serves both."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from portal import clock
from portal.audit.actions import record_event
from portal.authorisation.actor import Actor
from portal.conferences.booking import book_all, take_turns
from portal.conferences.directory import Staff, staff_of_authority
from portal.conferences.list_cells import without_direction_marks
from portal.conferences.list_columns import COLUMN_NAMES
from portal.conferences.list_conferences import ListedConference
from portal.conferences.list_known import who_else
from portal.conferences.list_reading import read_list
from portal.conferences.listed_people import known_people
from portal.conferences.models import Conference
from portal.database import db

FIRST_LINE = 2
Row = dict[str, str]
NUMBERS_OF_OTHERS = "use the numbers of other people on this form"
FORM_WORDS = {
    r"person_ref number \d+ here is nobody in this conference": NUMBERS_OF_OTHERS,
    "names the person on this line": NUMBERS_OF_OTHERS,
    r"the same person is on line \d+ of this conference": "somebody else on this form has this number too",
    r"not the same as on line \d+, which has the same person_ref": (
        "somebody else on this form has the same number, and something else here"
    ),
    "nobody in this conference is a subject": "choose the child the conference is about",
    "a subject has a date of birth or an expected delivery date": (
        "enter the date of birth or, for an unborn child, the expected date"
    ),
    "an unborn child has an expected delivery date instead": "is this an unborn child?",
    "known for this person_ref": "known for your number for this person",
    "person_ref": "number",
}
"""How the reading of a list says it, and how the form does; in this order."""


@dataclass(frozen=True)
class Refusal:
    """What is wrong, at which column of the list, and for which person of the form (from 0)."""

    column: str
    person: int
    reason: str


def book_by_hand(
    actor: Actor, conference: Mapping[str, str], people: Sequence[Mapping[str, str]]
) -> Conference | list[Refusal]:
    """Book the conference, and ask its practices; or return everything that is wrong with it.

    Both mappings are in the columns of a conference list; `people` may carry no person_ref. In the
    authority's scope.
    """
    take_turns(actor.organisation_id)  # so that a colleague who books it at this moment is seen
    reference = conference.get("conference_ref", "")
    taken = select(Conference.id).where(
        Conference.authority_id == actor.organisation_id, Conference.reference == reference
    )
    if db.scalar(taken) is not None:
        return [Refusal("conference_ref", 0, "there is already a conference with this number")]
    staff = staff_of_authority(actor.organisation_id)
    listed = _read(conference, people, staff)
    if isinstance(listed, list):
        return listed
    others = _other_people(actor, listed)
    if others:
        return others
    booked = book_all(actor, [listed], staff, is_from_list=False)[0].conference
    if booked is None:
        raise RuntimeError("a conference that was not there has been booked")
    record_event(actor, "conference_booked", booked)
    return booked


def _read(
    conference: Mapping[str, str], people: Sequence[Mapping[str, str]], staff: Staff
) -> ListedConference | list[Refusal]:
    """What was typed, as a list of one would say it; or all that is wrong with it."""
    reference = conference.get("conference_ref", "")
    rows = [
        {"person_ref": f"{reference}/{number}", **conference, **_said(person)}
        for number, person in enumerate(people, 1)
    ]
    reading = read_list(_as_csv(rows), staff.for_reading, clock.today())
    if not reading.conferences:
        return [
            Refusal(each.column, each.line - FIRST_LINE, _in_form_words(each.reason))
            for each in reading.defects
        ]
    # A list of one has no room for line breaks inside a cell: the longer texts go in as they were typed.
    return replace(
        reading.conferences[0],
        reason=without_direction_marks(conference.get("conference_reason", "")).strip(),
        questions=without_direction_marks(conference.get("questions_for_general_practice", "")).strip(),
    )


def _in_form_words(reason: str) -> str:
    """What is wrong, for somebody who has a form before them: it has people, no lines and no columns."""
    for words_of_a_list, words_of_the_form in FORM_WORDS.items():
        reason = re.sub(words_of_a_list, words_of_the_form, reason)
    return reason


def _other_people(actor: Actor, conference: ListedConference) -> list[Refusal]:
    """Whom a wrong number would turn into another person."""
    known = known_people(actor.organisation_id, {person.ref for person in conference.people})
    reasons = {
        person.line: who_else(known[person.ref], person)
        for person in conference.people
        if person.ref in known
    }
    return [
        Refusal(
            "person_ref",
            line - FIRST_LINE,
            f"somebody with {reason} is known by this number. Check the number, or leave it empty.",
        )
        for line, reason in reasons.items()
        if reason
    ]


def _said(person: Mapping[str, str]) -> Row:
    return {column: value for column, value in person.items() if value}


def _as_csv(rows: Sequence[Row]) -> bytes:
    page = io.StringIO(newline="")
    writer = csv.DictWriter(page, COLUMN_NAMES, restval="")
    writer.writeheader()
    writer.writerows({column: " ".join(value.split()) for column, value in row.items()} for row in rows)
    return page.getvalue().encode()
