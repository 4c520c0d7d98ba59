"""A draft as it stands: which sections it asks, what was typed into each, what two people typed at once."""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from portal.authorisation.actor import Actor
from portal.conferences.models import ReportRequest
from portal.conferences.queries import situation_of
from portal.conferences.states import RequestState
from portal.database import db
from portal.errors import NotFound
from portal.questionnaire.model import Per
from portal.questionnaire.raw_answers import RawAnswers as RawAnswers
from portal.questionnaire.raw_answers import asked_now
from portal.questionnaire.registry import get
from portal.questionnaire.situation import PersonAsked, SectionPart, Situation
from portal.reports.models import Report, ReportSection, SetAsideSection
from portal.submissions.content import situation_from_json

Key: TypeAlias = tuple[str, uuid.UUID | None]
"""A section and the person it is about, None for the report as a whole."""

TAKES_A_REPORT = (RequestState.OPEN, RequestState.ANSWERED, RequestState.NOTHING_FOUND)


@dataclass(frozen=True)
class Draft:
    """Everything a page needs to show of a draft."""

    report: Report
    situation: Situation
    parts: tuple[SectionPart, ...]
    saved: Mapping[Key, ReportSection]
    aside: tuple[SetAsideSection, ...]
    """Texts to put together; only of parts that are still asked."""

    @property
    def edition(self) -> str:
        """Stands for exactly this text: it changes with every save, and with what is asked."""
        parts = ((*key_of(part), self.revision(part)) for part in self.parts)
        return hashlib.sha256(repr([tuple(map(str, each)) for each in parts]).encode()).hexdigest()

    @property
    def people(self) -> tuple[PersonAsked, ...]:
        return self.situation.people

    def raw(self, part: SectionPart) -> RawAnswers:
        """What was typed into a part under what it asks now, empty when nothing was."""
        return asked_now(part, self.stored(part))

    def stored(self, part: SectionPart) -> RawAnswers:
        """The same with what was typed under questions that are not asked any more."""
        row = self.saved.get(key_of(part))
        answers: RawAnswers = row.answers if row else {}
        return answers

    def revision(self, part: SectionPart) -> int:
        row = self.saved.get(key_of(part))
        return row.revision if row else 0

    def part(self, section: str, person_id: uuid.UUID | None) -> SectionPart:
        """One part. Raises NotFound when this report does not ask it."""
        for part in self.parts:
            if key_of(part) == (section, person_id):
                return part
        raise NotFound

    def part_once_asked(self, section: str, person_id: uuid.UUID | None) -> SectionPart:
        """The same for somebody whose page is older than that: a part that may not be asked any more.

        Raises NotFound for a section there is none of, or a person this practice was never shown.
        """
        for part in self.parts:
            if key_of(part) == (section, person_id):
                return part
        found = {each.key: each for each in get(self.report.questionnaire_version).sections}.get(section)
        if found is None or (found.per is Per.REPORT) is not (person_id is None):
            raise NotFound
        person = None if person_id is None else _once_shown(self.report, person_id)
        return SectionPart(found, person, questions=())

    def after(self, part: SectionPart) -> SectionPart | None:
        """The part that follows, None after the last."""
        place = self.parts.index(part) + 1
        return self.parts[place] if place < len(self.parts) else None

    def aside_for(self, part: SectionPart) -> SetAsideSection | None:
        """What was typed at the same time as something else, and is not settled yet."""
        return next((row for row in self.aside if (row.section, row.person_id) == key_of(part)), None)


def key_of(part: SectionPart) -> Key:
    return part.section.key, uuid.UUID(part.person.id) if part.person else None


def _once_shown(report: Report, person_id: uuid.UUID) -> PersonAsked:
    started = situation_from_json(report.situation).people
    shown = {uuid.UUID(person.id) for person in started} | {row.person_id for row in report.request.people}
    if person_id not in shown:
        raise NotFound
    return PersonAsked(str(person_id), name="", kind="")


def get_report(actor: Actor, request_id: uuid.UUID) -> Report:
    """The draft that answers a request to the actor's practice.

    Raises NotFound when none was started, or the request no longer takes one.
    """
    return _found(_report(actor, request_id).where(ReportRequest.state.in_(TAKES_A_REPORT)))


def get_report_to_save(actor: Actor, request_id: uuid.UUID) -> Report:
    """The same whatever became of the request: what somebody is typing just then is not lost."""
    return _found(_report(actor, request_id))


def _report(actor: Actor, request_id: uuid.UUID) -> Select[Report]:
    return (
        select(Report)
        .join(Report.request)
        .where(Report.request_id == request_id, Report.practice_id == actor.organisation_id)
        .options(
            joinedload(Report.request).joinedload(ReportRequest.conference),
            joinedload(Report.request).joinedload(ReportRequest.practice),
            joinedload(Report.request).joinedload(ReportRequest.authority),
            joinedload(Report.request).selectinload(ReportRequest.people),
        )
    )


def _found(statement: Select[Report]) -> Report:
    report = db.scalar(statement)
    if report is None:
        raise NotFound
    return report


def why_too_late(draft: Draft, part: SectionPart) -> str | None:
    """Why what was typed into a part will not be sent, None when it may be."""
    state = RequestState(draft.report.request.state)
    if state is RequestState.WITHDRAWN:
        return "The contact team has withdrawn this request"
    if state is RequestState.NOT_REGISTERED:
        return "Your practice has said that nobody here is registered with you"
    return None if part in draft.parts else "This report does not ask this any more"


def report_for(request: ReportRequest) -> Report | None:
    """The draft that answers this request, if one was started."""
    return db.scalar(
        select(Report).where(Report.request_id == request.id).options(selectinload(Report.sections))
    )


def draft_of(report: Report) -> Draft:
    """The draft as it stands now."""
    situation = situation_now(report)
    rows = db.scalars(
        select(ReportSection)
        .where(ReportSection.report_id == report.id)
        .execution_options(populate_existing=True)
    )
    aside = db.scalars(
        select(SetAsideSection)
        .where(SetAsideSection.report_id == report.id)
        .order_by(SetAsideSection.saved_at)
    )
    parts = get(report.questionnaire_version).sections_for(situation)
    asked = {key_of(part) for part in parts}
    return Draft(
        report=report,
        situation=situation,
        parts=parts,
        saved={(row.section, row.person_id): row for row in rows},
        aside=tuple(row for row in aside if (row.section, row.person_id) in asked),
    )


def situation_now(report: Report) -> Situation:
    """What the report asks: as it was started, less who has left this practice's sight, plus who was added.

    A child who was unborn then stays so here: what was written about the pregnancy stays in the report.
    """
    started = situation_from_json(report.situation)
    now = {person.id: person for person in situation_of(report.request).people}
    kept = tuple(
        replace(person, name=now[person.id].name, is_asked=now[person.id].is_asked)
        for person in started.people
        if person.id in now
    )
    known = {person.id for person in kept}
    added = tuple(person for person in now.values() if person.id not in known)
    return replace(started, people=(*kept, *added))
