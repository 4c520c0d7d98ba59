"""Tests of which sections and questions a report asks."""

from dataclasses import replace

import pytest

from portal.errors import NotFound
from portal.questionnaire.registry import current, get

from .families import BABY, ELLA, FATHER, MOTHER, SISTER, TOM, part, situation


def asked(where):
    return [
        (each.section.key, each.person.id if each.person else None)
        for each in current(where.conference_type).sections_for(where)
    ]


def test_sections_run_person_by_person_children_first_when_several_people_are_asked():
    found = asked(situation(MOTHER, ELLA, TOM))

    assert found == [
        ("writer", None),
        ("record", "ella"),
        ("contact", "ella"),
        ("health", "ella"),
        ("voice", "ella"),
        ("record", "tom"),
        ("contact", "tom"),
        ("health", "tom"),
        ("voice", "tom"),
        ("record", "mother"),
        ("adult_health", "mother"),
        ("chronology", None),
        ("worries", None),
        ("safety", None),
        ("opinion", "ella"),
        ("opinion", "tom"),
        ("restricted", None),
        ("told_child", "ella"),
        ("told_child", "tom"),
        ("told", "mother"),
        ("attendance", None),
    ]


def test_nothing_is_asked_about_a_person_of_another_practice():
    found = asked(situation(ELLA, replace(FATHER, is_asked=False)))

    assert "father" not in {person for _, person in found}


def test_unborn_child_has_a_pregnancy_and_an_opinion_but_no_record_of_its_own():
    found = asked(situation(BABY, MOTHER))

    assert [key for key, person in found if person == "baby"] == ["pregnancy", "opinion"]


def test_sibling_is_asked_about_in_short():
    assert [key for key, person in asked(situation(SISTER)) if person] == ["record", "sibling"]


def test_practice_that_holds_only_an_adult_is_asked_what_it_knows_of_the_children():
    with_child = part("adult_health", MOTHER, situation(MOTHER, ELLA))
    without = part("adult_health", MOTHER, situation(MOTHER, replace(ELLA, is_asked=False)))

    keys = [question.key for question in without.questions]
    assert set(keys) - {question.key for question in with_child.questions} == {"children_through_adult"}


def test_review_asks_what_has_changed_and_the_plan_view_only_where_the_authority_asks_it():
    initial = part("opinion", ELLA)
    review = part("opinion", ELLA, situation(conference_type="review", settings=["asks_plan_view"]))

    added = {question.key for question in review.questions} - {question.key for question in initial.questions}
    assert added == {"changes", "safer", "plan_view"}


def test_part_is_not_found_when_the_report_does_not_ask_it():
    with pytest.raises(NotFound):
        part("contact", MOTHER)


def test_unknown_version_or_type_is_not_found():
    with pytest.raises(NotFound):
        get("gp_report_v0")
    with pytest.raises(NotFound):
        current("party")
