"""Tests of how questions are drawn: strict HTML, everything typed given back, labels, nothing preselected."""

from pathlib import Path

import html5lib
import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from portal.questionnaire.page_fields import page_fields
from portal.questionnaire.problems import problems
from portal.questionnaire.raw_answers import field_names
from portal.questionnaire.registry import current

from .families import ELLA, EVERYBODY, MOTHER, TODAY, part, situation

PARTS = current("review").sections_for(situation(conference_type="review", settings=["asks_plan_view"]))
TEMPLATES = Path(__file__).parents[2] / "templates"
XHTML = "{http://www.w3.org/1999/xhtml}"


def drawn(section, raw, found=()):
    """Return the strictly parsed form of one part."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    source = (
        '{% from "components/question.html" import question %}<!DOCTYPE html><html lang="en"><title>t</title>'
        "<form>{% for field in fields %}{{ question(field) }}{% endfor %}</form></html>"
    )
    page = environment.from_string(source).render(fields=page_fields(section, raw, found, EVERYBODY))
    return html5lib.HTMLParser(strict=True).parse(page)


def elements(page, *names):
    return [each for name in names for each in page.iter(XHTML + name)]


def ids(page):
    return [each.get("id") for each in page.iter() if each.get("id")]


@pytest.mark.parametrize(
    "section", PARTS, ids=lambda each: f"{each.section.key}-{each.person and each.person.id}"
)
def test_every_part_is_strict_html_labelled_and_preselects_nothing(section):
    page = drawn(section, {}, problems(section, {}, EVERYBODY, TODAY))

    controls = elements(page, "input", "textarea")
    labels = {each.get("for") for each in elements(page, "label")}
    assert len(ids(page)) == len(set(ids(page)))
    assert {each.get("id") for each in controls} <= labels
    assert not [each for each in controls if each.get("checked") is not None]
    described = {one for each in page.iter() for one in (each.get("aria-describedby") or "").split()}
    assert described <= set(ids(page))


@pytest.mark.parametrize(
    "section", PARTS, ids=lambda each: f"{each.section.key}-{each.person and each.person.id}"
)
def test_every_problem_points_at_something_on_the_page(section):
    found = problems(section, {}, EVERYBODY, TODAY)

    assert {each.field for each in found} <= set(ids(drawn(section, {}, found)))


def test_text_comes_back_exactly_line_ends_markup_and_length_included():
    typed = "\n  <b>&amp; 'x'\n\n" + "é" * 3000
    page = drawn(part("health", ELLA), {"health_summary": typed})

    area = next(each for each in elements(page, "textarea") if each.get("name") == "health_summary")
    assert area.text == typed


def test_invalid_date_and_ticks_come_back():
    raw = {"coverage": "full", "read_back_to-day": "<9", "read_back_to-mark": ["not_known"]}

    inputs = elements(drawn(part("record", MOTHER), raw), "input")

    assert [each.get("value") for each in inputs if each.get("name") == "read_back_to-day"] == ["<9"]
    assert [each.get("value") for each in inputs if each.get("checked") is not None] == ["full", "not_known"]


def test_rows_give_one_empty_row_more_and_can_be_added_and_removed_without_javascript():
    page = drawn(part("chronology"), {"events-4-event": "Bruise"})

    buttons = [(each.get("name"), each.get("value")) for each in elements(page, "button")]
    assert buttons == [("remove", "events-4"), ("remove", "events-5"), ("add", "events")]


def test_people_are_offered_by_name_and_only_of_the_kinds_declared():
    page = drawn(part("worries"), {})

    offered = [
        each.get("value") for each in elements(page, "input") if each.get("name") == "worries-0-children"
    ]
    assert offered == ["sister", "ella", "tom", "baby"]


def test_conditional_question_is_visible_and_says_when_to_answer_it():
    page = drawn(part("voice", ELLA), {})

    words = " ".join(" ".join(each.itertext()) for each in elements(page, "strong"))
    assert "If you chose “I do not know what life is like for this child”" in words


@pytest.mark.parametrize(
    "section", PARTS, ids=lambda each: f"{each.section.key}-{each.person and each.person.id}"
)
def test_page_posts_only_names_the_part_declares(section):
    declared = {name for question in section.questions for name, _ in field_names(question, question.key)}

    posted = {each.get("name") for each in elements(drawn(section, {}), "input", "textarea")}

    assert posted <= declared


def test_neighbours_with_the_same_condition_share_one_box():
    page = drawn(part("contact", ELLA), {})

    boxes = [each for each in elements(page, "div") if "question-condition" in (each.get("class") or "")]
    inside = {each.get("name") for each in boxes[0].iter(XHTML + "input")}
    assert len(boxes) == 1
    assert inside >= {"seen_on-day", "seen_alone"}
    assert "missed-instead" not in inside
