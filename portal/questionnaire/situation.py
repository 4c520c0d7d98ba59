"""Which sections and questions one report asks, given its conference and people."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from portal.errors import NotFound
from portal.questionnaire.model import ADULT_KINDS, CHILD_KINDS, Per, Question, Section

CHILD_ELSEWHERE = "child_elsewhere"
"""In force by itself when a subject is not among the people this practice is asked about."""

ORDER = (*CHILD_KINDS, *ADULT_KINDS)


@dataclass(frozen=True)
class PersonAsked:
    """Somebody in the conference. Only who `is_asked` gets sections; all can be named in an answer."""

    id: str
    name: str
    kind: str
    is_unborn: bool = False
    is_asked: bool = True

    @property
    def asked_as(self) -> str:
        """Return the kind that declarations name: an unborn subject is its own kind."""
        return "unborn" if self.is_unborn else self.kind


@dataclass(frozen=True)
class Situation:
    """What decides which questions are asked. Store it when the report starts; read it back ever after."""

    conference_type: str
    people: tuple[PersonAsked, ...]
    settings: frozenset[str] = frozenset()

    @property
    def in_force(self) -> frozenset[str]:
        """Return the settings, with those that follow from the people."""
        is_elsewhere = any(person.kind == "subject" and not person.is_asked for person in self.people)
        return self.settings | {CHILD_ELSEWHERE} if is_elsewhere else self.settings


@dataclass(frozen=True)
class SectionPart:
    """One row of the report: a section, the person it is about (or nobody), and the questions that apply."""

    section: Section
    person: PersonAsked | None
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Questionnaire:
    """One published version. It never changes once published: see registry.py."""

    version: str
    sections: tuple[Section, ...]

    def sections_for(self, situation: Situation) -> tuple[SectionPart, ...]:
        """Return the parts in order; sections for people run person by person: one record open at a time."""
        parts: list[SectionPart] = []
        for is_once, group in groupby(self.sections, lambda section: section.per is Per.REPORT):
            sections = tuple(group)
            people = (None,) if is_once else tuple(_asked(situation))
            parts += [
                part
                for person in people
                for section in sections
                for part in _part(section, person, situation)
            ]
        return tuple(parts)

    def part(self, situation: Situation, section_key: str, person_id: str | None) -> SectionPart:
        """Return one part. Raise NotFound when this report does not ask it."""
        for part in self.sections_for(situation):
            if part.section.key == section_key and (part.person.id if part.person else None) == person_id:
                return part
        raise NotFound("This report does not ask that.")


def _asked(situation: Situation) -> list[PersonAsked]:
    asked = [person for person in situation.people if person.is_asked]
    return sorted(
        asked, key=lambda person: ORDER.index(person.asked_as) if person.asked_as in ORDER else len(ORDER)
    )


def _part(section: Section, person: PersonAsked | None, situation: Situation) -> Iterator[SectionPart]:
    """Yield the part, or nothing when the section does not apply or has nothing left to ask."""
    kind = person.asked_as if person else ""
    where = (situation.conference_type, kind, situation.in_force)
    if not _is_for(section.per, person) or not section.applies.holds(*where):
        return
    questions = tuple(question for question in section.questions if question.applies.holds(*where))
    if questions:
        yield SectionPart(section, person, questions)


def _is_for(per: Per, person: PersonAsked | None) -> bool:
    if person is None:
        return per is Per.REPORT
    if per is Per.SUBJECT:
        return person.kind == "subject"
    return per is Per.PERSON or (per is Per.ADULT and person.kind in ADULT_KINDS)
