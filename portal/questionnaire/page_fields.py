"""A part's questions made ready for a page: names, words, what was typed, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from portal.questionnaire.model import (
    Option,
    PeopleChoice,
    Question,
    Rows,
    Text,
    condition_words,
    option_labels,
)
from portal.questionnaire.problems import Problem
from portal.questionnaire.raw_answers import RawAnswers, rows_shown, ticked, typed
from portal.questionnaire.situation import PersonAsked, SectionPart


@dataclass(frozen=True)
class FieldRow:
    """One row of a repeated group; `number` is shown, `index` is in the field names."""

    number: int
    index: int
    fields: tuple["PageField", ...]


@dataclass(frozen=True)
class PageField:
    """One question on a page. templates/components/question.html draws it.

    Neighbours with the same condition stand in one box: the first opens it, the last closes it.
    """

    question: Question
    name: str
    condition: str
    errors: tuple[str, ...]
    raw: RawAnswers
    options: tuple[Option, ...] = ()
    limit: int = 0
    rows: tuple[FieldRow, ...] = ()
    can_add: bool = False
    opens_condition: bool = False
    closes_condition: bool = False

    @property
    def depends_on(self) -> str:
        """Return the name of the field that decides whether this one is asked; empty when none does."""
        when = self.question.when
        return self.name.removesuffix(self.question.key) + when.key if when else ""

    def typed(self, part: str = "") -> str:
        """Return the text typed into this field, or into one part of a date, exactly."""
        return typed(self.raw, self.name + part)

    def ticked(self, part: str = "") -> list[str]:
        """Return the values ticked, or the one chosen."""
        return [*ticked(self.raw, self.name + part), typed(self.raw, self.name + part)]


def page_fields(
    part: SectionPart, raw: RawAnswers, found: Sequence[Problem], people: Sequence[PersonAsked]
) -> tuple[PageField, ...]:
    """Return the part's questions for its page. Give `found` only after "continue", never while typing."""
    errors: dict[str, tuple[str, ...]] = {}
    for problem in found:
        errors[problem.name] = (*errors.get(problem.name, ()), problem.message)
    return _fields("", part.questions, raw, errors, people)


def _fields(
    prefix: str,
    questions: Sequence[Question],
    raw: RawAnswers,
    errors: Mapping[str, tuple[str, ...]],
    people: Sequence[PersonAsked],
) -> tuple[PageField, ...]:
    fields = [_field(question, prefix, questions, raw, errors, people) for question in questions]
    conditions = [None, *(question.when for question in questions), None]
    return tuple(
        replace(
            field,
            opens_condition=bool(field.condition) and before != here,
            closes_condition=bool(field.condition) and here != after,
        )
        for field, before, here, after in zip(
            fields, conditions[:-2], conditions[1:-1], conditions[2:], strict=True
        )
    )


def _field(
    question: Question,
    prefix: str,
    neighbours: Sequence[Question],
    raw: RawAnswers,
    errors: Mapping[str, tuple[str, ...]],
    people: Sequence[PersonAsked],
) -> PageField:
    name = f"{prefix}{question.key}"
    rows = _rows(question, name, raw, errors, people) if isinstance(question, Rows) else ()
    return PageField(
        question=question,
        name=name,
        condition=condition_words(question, neighbours),
        errors=errors.get(name, ()),
        raw=raw,
        options=_options(question, people),
        limit=question.limit if isinstance(question, Text) else 0,
        rows=rows,
        can_add=isinstance(question, Rows) and len(rows) < question.maximum,
    )


def _rows(
    rows: Rows,
    name: str,
    raw: RawAnswers,
    errors: Mapping[str, tuple[str, ...]],
    people: Sequence[PersonAsked],
) -> tuple[FieldRow, ...]:
    return tuple(
        FieldRow(
            number,
            index,
            _fields(f"{name}-{index}-", rows.questions, raw, errors, people),
        )
        for number, index in enumerate(rows_shown(rows, raw), 1)
    )


def _options(question: Question, people: Sequence[PersonAsked]) -> tuple[Option, ...]:
    if isinstance(question, Rows):
        return question.instead
    if isinstance(question, PeopleChoice):
        offered = (each for each in people if not question.kinds or each.asked_as in question.kinds)
        return tuple(Option(person.id, person.name) for person in offered)
    return tuple(Option(value, label) for value, label in option_labels(question).items())
