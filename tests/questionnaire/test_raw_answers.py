"""Tests of field names and raw answers."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from portal.questionnaire.raw_answers import (
    asked_now,
    field_names,
    left_over,
    raw_from_form,
    rows_shown,
    rows_typed,
    without_row,
)
from portal.questionnaire.registry import current

from .families import ELLA, part, situation

PARTS = current("initial").sections_for(situation())


def test_raw_answers_are_exactly_what_was_typed():
    form = MultiDict(
        [
            ("was_seen", "seen"),
            ("seen_on-day", " 31 "),
            ("seen_on-month", "feb"),
            ("seen_on-year", "twenty"),
            ("seen_on-mark", "about"),
            ("seen_on-mark", "not_known"),
            ("seen_by", "\n x" * 500),
            ("missed-7-service", "Audiology"),
            ("csrf_token", "t"),
            ("missed-99-service", "beyond"),
        ]
    )

    assert raw_from_form(part("contact", ELLA), form) == {
        "was_seen": "seen",
        "seen_on-day": " 31 ",
        "seen_on-month": "feb",
        "seen_on-year": "twenty",
        "seen_on-mark": ["about", "not_known"],
        "seen_by": "\n x" * 500,
        "missed-7-service": "Audiology",
    }


def test_field_names_are_unique_in_every_part():
    for each in PARTS:
        names = [name for question in each.questions for name, _ in field_names(question, question.key)]
        assert len(names) == len(set(names))


def rows_of(section_key, key):
    return next(question for question in part(section_key).questions if question.key == key)


def test_one_empty_row_follows_the_typed_rows_until_there_is_no_room():
    needs = rows_of("safety", "needs")
    full = {f"needs-{index}-action": "x" for index in range(10)}

    assert rows_shown(needs, {}) == (0,)
    assert rows_shown(needs, {"needs-2-action": "x"}) == (2, 3)
    assert rows_shown(needs, {"needs-9-action": "x"}) == (9, 0)
    assert rows_shown(needs, full) == tuple(range(10))


def test_removing_a_row_leaves_the_others_under_their_names():
    needs = rows_of("safety", "needs")
    raw = {
        "needs-1-action": "a",
        "needs-10-action": "b",
        "needs-1-children": ["ella"],
        "strengths-1-strength": "c",
    }

    assert without_row(needs, raw, 1) == {"needs-10-action": "b", "strengths-1-strength": "c"}
    assert rows_typed(needs, raw) == (1,)


@given(st.data())
def test_raw_answers_survive_a_round_trip_through_the_form(data):
    section = data.draw(st.sampled_from(PARTS))
    kinds = dict(pair for question in section.questions for pair in field_names(question, question.key))
    names = data.draw(st.lists(st.sampled_from(sorted(kinds)), unique=True, max_size=8))
    text = st.text(min_size=1, max_size=10)
    raw = {name: data.draw(st.lists(text, min_size=1, max_size=3) if kinds[name] else text) for name in names}

    assert raw_from_form(section, MultiDict(raw)) == raw


def test_what_is_not_asked_any_more_is_told_apart_and_never_left_behind():
    now = replace(part("writer"), questions=part("writer").questions[:1])
    raw = raw_from_form(now, MultiDict({"knows_family": "records_only", "involvement": "A", "nonsense": "B"}))

    assert asked_now(now, raw) == {"knows_family": "records_only"}
    assert left_over(now, raw) == {"involvement": "A"}
