"""Our templates are strict and escaped, the kit's are escaped too, and the frame says who is who."""

import pytest
from flask import render_template_string
from jinja2 import UndefinedError
from jinja2.runtime import StrictUndefined

from portal.web.kit import Kit, kit_environment
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


def test_the_kit_escapes(app):
    with app.test_request_context():
        button = render_template_string('{{ kit.button({"text": text}) }}', text="<script>")
        field = render_template_string(
            '{{ kit.password_input({"id": "a", "name": "a", "label": {"text": text}}) }}', text="<script>"
        )

    assert "<script>" not in button + field
    assert "&lt;script&gt;" in button
    assert "&lt;script&gt;" in field


def test_the_kit_has_no_macro_of_an_unknown_name():
    with pytest.raises(Exception, match="no-such-thing"):
        Kit().no_such_thing({})


def test_the_frame_says_who_is_signed_in_and_whom_to_ring(client):
    text = client.get("/").text

    assert "Dr A Example, clinician at Lakeside Surgery" in text
    assert '<a href="tel:01214960100">0121 496 0100</a>' in text
    assert '<form class="portal-account__sign-out" method="post" action="/sign-out"' in text
    assert "Demonstration data. Not real people." in text


def test_the_frame_stands_without_anybody(app, client):
    app.context_processor(lambda: {"actor": None, "contact_team": None})

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
