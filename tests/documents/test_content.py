from datetime import datetime

import pytest

from portal.documents.content import Answer, AnswerState, Heading, Paragraph, Table, with_steady_headings
from tests.documents.sample import document


def test_heading_levels_never_skip_when_the_author_skips():
    blocks = [Heading(3, "a"), Heading(1, "b"), Heading(4, "c"), Heading(2, "d"), Heading(4, "e")]

    levels = [block.level for block in with_steady_headings(blocks)]

    assert levels == [1, 1, 2, 2, 3]


def test_keys_are_made_up_but_never_twice_when_one_is_taken():
    blocks = [Heading(1, "a"), Heading(1, "b", "section-2"), Heading(1, "c"), Heading(1, "d", "own")]

    keys = [block.key for block in with_steady_headings(blocks)]

    assert keys == ["section-1", "section-2", "section-3", "own"]


def test_heading_is_one_line_when_it_held_line_breaks():
    assert next(with_steady_headings([Heading(1, "one\n two")])).text == "one two"


@pytest.mark.parametrize("key", ["Upper", "a b", "-a", "a_b", "a" * 39])
def test_heading_refuses_a_key_that_is_no_link_target(key):
    with pytest.raises(ValueError, match="key"):
        Heading(1, "a", key)


def test_table_refuses_a_row_of_another_length():
    with pytest.raises(ValueError, match="cells"):
        Table("", ("a", "b"), (("only one",),))


def test_table_shares_add_up_when_widths_are_given_or_not():
    assert Table("", ("a", "b"), (), (1, 3)).shares == (0.25, 0.75)
    assert Table("", ("a", "b"), ()).shares == (0.5, 0.5)


def test_document_refuses_a_moment_without_time_zone():
    with pytest.raises(ValueError, match="time zone"):
        document(Paragraph("a"), created_at=datetime(2027, 1, 1))  # noqa: DTZ001


def test_document_refuses_two_headings_with_one_key():
    with pytest.raises(ValueError, match="share"):
        document(Heading(1, "a", "k"), Heading(1, "b", "k"))


def test_every_state_but_answered_is_said_in_words():
    assert [state for state in AnswerState if not state.words] == [AnswerState.ANSWERED]
    assert Answer("q", "a").state is AnswerState.ANSWERED
