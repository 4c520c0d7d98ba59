"""What stands in the way of signing: asked on "continue" and before sending, never while typing is saved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from portal.questionnaire.answers import is_asked
from portal.questionnaire.dates import TypedDate
from portal.questionnaire.model import (
    Choice,
    Choices,
    DateAnswer,
    Number,
    PeopleChoice,
    Question,
    Rows,
    Text,
    option_labels,
)
from portal.questionnaire.raw_answers import RawAnswers, field_names, rows_typed, ticked, typed
from portal.questionnaire.situation import PersonAsked, SectionPart


@dataclass(frozen=True)
class Problem:
    """One thing to put right: the field id to jump to, the field name of the question, and what to do."""

    field: str
    name: str
    message: str


def problems(
    part: SectionPart, answers: RawAnswers, people: Sequence[PersonAsked], today: date
) -> tuple[Problem, ...]:
    """Return all problems of a part in page order. `today` is clock.today(): no date may lie after it."""
    ids = frozenset(person.id for person in people)
    return tuple(
        problem for question in part.questions for problem in _of(question, "", "", answers, ids, today)
    )


def _of(
    question: Question, prefix: str, place: str, answers: RawAnswers, ids: frozenset[str], today: date
) -> Iterator[Problem]:
    name = f"{prefix}{question.key}"
    if not is_asked(question, prefix, answers):
        message = _left_over(question, name, answers)
    elif isinstance(question, Rows):
        yield from _of_rows(question, name, answers, ids, today)
        return
    elif isinstance(question, DateAnswer):
        message = _of_date(question, name, answers, today)
    elif isinstance(question, Text | Number):
        message = _of_text(question, typed(answers, name).strip())
    else:
        message = _of_choice(question, name, answers, ids)
    if message:
        field = f"{name}-day" if isinstance(question, DateAnswer) else name
        yield Problem(field, name, f"{question.reading}{place}: {message}")


def _left_over(question: Question, name: str, answers: RawAnswers) -> str:
    """Nothing typed vanishes in silence: words that no longer count must be cleared by their writer.

    A chosen radio button holds no words, and cannot be cleared without JavaScript: it is passed over.
    """
    if isinstance(question, Choice):
        return ""
    names = field_names(question, name)
    if any("".join(ticked(answers, each) or typed(answers, each)).strip() for each, _ in names):
        return (
            "you answered this, but your other answer means it is not asked. Clear it or change that answer"
        )
    return ""


def _of_rows(
    rows: Rows, name: str, answers: RawAnswers, ids: frozenset[str], today: date
) -> Iterator[Problem]:
    present = rows_typed(rows, answers)
    instead = typed(answers, f"{name}-instead")
    if rows.is_required and not present and instead not in {option.value for option in rows.instead}:
        ways = "".join(f", or choose “{option.label}”" for option in rows.instead)
        yield Problem(name, name, f"{rows.reading}: add {rows.row_name}{ways}")
    for option in rows.instead:
        if present and instead == option.value:
            yield Problem(
                name, name, f"{rows.reading}: you wrote something and chose “{option.label}”. Keep one"
            )
    for number, index in enumerate(present, 1):
        for inner in rows.questions:
            place = f" ({rows.row_noun} {number})"
            yield from _of(inner, f"{name}-{index}-", place, answers, ids, today)


def _of_date(question: Question, name: str, answers: RawAnswers, today: date) -> str:
    found = TypedDate.read(name, lambda each: typed(answers, each), lambda each: ticked(answers, each))
    if found.words and found.is_not_known:
        return "you gave a date and ticked “Not known”. Keep one"
    if found.words and found.value is None:
        return "enter a real date, for example 27 3 2026. Leave out the day, or day and month, if not known"
    if found.value is not None and found.value.earliest > today:
        return "enter a date that is not in the future"
    if question.is_required and not found.words and not found.is_not_known:
        return "enter a date, or tick “Not known”"
    return ""


def _of_text(question: Text | Number, text: str) -> str:
    if not text:
        return "enter an answer" if question.is_required else ""
    if isinstance(question, Text):
        over = len(text) - question.limit
        return f"shorten to {question.limit:,} characters. It is {over:,} over" if over > 0 else ""
    is_number = text.isascii() and text.isdigit() and len(text) < 10
    if not is_number or not question.minimum <= int(text) <= question.maximum:
        return f"enter a whole number from {question.minimum} to {question.maximum}"
    return ""


def _of_choice(question: Question, name: str, answers: RawAnswers, ids: frozenset[str]) -> str:
    allowed = frozenset(option_labels(question)) if not isinstance(question, PeopleChoice) else ids
    single = {typed(answers, name)} - {""}
    values = single if isinstance(question, Choice) else set(ticked(answers, name))
    if values - allowed:
        return "choose again. One of the answers is no longer in the list"
    if question.is_required and not values:
        return "choose all that apply" if isinstance(question, Choices | PeopleChoice) else "choose an answer"
    return ""
