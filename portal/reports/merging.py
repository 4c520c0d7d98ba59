"""Two texts of one section, side by side and put together: nobody's words are lost. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.questionnaire.model import Question, Rows, Text
from portal.questionnaire.raw_answers import RawAnswers, field_names, rows_typed, typed
from portal.questionnaire.situation import SectionPart, Situation
from portal.reports.kept_text import in_words, not_asked


class Keep(StrEnum):
    SAVED = "saved"
    ASIDE = "aside"
    BOTH = "both"


@dataclass(frozen=True)
class Difference:
    """One question that two people answered differently, as each answer reads."""

    key: str
    reading: str
    saved: str
    aside: str
    can_keep_both: bool


def differences(
    part: SectionPart, saved: RawAnswers, aside: RawAnswers, situation: Situation
) -> tuple[Difference, ...]:
    """Every question answered differently, in the order of the page."""
    return tuple(
        Difference(
            key=question.key,
            reading=question.reading,
            saved=in_words(part, question, saved, situation.people),
            aside=in_words(part, question, aside, situation.people),
            can_keep_both=_can_keep_both(question, saved, aside),
        )
        for question in part.questions
        if _of(question, saved) != _of(question, aside)
    )


def put_together(
    part: SectionPart, saved: RawAnswers, aside: RawAnswers, chosen: Mapping[str, Keep]
) -> dict[str, str | list[str]]:
    """The answers with each difference settled as chosen; what nobody chose stays as it was saved.

    Nobody is offered a choice about what is not asked any more: of that, everything is kept that fits.
    """
    together: dict[str, str | list[str]] = {}
    for question in part.questions:
        keep = chosen.get(question.key, Keep.SAVED)
        if keep is Keep.BOTH and _can_keep_both(question, saved, aside):
            together |= _both(question, saved, aside)
        else:
            together |= _of(question, aside if keep is Keep.ASIDE else saved)
    for question in not_asked(part):
        together |= _left_over(question, saved, aside)
    return together


def _left_over(question: Question, saved: RawAnswers, aside: RawAnswers) -> dict[str, str | list[str]]:
    if _of(question, saved) != _of(question, aside) and _can_keep_both(question, saved, aside):
        return _both(question, saved, aside)
    return _of(question, saved) or _of(question, aside)


def _of(question: Question, raw: RawAnswers) -> dict[str, str | list[str]]:
    names = [name for name, _is_list in field_names(question, question.key) if name in raw]
    return {name: _plain(raw[name]) for name in names}


def _plain(value: object) -> str | list[str]:
    return value if isinstance(value, str) else [str(each) for each in value]  # type: ignore[attr-defined]


def _can_keep_both(question: Question, saved: RawAnswers, aside: RawAnswers) -> bool:
    if isinstance(question, Rows):
        return len(rows_typed(question, saved)) + len(_new_rows(question, saved, aside)) <= question.maximum
    return isinstance(question, Text) and bool(typed(saved, question.key) and typed(aside, question.key))


def _both(question: Question, saved: RawAnswers, aside: RawAnswers) -> dict[str, str | list[str]]:
    if not isinstance(question, Rows):
        return {question.key: f"{typed(saved, question.key)}\n\n{typed(aside, question.key)}"}
    together = _of(question, saved)
    taken = set(rows_typed(question, saved))
    free = (index for index in range(question.maximum) if index not in taken)
    for row in _new_rows(question, saved, aside):
        index = next(free)
        together |= {f"{question.key}-{index}-{name}": value for name, value in row.items()}
    return together


def _new_rows(question: Rows, saved: RawAnswers, aside: RawAnswers) -> list[dict[str, str | list[str]]]:
    """The rows of the text set aside that are not, word for word, among the saved ones."""
    there = [_row(question, saved, index) for index in rows_typed(question, saved)]
    rows = [_row(question, aside, index) for index in rows_typed(question, aside)]
    return [row for row in rows if row not in there]


def _row(question: Rows, raw: RawAnswers, index: int) -> dict[str, str | list[str]]:
    prefix = f"{question.key}-{index}-"
    return {
        name.removeprefix(prefix): _plain(value) for name, value in raw.items() if name.startswith(prefix)
    }
