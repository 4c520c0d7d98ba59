"""What a form held, as whoever typed it reads it."""

from portal.web.typed_form import TypedText, fields_to_send, typed_texts

KEY = "6f1c2f4e-0000-4000-8000-000000000001"


def test_texts_and_choices_are_shown_in_order_with_their_field_in_words():
    fields = [("what_is_new", "Seen\r\ntoday"), ("until-day", "3"), ("what_is_new", "Again")]
    assert typed_texts(fields) == [
        TypedText("What is new", "Seen\ntoday"),
        TypedText("Until day", "3"),
        TypedText("What is new", "Again"),
    ]


def test_what_the_page_filled_in_itself_is_not_shown_but_sent():
    fields = [("idempotency_key", KEY), ("person", KEY), ("revision", "3"), ("go", "on"), ("text", " \n")]
    assert typed_texts(fields) == []
    assert fields_to_send(fields) == fields


def test_characters_that_no_page_may_hold_are_left_out():
    assert typed_texts([("te\x00xt", "a\x00b\x1bc")]) == [TypedText("Text", "abc")]
    assert fields_to_send([("te\x00xt", "a\x00b\x1bc")]) == [("text", "abc")]
