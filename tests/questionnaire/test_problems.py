"""Tests of what stands in the way of signing."""

import pytest

from portal.questionnaire.problems import problems

from .families import ELLA, EVERYBODY, FATHER, MOTHER, TODAY, part


def messages(section_key, raw, person=None):
    return {each.field: each.message for each in problems(part(section_key, person), raw, EVERYBODY, TODAY)}


def test_required_question_left_empty_is_a_problem_and_an_optional_one_is_not():
    found = messages("writer", {})

    assert found == {
        "knows_family": "How well the writer knows the family: choose an answer",
        "other_adults": "Other adults around the children: choose an answer",
    }


def test_nothing_is_wrong_with_a_complete_part():
    raw = {"coverage": "full", "read_back_to-year": "2015"}

    assert messages("record", raw, MOTHER) == {}


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({}, "Last seen: enter a date, or tick “Not known”"),
        (
            {"seen_on-day": "31", "seen_on-month": "2", "seen_on-year": "2026"},
            "Last seen: enter a real date, for example 27 3 2026. "
            "Leave out the day, or day and month, if not known",
        ),
        (
            {"seen_on-day": "24", "seen_on-month": "11", "seen_on-year": "2026"},
            "Last seen: enter a date that is not in the future",
        ),
        (
            {"seen_on-year": "2025", "seen_on-mark": ["not_known"]},
            "Last seen: you gave a date and ticked “Not known”. Keep one",
        ),
        ({"seen_on-mark": ["not_known"]}, None),
        ({"seen_on-day": "23", "seen_on-month": "11", "seen_on-year": "2026"}, None),
    ],
)
def test_date_is_judged(typed, message):
    found = messages("contact", {"was_seen": "seen", **typed}, ELLA)

    assert found.get("seen_on-day") == message


def test_text_over_its_limit_says_by_how_much_counting_after_trimming():
    at_limit = messages("health", {"health_summary": " " + "a" * 2000 + "\n"}, ELLA)
    over = messages("health", {"health_summary": "a" * 3001}, ELLA)

    assert "health_summary" not in at_limit
    assert over["health_summary"] == "Health: shorten to 2,000 characters. It is 1,001 over"


def test_windows_line_ends_count_once():
    assert "health_summary" not in messages("health", {"health_summary": "a\r\n" * 1000}, ELLA)


def test_rows_need_a_row_or_a_reason_for_none():
    empty = messages("chronology", {})
    none = messages("chronology", {"events-instead": "none_recorded"})

    assert empty["events"].startswith("Chronology: add an event, or choose “None recorded that matter”")
    assert none == {}


def test_rows_and_none_together_contradict_each_other():
    found = messages("chronology", {"events-instead": "not_looked", "events-0-event": "Bruise"})

    assert found["events"] == "Chronology: you wrote something and chose “Not known or not looked”. Keep one"


def test_problem_in_a_row_names_the_row_and_its_field():
    found = messages("chronology", {"events-4-event": "Bruise"})

    assert found["events-4-people"] == "About (event 1): choose all that apply"
    assert found["events-4-on-day"] == "Date (event 1): enter a date, or tick “Not known”"
    assert "events-4-must_not_see" not in found


def test_words_whose_question_is_no_longer_asked_are_a_problem_so_that_none_vanish():
    found = messages(
        "adult_health", {"mental_health": "not_looked", "mental_health_note": "Low mood"}, FATHER
    )

    assert found["mental_health_note"] == (
        "Mental health: what it is: you answered this, but your other answer means it is not asked. "
        "Clear it or change that answer"
    )


def test_radio_button_whose_question_is_no_longer_asked_is_passed_over():
    assert "seen_how" not in messages("contact", {"was_seen": "never_seen", "seen_how": "home"}, ELLA)


def test_person_outside_the_conference_cannot_be_named():
    found = messages("worries", {"worries-0-worry": "w", "worries-0-children": ["stranger"]})

    assert found["worries-0-children"].endswith("One of the answers is no longer in the list")


def test_whether_told_is_asked_but_never_for_consent():
    assert messages("told", {"told": "asked_not_to"}, MOTHER) == {"told_reason": "Reason: enter an answer"}
    assert messages("told", {"told": "asked_not_to", "told_reason": "Risk"}, MOTHER) == {}
    assert messages("told", {"told": "not_reached"}, MOTHER) == {}
