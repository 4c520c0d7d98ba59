"""Forms: messages, what comes back, and the status of a refused page."""

import ast
import html
import re
from datetime import date
from pathlib import Path

import flask_wtf
import html5lib
import pytest
import wtforms
from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from portal.web.forms import DateParts, FormError, IdempotencyKey, MaxLength, NotInFuture, PortalForm
from portal.web.plain_messages import PLAIN_MESSAGES

TRICKY = "\n\n  <b>\"two\" & 'one'</b>\n\tindented\n</textarea>\u2003łódź 👶 عربي {{ 7 * 7 }}\n\n"


class WrittenForm(PortalForm):
    name = StringField("Name", [DataRequired("Enter a name")])
    text = TextAreaField("Reason", [MaxLength(10)])
    seen = DateParts(
        "When was Ada last seen?", [DataRequired("Enter when"), NotInFuture()], noun="Date last seen"
    )
    told = RadioField("Told", [DataRequired("Say whether")], choices={"yes": "Yes", "no": "No"})
    key = IdempotencyKey()


def written(app, **typed):
    with app.test_request_context("/form", method="POST"):
        form = WrittenForm(MultiDict({"seen-day": "", **typed}), meta={"csrf": False})
        form.validate()
        return form


def token(client):
    return re.search(r'name="csrf_token" value="([^"]+)"', client.get("/form").text).group(1)


def textarea(page, name):
    parsed = html5lib.parse(page, namespaceHTMLElements=False)
    return next("".join(field.itertext()) for field in parsed.iter("textarea") if field.get("name") == name)


def test_a_refused_form_answers_422_with_error_in_title_and_all_errors_in_order(client):
    response = client.post("/form", data={"csrf_token": token(client), "key": "nonsense"})

    assert response.status_code == 422
    assert "<title>Error: Write about Ada –" in response.text
    links = re.findall(r'<li><a href="(#[^"]+)">([^<]+)</a>', response.text)
    assert links == [
        ("#place", "Enter where Ada was seen"),
        ("#reason", "Enter a reason"),
        ("#told", "Say whether you have told the family"),
        ("#last_seen-day", "Enter when Ada was last seen"),
        ("#declaration", "Confirm that you have read this report"),
    ]


def test_a_shown_form_answers_200_without_error_in_title(client):
    response = client.get("/form")

    assert response.status_code == 200
    assert "<title>Write about Ada –" in response.text
    assert "There is a problem" not in response.text


def test_text_comes_back_exactly_after_each_of_three_refusals(client):
    text = TRICKY
    for _ in range(3):
        response = client.post("/form", data={"csrf_token": token(client), "reason": text, "why_not": text})
        text = textarea(response.text, "reason")
        assert text == TRICKY
        assert textarea(response.text, "why_not") == TRICKY


def test_everything_else_typed_comes_back_after_a_refusal_but_the_password(client):
    key = "7b0f3f9e-6a0c-4c0e-9a55-1b2c3d4e5f60"
    typed = {
        "csrf_token": token(client),
        "place": 'At "home"',
        "password": "correct horse",
        "told": "no",
        "people": ["a", "b"],
        "last_seen-day": "31",
        "last_seen-month": "feb",
        "last_seen-year": "26",
        "practice": "Y90001",
        "declaration": "y",
        "key": key,
    }

    text = client.post("/form", data=typed).text

    assert 'value="At &#34;home&#34;"' in text
    assert "correct horse" not in text
    for name in ("31", "feb", "26", key):
        assert f'value="{name}"' in text
    assert re.findall(r'value="(\w+)" checked', text) == ["no", "a", "b", "y"]
    assert '<option value="Y90001" selected>' in text


def test_a_sound_form_is_acted_on(client):
    typed = {
        "csrf_token": token(client), "place": "Home", "reason": "Seen", "told": "yes", "declaration": "y",
        "last_seen-day": "1", "last_seen-month": "March", "last_seen-year": "2026",
        "key": "7b0f3f9e-6a0c-4c0e-9a55-1b2c3d4e5f60",
    }  # fmt: skip

    response = client.post("/form", data=typed)

    assert response.status_code == 303
    assert "Saved." in client.get("/").text


@pytest.mark.parametrize(
    ("day", "month", "year", "message", "wrong"),
    [
        ("31", "2", "2026", "Date last seen must be a real date", "seen-day"),
        ("", "2", "2026", "Date last seen must include a day", "seen-day"),
        ("3", "", "", "Date last seen must include a month and year", "seen-month"),
        ("3", "4", "26", "Date last seen must have a year of 4 numbers", "seen-year"),
        ("x", "4", "2026", "Date last seen must be a real date", "seen-day"),
        ("3", "April", "0000", "Date last seen must be a real date", "seen-day"),
        ("3", "4", "2999", "Date last seen must be today or in the past", "seen-day"),
        ("", "", "", "Enter when", "seen-day"),
    ],
)
def test_a_date_says_what_is_wrong_with_it(app, day, month, year, message, wrong):
    form = written(app, **{"seen-day": day, "seen-month": month, "seen-year": year})

    assert list(form.seen.errors) == [message]
    assert FormError(message, f"#{wrong}") in form.errors_in_order
    assert form.seen.parts == {"day": day, "month": month, "year": year}


