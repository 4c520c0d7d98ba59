"""The one traversal: what is asked, and how each answer reads. Every page and document goes through it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from portal.questionnaire.dates import ApproximateDate, TypedDate
from portal.questionnaire.model import (
    Choice,
    Choices,
    DateAnswer,
    PeopleChoice,
    Question,
    Rows,
    When,
    option_labels,
)
from portal.questionnaire.raw_answers import RawAnswers, rows_typed, ticked, typed
from portal.questionnaire.situation import PersonAsked, SectionPart

NOT_ANSWERED = "Not answered"


class AnswerState(StrEnum):
    """Whether the question was asked and answered. Not known or not looked is an answer; silence is none."""

    ANSWERED = "answered"
    NOT_ANSWERED = "not_answered"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Answered:
    """One question and its answer in words; `name` is its form field, `chosen` the values or person ids."""

    question: Question
    name: str
    state: AnswerState
    text: str
    chosen: tuple[str, ...] = ()
    when: ApproximateDate | None = None
    rows: tuple["AnsweredRow", ...] = ()


@dataclass(frozen=True)
class AnsweredRow:
    """One row. `number` counts the rows shown; who may read it follows from the other three."""

    number: int
    cells: tuple[Answered, ...]
    about: frozenset[str]
    barred: frozenset[str]
    is_kept_to_chair: bool


def answered(part: SectionPart, answers: RawAnswers, people: Sequence[PersonAsked]) -> tuple[Answered, ...]:
    """Return every question of the part, in order, with how its answer reads. Never raises on typed text."""
    return tuple(_answered(question, "", answers, people) for question in part.questions)


def is_asked(question: Question, prefix: str, answers: RawAnswers) -> bool:
    """Say whether the condition of a question holds in its section (prefix "") or row."""
    return question.when is None or _holds(question.when, prefix, answers)


def _holds(when: When, prefix: str, answers: RawAnswers) -> bool:
    name = f"{prefix}{when.key}"
    return not {typed(answers, name), *ticked(answers, name)}.isdisjoint(when.values)


def _answered(
    question: Question, prefix: str, answers: RawAnswers, people: Sequence[PersonAsked]
) -> Answered:
    name = f"{prefix}{question.key}"
    if not is_asked(question, prefix, answers):
        return Answered(question, name, AnswerState.NOT_ASKED, "Not asked")
    if isinstance(question, Rows):
        return _rows(question, name, answers, people)
    if isinstance(question, DateAnswer):
        return _date(question, name, answers)
    if isinstance(question, Choice | Choices | PeopleChoice):
        return _chosen(question, name, answers, people)
    return _in_words(question, name, typed(answers, name).strip())


def _in_words(question: Question, name: str, text: str, chosen: Iterable[str] = ()) -> Answered:
    if not text:
        return Answered(question, name, AnswerState.NOT_ANSWERED, NOT_ANSWERED)
    return Answered(question, name, AnswerState.ANSWERED, text, tuple(chosen))


def _chosen(question: Question, name: str, answers: RawAnswers, people: Sequence[PersonAsked]) -> Answered:
    """Read options or people in declared order; an undeclared value counts for nothing (see `problems`)."""
    labels = option_labels(question) or {person.id: person.name for person in people}
    values = {typed(answers, name)} if isinstance(question, Choice) else set(ticked(answers, name))
    chosen = [value for value in labels if value in values]
    if isinstance(
        question, PeopleChoice
    ):  # a person who has left the list since must still count, to bar or be about
        chosen += sorted(values - set(labels))
    words = ", ".join(labels.get(value, "somebody no longer listed") for value in chosen)
    return _in_words(question, name, words, chosen)


def _date(question: Question, name: str, answers: RawAnswers) -> Answered:
    date = TypedDate.read(name, lambda each: typed(answers, each), lambda each: ticked(answers, each))
    if date.words and date.value is None:
        return _in_words(question, name, f"Not a real date: “{date.words}”")
    if date.value is not None:
        return Answered(question, name, AnswerState.ANSWERED, str(date.value), when=date.value)
    return _in_words(question, name, "Date not known" if date.is_not_known else "")


def _rows(question: Rows, name: str, answers: RawAnswers, people: Sequence[PersonAsked]) -> Answered:
    labels = {option.value: option.label for option in question.instead}
    instead = typed(answers, f"{name}-instead")
    text = labels.get(instead, "")
    rows = tuple(
        _row(question, number, f"{name}-{index}-", answers, people)
        for number, index in enumerate(rows_typed(question, answers), 1)
    )
    if not rows and not text:
        return Answered(question, name, AnswerState.NOT_ANSWERED, NOT_ANSWERED)
    return Answered(question, name, AnswerState.ANSWERED, text, (instead,) if text else (), rows=rows)


def _row(
    rows: Rows, number: int, prefix: str, answers: RawAnswers, people: Sequence[PersonAsked]
) -> AnsweredRow:
    cells = tuple(_answered(inner, prefix, answers, people) for inner in rows.questions)
    named = {cell.question.key: frozenset(cell.chosen) for cell in cells}
    is_open = rows.professionals_when is None or _holds(rows.professionals_when, prefix, answers)
    about, barred = named.get(rows.about, frozenset()), named.get(rows.barred, frozenset())
    return AnsweredRow(number, cells, about, barred, not is_open)


def plain_text(answers: Iterable[Answered]) -> str:
    """Return the answers as lines of "label: words", rows indented; what was not asked is left out."""
    lines = []
    for each in answers:
        if each.state is AnswerState.NOT_ASKED:
            continue
        lines.append(f"{each.question.reading}: {each.text}".rstrip())
        for row in each.rows:
            lines.append(f"  {row.number}.")
            lines += [f"    {line}" for line in plain_text(row.cells).splitlines()]
    return "\n".join(lines)
