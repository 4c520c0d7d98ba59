"""What the invented practices have done by now: every way an answer can stand, through real actions."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from portal import clock
from portal.authorisation.actor import Actor
from portal.conferences.models import ReportRequest
from portal.conferences.queries import get_request, people_asked
from portal.database import acting_as, db
from portal.demonstration.answers import answers_for, page_id
from portal.demonstration.stories import Story
from portal.questionnaire.situation import SectionPart
from portal.reports import actions, sending
from portal.reports.actions import Typed
from portal.reports.drafts import draft_of
from portal.reports.models import Report
from portal.reports.queries import with_records
from portal.submissions.models import Submission
from portal.submissions.short_answers import PersonLooked, PersonNotHere, RecordRead, Since


@dataclass(frozen=True)
class Practice:
    """Who works at one practice."""

    lead: Actor
    clinician: Actor
    administrator: Actor


@dataclass(frozen=True)
class Desk:
    """One request on one practice's desk, and the story it is answered with."""

    practice: Practice
    request_id: uuid.UUID
    story: Story

    def request(self, actor: Actor) -> ReportRequest:
        return get_request(actor, self.request_id)


def not_started(_desk: Desk) -> None:
    """The practice has not looked yet."""


def drafting(desk: Desk) -> None:
    """An administrator has begun; a third of the sections are written."""
    report = _start(desk, desk.practice.administrator)
    parts = draft_of(report).parts
    _write(desk, desk.practice.administrator, report, parts[: len(parts) // 3])


def waiting_for_signature(desk: Desk) -> None:
    """An administrator has written all of it and asked a clinician to sign."""
    report = _start(desk, desk.practice.administrator)
    _write(desk, desk.practice.administrator, report, draft_of(report).parts)
    clinician = desk.practice.clinician.user_id
    if clinician is not None:
        actions.ask_for_signature(desk.practice.administrator, report, clinician)


def received(desk: Desk) -> Submission:
    """A clinician has written, signed and sent it."""
    clinician = desk.practice.clinician
    report = _start(desk, clinician)
    _write(desk, clinician, report, draft_of(report).parts)
    return sending.submit_report(clinician, draft_of(report), uuid.uuid4())


def with_news(desk: Desk) -> Submission:
    """Something came up after the report."""
    received(desk)
    db.flush()
    clinician = desk.practice.clinician
    return sending.add_news(clinician, desk.request(clinician), desk.story.news, uuid.uuid4())


def late(desk: Desk) -> None:
    """The lead has said that it will be late."""
    request = desk.request(desk.practice.lead)
    until = min(max(request.due_on, clock.today()) + timedelta(days=1), request.conference_on)
    sending.say_late(desk.practice.lead, request, desk.practice.clinician.name, until)


def nothing_found(desk: Desk) -> Submission:
    """A clinician has looked and found nothing."""
    clinician = desk.practice.clinician
    request = desk.request(clinician)
    seen_on = clock.today() - timedelta(days=400)
    looked = [
        PersonLooked(str(person.id), person.name, RecordRead.FULL, "2019", seen_on)
        for person in with_records(people_asked(request))
    ]
    return sending.say_nothing_found(clinician, request, looked, uuid.uuid4())


def not_registered(desk: Desk) -> Submission:
    """The administrator has said that one of the people left; the others stay due."""
    administrator = desk.practice.administrator
    request = desk.request(administrator)
    person = with_records(people_asked(request))[-1]
    left_on = clock.today() - timedelta(days=200)
    gone = PersonNotHere(str(person.id), person.name, Since.LEFT, left_on)
    return sending.say_not_registered(administrator, request, [gone], uuid.uuid4())


Deed = Callable[[Desk], Submission | None]


def perform(desk: Desk, deed: Deed) -> uuid.UUID | None:
    """Do it in the practice's own scope; returns the id of what was sent, if anything was."""
    with acting_as(desk.practice.clinician.scope):
        sent = deed(desk)
        db.flush()
        sent_id = sent.id if sent else None
    db.expunge_all()  # the next one reads with its own eyes
    return sent_id


def _start(desk: Desk, actor: Actor) -> Report:
    report = actions.start_report(actor, desk.request(actor))
    db.flush()
    return report


def _write(desk: Desk, actor: Actor, report: Report, parts: tuple[SectionPart, ...]) -> None:
    situation = draft_of(report).situation
    for part in parts:
        answers = answers_for(part, situation, desk.story, clock.today())
        actions.save_section(actor, report, part, Typed(answers, 0, page_id()))
