"""Tests of the words and rules of the questions, whatever they are."""

import re
from collections import Counter
from itertools import product

import pytest

from portal.questionnaire.model import CHILD_KINDS, Choice, Question, Readers, Rows, Text, option_labels
from portal.questionnaire.problems import problems
from portal.questionnaire.registry import PUBLISHED

from .families import EVERYBODY, TODAY, situation

SCOPES = [(section.key, section.questions) for each in PUBLISHED.values() for section in each.sections]
SCOPES += [
    (f"{key}.{question.key}", question.questions)
    for key, questions in list(SCOPES)
    for question in questions
    if isinstance(question, Rows)
]
QUESTIONS: list[Question] = [question for _, questions in SCOPES for question in questions]


def test_no_question_text_is_repeated():
    counted = Counter(question.text for question in QUESTIONS)

    assert [text for text, times in counted.items() if times > 1] == []


def test_keys_are_plain_and_unique_in_their_scope():
    for scope, questions in SCOPES:
        keys = [question.key for question in questions]
        assert len(keys) == len(set(keys)), scope
        assert all(re.fullmatch(r"[a-z][a-z_]*", key) for key in keys), scope


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)
def test_words_begin_and_end_properly(question):
    assert question.text[0].isupper()
    assert question.reading[0].isupper()
    assert question.text[-1] == "?" or question.text[-1].isalnum()
    assert question.reading[-1].isalnum()
    assert not question.hint or question.hint[-1] == "."
    for label in option_labels(question).values():
        assert label[0].isupper()
        assert label[-1] not in ".?:;, "


def test_no_dead_quotes_dashes_or_double_blanks_stand_in_the_words():
    for question in QUESTIONS:
        for words in (question.text, question.reading, question.hint, *option_labels(question).values()):
            assert not re.search(r"['\"—]|  ", words), question.key


def test_conditions_name_an_unconditional_choice_before_them_and_its_options():
    for scope, questions in SCOPES:
        for place, question in enumerate(questions):
            if question.when is None:
                continue
            asked = [each for each in questions[:place] if each.key == question.when.key]
            assert asked, (scope, question.key)
            assert isinstance(asked[0], Choice)
            assert asked[0].when is None
            assert set(question.when.values) <= set(option_labels(asked[0]))


def test_rows_name_their_own_questions_and_hold_no_rows():
    for question in QUESTIONS:
        if isinstance(question, Rows):
            kinds = {inner.key: inner.kind for inner in question.questions}
            assert "Rows" not in kinds.values()
            assert all(kinds[key] == "PeopleChoice" for key in (question.about, question.barred) if key)
            assert question.instead


def test_shared_words_reach_a_family_copy_only_in_rows_that_say_whom_they_are_about():
    for each in PUBLISHED.values():
        for section in each.sections:
            for question in section.questions:
                is_shared_words = section.per == "report" and isinstance(question, Text | Rows)
                if is_shared_words and Readers.FAMILY in (question.readers, section.readers):
                    is_closed = question.readers is Readers.PROFESSIONALS
                    assert is_closed or (isinstance(question, Rows) and question.about and question.barred)


def test_who_must_not_see_a_row_is_never_readable_by_family():
    barred = [
        inner
        for question in QUESTIONS
        if isinstance(question, Rows)
        for inner in question.questions
        if inner.key == question.barred
    ]

    assert len(barred) == 6
    assert {question.readers for question in barred} == {Readers.PROFESSIONALS}


def test_every_question_with_records_behind_it_can_be_answered_not_looked():
    for question in QUESTIONS:
        values = set(option_labels(question))
        if {"none_recorded", "current"} & values:
            assert "not_looked" in values, question.key


def test_every_required_question_is_reached_in_some_situation():
    reached = set()
    for questionnaire, kind in product(PUBLISHED.values(), ("initial", "review", "pre-birth", "transfer-in")):
        for people in (EVERYBODY, tuple(p for p in EVERYBODY if p.kind not in CHILD_KINDS)):
            for each in questionnaire.sections_for(_elsewhere(kind, people)):
                reached |= {id(question) for question in each.questions}
    missing = [
        question.key
        for each in PUBLISHED.values()
        for section in each.sections
        for question in section.questions
        if id(question) not in reached
    ]

    assert missing == []


def _elsewhere(kind, people):
    absent = tuple(
        p.__class__(p.id, p.name, p.kind, p.is_unborn, False) for p in EVERYBODY if p not in people
    )
    return situation(*people, *absent, conference_type=kind, settings=["asks_plan_view"])


def test_an_empty_report_lists_a_problem_for_every_part():
    for questionnaire in PUBLISHED.values():
        for each in questionnaire.sections_for(situation()):
            assert problems(each, {}, EVERYBODY, TODAY), each.section.key
