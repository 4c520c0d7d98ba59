"""A word of its own in every answer of a report, and who may find it where.

Whom a canary may reach is said here by hand and not asked of the code under test.
"""

import itertools
from dataclasses import dataclass, field

from portal.questionnaire.model import Choice, Choices, DateAnswer, PeopleChoice, Rows, Text
from portal.questionnaire.situation import SectionPart

FOR_FAMILY = {
    "sibling": {"sibling_concern_details"},
    "contact": {"reason"},
    "health": {"health_summary", "unmet_needs", "immunisations_note", "development_note"},
    "voice": {"voice_words"},
    "adult_health": {
        "mental_health_note",
        "alcohol_drugs_note",
        "physical_learning_note",
        "engagement_example",
    },
    "chronology": {"event"},
    "worries": {"worry"},
    "safety": {"strength", "example", "action"},
    "opinion": {"changes", "reasons"},
}
UNLESS_ADDRESS_CONFIDENTIAL = {"contact": {"seen_by", "seen_with", "service", "place"}}
PARENT_OF_EVERY_CHILD = {
    "adult_health": {
        "mental_health_impact",
        "alcohol_drugs_impact",
        "physical_learning_impact",
        "children_through_adult",
    }
}
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Canary:
    word: str
    section: str
    key: str
    person_id: str | None
    about: frozenset[str] | None = None
    barred: frozenset[str] = frozenset()
    is_kept_to_chair: bool = False

    def may_reach(self, reader, family) -> bool:
        """`reader`: "chair", "professionals" or the id of a family member."""
        if reader == "chair":
            return True
        if reader == "professionals":
            return not self.is_kept_to_chair
        return self._is_for_family(reader, family) and self._is_own(reader, family)

    def _is_for_family(self, reader, family) -> bool:
        if self.key in FOR_FAMILY.get(self.section, ()):
            return True
        if self.key in UNLESS_ADDRESS_CONFIDENTIAL.get(self.section, ()):
            return not family.is_address_confidential
        if self.key in PARENT_OF_EVERY_CHILD.get(self.section, ()):
            return family.children <= family.readable(reader)
        return False

    def _is_own(self, reader, family) -> bool:
        if self.about is not None:
            return (
                bool(self.about) and self.about <= family.readable(reader) | {reader}
            ) and reader not in self.barred
        if self.person_id in family.children:
            return self.person_id in family.readable(reader)
        return self.person_id == reader


@dataclass
class Aviary:
    """Fills in reports and remembers every canary."""

    extra: str = ""
    canaries: list[Canary] = field(default_factory=list)

    def answers(self, part: SectionPart, groups: list[tuple]) -> dict:
        """Raw answers to every question of a part. `groups`: (about, barred) of the rows to fill in."""
        raw: dict = {}
        person_id = part.person.id if part.person else None
        for question in part.questions:
            if isinstance(question, Rows):
                for index, (about, barred, is_kept) in enumerate(groups):
                    self._row(raw, part, question, index, about, barred, is_kept)
            else:
                self._answer(raw, question, question.key, part.questions, (part.section.key, person_id))
        return raw

    def _row(self, raw, part, rows, index, about, barred, is_kept):
        person_id = part.person.id if part.person else None
        is_kept = is_kept and rows.professionals_when is not None
        where = (part.section.key, person_id)
        marks = {"about": frozenset(about) if rows.about else None, "barred": frozenset(barred)}
        for inner in rows.questions:
            name = f"{rows.key}-{index}-{inner.key}"
            if isinstance(inner, PeopleChoice):
                chosen = about if inner.key == rows.about else barred
                if chosen:
                    raw[name] = list(chosen)
            elif inner.key == "read_by":
                raw[name] = "chair" if is_kept else "professionals"
            elif inner.key != "chair_reason" or is_kept:
                self._answer(raw, inner, name, rows.questions, where, is_kept_to_chair=is_kept, **marks)

    def _answer(self, raw, question, name, neighbours, where, **marks):
        if isinstance(question, Text):
            if question.when and raw.get(question.when.key) not in question.when.values and not marks:
                return
            raw[name] = self._canary(question.key, where, **marks)
        elif isinstance(question, DateAnswer):
            raw |= {f"{name}-day": "4", f"{name}-month": "5", f"{name}-year": "2024"}
        elif isinstance(question, Choice):
            raw[name] = _opening(question, neighbours)
        elif isinstance(question, Choices):
            raw[name] = [question.options[0].value]

    def _canary(self, key, where, **marks) -> str:
        section, person_id = where
        word = "zq" + "".join("bcdfghjkmp"[int(digit)] for digit in f"{next(_numbers):05d}")
        self.canaries.append(Canary(word, section, key, person_id, **marks))
        return f"{word} {self.extra}".strip()


def _opening(question, neighbours) -> str:
    """The option under which most else is asked."""
    wanted = [
        value
        for each in neighbours
        if each.when and each.when.key == question.key
        for value in each.when.values
    ]
    return wanted[0] if wanted else question.options[0].value
