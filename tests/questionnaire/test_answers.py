"""Tests of how answers read."""

from hypothesis import given
from hypothesis import strategies as st

from portal.questionnaire.answers import AnswerState, answered, plain_text
from portal.questionnaire.problems import problems
from portal.questionnaire.raw_answers import field_names
from portal.questionnaire.registry import current

from .families import ELLA, EVERYBODY, MOTHER, TODAY, part, situation


def read(section_key, raw, person=None):
    found = answered(part(section_key, person), raw, EVERYBODY)
    return {each.question.key: each for each in found}


def test_silence_not_looked_and_none_recorded_read_differently():
    silent = read("adult_health", {}, MOTHER)["mental_health"]
    not_looked = read("adult_health", {"mental_health": "not_looked"}, MOTHER)["mental_health"]
    none = read("adult_health", {"mental_health": "none_recorded"}, MOTHER)["mental_health"]

    assert [each.text for each in (silent, not_looked, none)] == [
        "Not answered",
        "Not known or not looked",
        "None recorded",
    ]
    assert silent.state is AnswerState.NOT_ANSWERED
    assert not_looked.state is AnswerState.ANSWERED


def test_detail_is_asked_only_when_its_condition_holds():
    raw = {"mental_health": "none_recorded", "mental_health_note": "typed before"}

    found = read("adult_health", raw, MOTHER)["mental_health_note"]

    assert found.state is AnswerState.NOT_ASKED
    assert "typed before" not in plain_text([found])


def test_text_reads_as_typed_but_for_the_blanks_around_it():
    found = read("health", {"health_summary": "  Asthma.\r\n\r\n  Uses *inhaler* <b>\n"}, ELLA)[
        "health_summary"
    ]

    assert found.text == "Asthma.\n\n  Uses *inhaler* <b>"


def test_choices_read_in_declared_order():
    found = read("opinion", {"harm": "likely", "categories": ["emotional", "neglect"]}, ELLA)["categories"]

    assert found.text == "Neglect, Emotional abuse"


def test_undeclared_option_reads_as_not_answered_and_is_a_problem():
    raw = {"immunisations": "made_up"}

    assert read("health", raw, ELLA)["immunisations"].state is AnswerState.NOT_ANSWERED
    messages = [each.message for each in problems(part("health", ELLA), raw, EVERYBODY, TODAY)]
    assert "Immunisations: choose again. One of the answers is no longer in the list" in messages


def test_invalid_date_reads_as_typed():
    raw = {"was_seen": "seen", "seen_on-day": "31", "seen_on-month": "2", "seen_on-year": "2026"}

    assert read("contact", raw, ELLA)["seen_on"].text == "Not a real date: “31 2 2026”"


def test_date_not_known_is_an_answer():
    found = read("contact", {"was_seen": "seen", "seen_on-mark": ["not_known"]}, ELLA)["seen_on"]

    assert (found.text, found.state) == ("Date not known", AnswerState.ANSWERED)


def test_rows_are_numbered_as_shown_and_blank_rows_do_not_count():
    raw = {"events-0-event": " ", "events-3-event": "Bruise", "events-3-people": ["ella", "tom"]}

    found = read("chronology", raw)["events"]

    assert [(row.number, row.cells[2].text, row.about) for row in found.rows] == [
        (1, "Bruise", frozenset({"ella", "tom"}))
    ]


def test_person_who_left_the_list_still_bars_and_is_still_counted():
    raw = {"worries-0-worry": "w", "worries-0-must_not_see": ["gone"], "worries-0-children": ["ella"]}

    row = read("worries", raw)["worries"].rows[0]

    assert row.barred == {"gone"}
    assert row.cells[-1].text == "somebody no longer listed"


def test_row_is_open_to_professionals_only_when_its_writer_said_so():
    items = read(
        "restricted",
        {
            "items-0-item": "a",
            "items-1-item": "b",
            "items-1-read_by": "professionals",
            "items-2-item": "c",
            "items-2-read_by": "chair",
        },
    )["items"]

    assert [row.is_kept_to_chair for row in items.rows] == [True, False, True]


def test_plain_text_holds_labels_and_answers_in_order():
    raw = {"missed-0-service": "Audiology", "missed-0-on-year": "2025", "unscheduled-instead": "not_looked"}

    text = plain_text(answered(part("contact", ELLA), raw, EVERYBODY))

    assert text.splitlines() == [
        "Seen by the practice: Not answered",
        "Was not brought:",
        "  1.",
        "    Date: 2025",
        "    Service: Audiology",
        "    Followed up: Not answered",
        "Emergency and out-of-hours visits: Not known or not looked",
    ]


PARTS = current("review").sections_for(situation(conference_type="review", settings=["asks_plan_view"]))


@given(st.data())
def test_nothing_typed_makes_reading_or_judging_raise(data):
    section = data.draw(st.sampled_from(PARTS))
    names = [name for question in section.questions for name, _ in field_names(question, question.key)]
    value = st.text(max_size=20) | st.lists(st.text(max_size=8), max_size=3)
    raw = data.draw(st.dictionaries(st.sampled_from(names) | st.text(max_size=12), value, max_size=8))

    found = answered(section, raw, EVERYBODY)

    assert len(found) == len(section.questions)
    assert plain_text(found) is not None
    assert all(each.message for each in problems(section, raw, EVERYBODY, TODAY))
