"""What was typed into a section, in words, where no form shows it any more. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from portal.questionnaire.answers import answered, plain_text
from portal.questionnaire.model import Number, Question, Text
from portal.questionnaire.raw_answers import RawAnswers, field_names, typed
from portal.questionnaire.situation import PersonAsked, SectionPart


@dataclass(frozen=True)
class KeptText:
    """One question and what was typed under it."""

    reading: str
    text: str


def kept_text(
    part: SectionPart, questions: Iterable[Question], raw: RawAnswers, people: Sequence[PersonAsked]
) -> tuple[KeptText, ...]:
    """What was typed under these questions of the part's section; those left blank are passed over."""
    return tuple(
        KeptText(question.reading, in_words(part, question, raw, people))
        for question in questions
        if any(raw.get(name) for name, _is_list in field_names(question, question.key))
    )


def not_asked(part: SectionPart) -> tuple[Question, ...]:
    """The questions of the section that the part does not ask."""
    return tuple(question for question in part.section.questions if question not in part.questions)


def in_words(part: SectionPart, question: Question, raw: RawAnswers, people: Sequence[PersonAsked]) -> str:
    """What was typed even where another answer means it is not asked; else how the answer reads."""
    if isinstance(question, Text | Number):
        return typed(raw, question.key)
    alone = replace(part, questions=(replace(question, when=None),))
    return plain_text(answered(alone, raw, people)).removeprefix(f"{question.reading}:").strip("\n ")
