from datetime import UTC, date, datetime

import pytest

from portal.questionnaire.situation import PersonAsked, Situation
from portal.submissions.content import (
    FrozenPart,
    FrozenReport,
    News,
    RecordedReply,
    situation_from_json,
    situation_to_json,
)
from portal.submissions.short_answers import PersonLooked, PersonNotHere, RecordRead, ShortAnswer, Since

SITUATION = Situation(
    "review",
    (PersonAsked("1", "Ada 🦋", "subject", True), PersonAsked("2", "طفلة", "mother", is_asked=False)),
    frozenset({"asks_plan_view"}),
)
REPORT = FrozenReport(
    "gp_report_v1",
    SITUATION,
    (FrozenPart("writer", None, {"a": "b", "c": ["d"]}),),
    ("Sam",),
    "Dr",
    "clinician",
    "I",
)
LOOKED = PersonLooked("1", "Ada", RecordRead.SUMMARY, "2019", date(2025, 2, 3))
GONE = PersonNotHere("2", "Ngozi", Since.LEFT, date(2024, 5, 6), "Hilltop")


@pytest.mark.parametrize(
    "content",
    [
        REPORT,
        News("A bruise", "Dr"),
        ShortAnswer((LOOKED, GONE), "Dr"),
        RecordedReply("email", date(2026, 1, 2), "Case file", "Dr", "note", datetime(2026, 1, 2, tzinfo=UTC)),
        RecordedReply("paper", date(2026, 1, 2), "Case file", "Dr"),
    ],
    ids=lambda content: type(content).__name__,
)
def test_content_comes_back_as_it_was(content):
    assert type(content).from_json(content.to_json()) == content


def test_situation_comes_back_as_it_was():
    assert situation_from_json(situation_to_json(SITUATION)) == SITUATION


def test_nothing_found_never_reads_as_no_concerns():
    assert LOOKED.sentence("Lakeside Surgery") == (
        "Lakeside Surgery looked at the summary of Ada back to 2019 and found nothing it thought relevant."
        " Last seen 3 February 2025. This does not mean there are no concerns."
    )


def test_never_seen_is_said():
    never = PersonLooked("1", "Ada", RecordRead.FULL, "2019", None)
    assert "looked at the full record of Ada" in never.sentence("The practice")
    assert "Never seen." in never.sentence("The practice")


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (Since.NEVER, "and never was"),
        (Since.LEFT, "since 6 May 2024"),
        (Since.CANNOT_TELL, "as far as the details"),
    ],
)
def test_not_registered_says_since_when(since, words):
    sentence = PersonNotHere("2", "Ngozi", since, date(2024, 5, 6)).sentence("Hilltop")
    assert words in sentence
    assert "This does not mean there are no concerns." in sentence
