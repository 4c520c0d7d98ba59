"""What a list left open, settled by the contact team: a person's practice, the reason of a conference."""

import hashlib
import json
import uuid

from portal.accounts.queries import practices
from portal.audit.actions import record_event
from portal.authorisation.actor import Actor
from portal.conferences.actions import note_event
from portal.conferences.comparing import load_conferences
from portal.conferences.directory import staff_of_authority
from portal.conferences.follow_up import TOLD_OF_CHANGES, Booked, PeopleChanged, follow_up
from portal.conferences.letters import tell_practice
from portal.conferences.models import Conference
from portal.conferences.queries import requests_of
from portal.conferences.states import PersonAnswer
from portal.contacts.actions import settle
from portal.contacts.states import ClosedAs, ContactKind
from portal.database import db
from portal.errors import InvalidInput, NotFound, StaleEdit
from portal.notifications.catalogue import Message


def give_practice(actor: Actor, conference: Conference, person_id: uuid.UUID, practice_id: uuid.UUID) -> None:
    """Say where a person is registered; the request leaves at once, for every conference to come.

    A practice that had said the person is not its patient is asked again. Raises NotFound for a person of
    another conference, InvalidInput for a practice that is not in the directory.
    """
    loaded = load_conferences([conference.id])[0]
    part = next((each for each in loaded.involvements if each.person_id == person_id), None)
    if part is None:
        raise NotFound
    practice = {each.id: each for each in practices()}.get(practice_id)
    if practice is None:
        raise InvalidInput("Choose a practice from the list.")
    part.person.identity.practice_id = practice.id
    for request in loaded.requests:
        for row in request.people:
            is_disowned = row.answer == PersonAnswer.NOT_REGISTERED and row.person_id == part.person_id
            if is_disowned and request.practice_id == practice.id:
                row.answer = None
    db.flush()
    staff = staff_of_authority(actor.organisation_id)
    follow_up(actor, [Booked(loaded)], PeopleChanged(moved_refs=[part.person.person_ref]), staff)
    note_event(actor, loaded, "practice_given", f"{part.person.full_name}: {practice.name}")
    record_event(actor, "practice_given", loaded)


def revision_of(conference: Conference) -> str:
    """Which reason and questions stand now; empty while there are none."""
    if not conference.reason and not conference.questions:
        return ""
    texts = json.dumps([conference.reason or "", conference.questions or ""])
    return hashlib.sha256(texts.encode()).hexdigest()


def say_why(
    actor: Actor, conference: Conference, reason: str, questions: str, *, seen: str | None = None
) -> None:
    """Give the reason of a conference and the questions to practices; both stand on every request at once.

    Practices asked are told when either is another than before. `seen` is the revision that the writer had
    before them. Raises InvalidInput without a reason, StaleEdit when something else stands by now.
    """
    if not reason.strip():
        raise InvalidInput("Say why the conference is called.")
    db.refresh(conference, ["reason_sealed", "questions_sealed"], with_for_update=True)
    before = (conference.reason, conference.questions)
    after = (reason.strip(), questions.strip() or None)
    if seen is not None and before != after and seen != revision_of(conference):
        raise StaleEdit("Somebody else has changed the reason or the questions. Yours are not saved yet.")
    conference.reason, conference.questions = after
    settle(actor, ContactKind.REASON_MISSING, conference.id, ClosedAs.SETTLED)
    if before != (conference.reason, conference.questions):
        for request in requests_of(conference):
            if request.state in TOLD_OF_CHANGES:
                tell_practice(request, Message.REQUEST_EXPLAINED)
    note_event(actor, conference, "reason_given")
    record_event(actor, "reason_given", conference)
