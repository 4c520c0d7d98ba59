"""Our templates are strict and escaped, the kit's are escaped too, and the frame says who is who."""

import re

import pytest
from flask import render_template_string
from flask_wtf.file import FileField
from jinja2 import UndefinedError
from jinja2.runtime import StrictUndefined
from wtforms import BooleanField, PasswordField, RadioField, StringField, TextAreaField

from portal.web.forms import DateParts, PortalForm
from portal.web.kit import MACROS, Kit, kit_environment
from portal.web.state_words import STATE_WORDS, state_in_words
from tests.web.sample_app import make_app


def test_a_misspelt_name_is_an_error(app):
    with app.test_request_context(), pytest.raises(UndefinedError):
        render_template_string("{{ nmae }}")
    with app.test_request_context(), pytest.raises(UndefinedError):
        render_template_string("{{ form.errs.first }}", form={})


def test_reading_what_was_never_given_is_allowed_in_the_kit_only(app):
    assert app.jinja_env.undefined is StrictUndefined
    assert kit_environment().undefined is not StrictUndefined
    assert "Back" in Kit().back_link({"href": "/"})


TYPED = "\"'><script>alert(1)</script>"
GIVEN_TO_ALL = dict.fromkeys(
    ("text", "href", "heading", "titleText", "summaryText", "id", "classes", "name", "value", "colour"), TYPED
)


@pytest.mark.parametrize("name", sorted(MACROS))
def test_every_macro_taken_from_the_kit_escapes_whatever_it_is_given(name):
    drawn = getattr(Kit(), name)(GIVEN_TO_ALL)

    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn


@pytest.mark.parametrize("name", ["input", "radios", "password_input", "no_such_thing", "_private"])
def test_other_macros_of_the_kit_are_out_of_reach(name):
    with pytest.raises(AttributeError, match="not among"):
        getattr(Kit(), name)


def test_labels_hints_and_errors_of_fields_are_escaped(app):
    class MarkedForm(PortalForm):
        line = StringField(TYPED, description=TYPED)
        lines = TextAreaField(TYPED, description=TYPED)
        secret = PasswordField(TYPED, description=TYPED)
        day = DateParts(TYPED, description=TYPED)
        one = RadioField(TYPED, choices={TYPED: TYPED}, description=TYPED)
        upload = FileField(TYPED, description=TYPED)

    with app.test_request_context("/"):
        form = MarkedForm(data={"line": TYPED, "lines": TYPED}, meta={"csrf": False})
        for field in form:
            field.errors = [TYPED]
        drawn = render_template_string(
            """{% import "components/fields.html" as fields %}
            {{ fields.text(form.line) }}{{ fields.date(form.day) }}{{ fields.textarea(form.lines) }}
            {{ fields.password(form.secret) }}{{ fields.radios(form.one) }}{{ fields.file(form.upload) }}""",
            form=form,
        )

    assert "<script>" not in drawn
    assert drawn.count("&lt;script&gt;") >= 3 * 6


class Declaration(PortalForm):
    declaration = BooleanField("I have read it", description="All of it")


@pytest.mark.parametrize("errors", [[], ["Confirm it"]])
@pytest.mark.parametrize("hint", ["", "Every page"])
def test_a_checkbox_is_described_by_what_is_there(app, errors, hint):
    with app.test_request_context("/"):
        form = Declaration(meta={"csrf": False})
        form.declaration.errors = errors
        drawn = render_template_string(
            """{% import "components/fields.html" as fields %}
            {{ fields.checkbox(form.declaration, hint) }}""",
            form=form,
            hint=hint,
        )

    described_by = re.search(r'aria-describedby="([^"]+)"', drawn)[1].split()
    assert described_by == ["declaration-hint", *(["declaration-error"] if errors else [])]
    assert all(drawn.count(f'id="{each}"') == 1 for each in described_by)
    assert (hint or "All of it") in drawn


def test_the_frame_says_who_is_signed_in_and_whom_to_ring(client):
    text = client.get("/").text

    assert "Dr A Example, clinician at Lakeside Surgery" in text
    assert '<a href="tel:01214960100">0121 496 0100</a>' in text
    assert '<form class="portal-account__sign-out" method="post" action="/sign-out"' in text
    assert "Demonstration data. Not real people." in text


def test_the_frame_stands_without_anybody(app, client):
    app.context_processor(lambda: {"actor": None, "contact_teams": ()})

    text = client.get("/form").text

    assert "Sign out" not in text
    assert "Who to ring" not in text


def test_the_demonstration_notice_is_for_the_demonstration():
    assert (
        "Demonstration data" not in make_app(PORTAL_ENVIRONMENT="production").test_client().get("/form").text
    )


def test_the_title_is_the_heading_as_text(app, client):
    source = '{% extends "layouts/page.html" %}{% block heading %}Tom &amp; {{ who }}{% endblock %}'
    app.add_url_rule("/title", "title", lambda: render_template_string(source, who="<Ada>"))

    text = client.get("/title").text

    assert "<title>Tom &amp; &lt;Ada&gt; – Child protection" in text


def test_every_state_is_in_words_and_in_a_colour_of_the_kit():
    colours = {"grey", "green", "aqua-green", "blue", "purple", "pink", "red", "orange", "yellow", "white"}

    assert all(words and colour in colours for words, colour in STATE_WORDS.values())
    with pytest.raises(KeyError):
        state_in_words("request", "forgotten")


def test_text_in_every_component_is_escaped(client):
    text = client.get("/").text

    assert "Ada &lt;Example&gt;" in text
    assert "<Example>" not in text


def test_an_empty_answer_says_so(client):
    assert "Not answered</dd>" in client.get("/").text
