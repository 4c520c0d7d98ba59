"""The draft's answers in words, for its writer: everything, what is not answered too."""

from dataclasses import dataclass

from portal.questionnaire.answers import Answered, AnswerState, answered
from portal.questionnaire.situation import SectionPart
from portal.reports.drafts import Draft


@dataclass(frozen=True)
class CheckPart:
    """One section with every answer it asks for."""

    part: SectionPart
    answers: tuple[Answered, ...]


def check_parts(draft: Draft) -> tuple[CheckPart, ...]:
    """Every section, in the order of the report."""
    return tuple(
        CheckPart(part, _asked(answered(part, draft.raw(part), draft.people))) for part in draft.parts
    )


def _asked(answers: tuple[Answered, ...]) -> tuple[Answered, ...]:
    return tuple(each for each in answers if each.state is not AnswerState.NOT_ASKED)
