"""Why something is returned to a practice: the quality criteria of handbook 4.4, as a picklist."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class ReturnReason(StrEnum):
    COVERAGE = "coverage"
    WRONG_PERSON = "wrong_person"
    CURRENCY = "currency"
    LAY_LANGUAGE = "lay_language"
    EVIDENCE = "evidence"
    VOICE = "voice"
    ANALYSIS = "analysis"
    PATTERN = "pattern"
    BALANCE = "balance"
    ACTION = "action"
    SHARING = "sharing"
    SEPARATION = "separation"
    OTHER = "other"


@dataclass(frozen=True)
class Criterion:
    """What the practice reads when something is returned for this reason, and what good looks like."""

    words: str
    good: str


CRITERIA = {
    ReturnReason.COVERAGE: Criterion(
        "Somebody is not covered", "every child and adult the practice was asked about is there."
    ),
    ReturnReason.WRONG_PERSON: Criterion(
        "It may be about another person", "names and dates are those of this family."
    ),
    ReturnReason.CURRENCY: Criterion(
        "It is not up to date", "it says when each person was last seen, and the contacts of 12 months."
    ),
    ReturnReason.LAY_LANGUAGE: Criterion(
        "It is hard to read outside health", "diagnoses are explained. No abbreviations or lists of drugs."
    ),
    ReturnReason.EVIDENCE: Criterion(
        "Facts have no date or source, or are mixed with opinion",
        "facts are dated and sourced. Fact, what was told, and opinion stand apart.",
    ),
    ReturnReason.VOICE: Criterion(
        "The child's voice is missing", "the child's words, how the child seemed, or why there is none."
    ),
    ReturnReason.ANALYSIS: Criterion(
        "What it means for the child is missing", "it says what events mean for the child."
    ),
    ReturnReason.PATTERN: Criterion(
        "Events are not read together", "missed appointments and unplanned visits are read as a pattern."
    ),
    ReturnReason.BALANCE: Criterion(
        "Strengths have no example of safety over time", "strengths stand apart from safety that was shown."
    ),
    ReturnReason.ACTION: Criterion(
        "What the practice will do is missing", "it says what the practice will do, and what should happen."
    ),
    ReturnReason.SHARING: Criterion(
        "Who has been told is missing", "it says who in the family has been told, or why not."
    ),
    ReturnReason.SEPARATION: Criterion(
        "Something that somebody must not see stands in an open part",
        "what somebody must not see stands under its own heading.",
    ),
    ReturnReason.OTHER: Criterion("Something else", ""),
}


def worded(reasons: Iterable[ReturnReason], text: str) -> str:
    """The message to the practice: each reason on a line, then what to do."""
    lines = [f"{CRITERIA[reason].words}." for reason in reasons if reason is not ReturnReason.OTHER]
    return "\n".join([*lines, text.strip()])


def good_answers() -> dict[str, str]:
    """What good looks like, by the value of each reason, for whoever chooses."""
    return {reason.value: f"Good: {each.good}" for reason, each in CRITERIA.items() if each.good}