@pytest.mark.parametrize("month", ["3", "03", "Mar", "march"])
def test_a_month_may_be_a_number_or_a_word(app, month):
    form = written(app, **{"seen-day": " 9", "seen-month": month, "seen-year": "2026"})

    assert form.seen.data == date(2026, 3, 9)
    assert not form.seen.errors


def test_a_date_given_is_shown_in_three_parts(app):
    with app.test_request_context("/form"):
        form = WrittenForm(data={"seen": date(2026, 3, 9)}, meta={"csrf": False})

    assert form.seen.parts == {"day": "9", "month": "3", "year": "2026"}


def test_an_optional_date_left_empty_is_none(app):
    class OptionalForm(PortalForm):
        seen = DateParts("Seen", [Optional()])

    with app.test_request_context("/form", method="POST"):
        form = OptionalForm(MultiDict({"seen-day": ""}), meta={"csrf": False})
        assert form.validate()
    assert form.seen.data is None


def test_text_longer_than_its_limit_is_refused_and_kept(app):
    form = written(app, text="x" * 11)

    assert form.text.errors == ["Reason must be 10 characters or fewer"]
    assert form.text.data == "x" * 11


def test_a_line_without_a_limit_of_its_own_has_one(app):
    assert written(app, name="x" * 501).name.errors == ["Name must be 500 characters or fewer"]


def test_a_line_end_as_a_browser_sends_it_counts_once(app):
    assert not written(app, text="12345\r\n789").text.errors


def test_a_line_loses_line_ends_and_controls(app):
    assert written(app, name=" Ada\r\nBcc: x\x00 ").name.data == "Ada Bcc: x"


def test_an_answer_that_was_not_offered_is_refused_in_our_words(app):
    assert written(app, told="perhaps").told.errors == ["Choose one of the answers listed"]


def test_a_key_survives_a_refusal_and_a_broken_one_is_replaced(app):
    kept = written(app, key="7b0f3f9e-6a0c-4c0e-9a55-1b2c3d4e5f60")
    broken = written(app, key="1; drop")

    assert str(kept.key.key) == "7b0f3f9e-6a0c-4c0e-9a55-1b2c3d4e5f60"
    assert broken.key.errors
    assert broken.key.key


def test_each_form_shown_has_a_key_of_its_own(client):
    keys = {re.search(r'name="key" value="([^"]+)"', client.get("/form").text).group(1) for _ in range(2)}

    assert len(keys) == 2


def test_refuse_shows_a_message_that_the_work_found(app):
    with app.test_request_context("/form", method="POST"):
        form = WrittenForm(MultiDict({"name": "Ada"}), meta={"csrf": False})
        form.validate()
        form.refuse("Somebody has taken this", "name")
        form.refuse("Nothing was saved")

    assert form.errors_in_order[0] == FormError("Somebody has taken this", "#name")
    assert form.errors_in_order[-1] == FormError("Nothing was saved", "")


def test_messages_are_escaped(client):
    response = client.post("/form", data={"csrf_token": token(client), "told": "<script>"})

    assert "<script>alert" not in html.unescape(response.text).replace("</script>", "")
    assert 'value="<script>"' not in response.text


def messages_of(package):
    """Every message that a library hands to its translations, written out in its source."""
    for path in Path(package.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("gettext", "ngettext"):
                for argument in node.args[:2]:
                    if isinstance(argument, ast.Constant):
                        yield argument.value


def test_every_message_of_the_libraries_has_plain_words():
    messages = {*messages_of(wtforms), *messages_of(flask_wtf)}
    assert len(messages) > 30, "the libraries' messages were not found"
    assert not messages - set(PLAIN_MESSAGES)
    assert not [
        words for words in PLAIN_MESSAGES.values() if re.search(r"field\b.*(must|cannot)|[Ii]nvalid", words)
    ]


def test_a_choice_that_was_never_offered_reads_plainly(app):
    class Choosing(PortalForm):
        people = SelectMultipleField("Who?", choices={"a": "Ada", "b": "Ben"})

    with app.test_request_context("/form", method="POST"):
        for chosen in (["bogus"], ["bogus", "other"]):
            form = Choosing(MultiDict([("people", each) for each in chosen]), meta={"csrf": False})
            assert not form.validate()
            assert form.people.errors == ["Choose one of the answers listed"]


def test_a_number_or_length_in_a_message_stays(app):
    class Counting(PortalForm):
        age = IntegerField("Age", [NumberRange(0, 17)])
        name = StringField("Name", [Length(max=3)])

    with app.test_request_context("/form", method="POST"):
        form = Counting(MultiDict({"age": "18", "name": "four"}), meta={"csrf": False})
        assert not form.validate()
    assert form.age.errors == ["Enter a number from 0 to 17"]
    assert form.name.errors == ["Enter 3 characters or fewer"]
