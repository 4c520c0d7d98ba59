"""Pages of a long list."""

import base64
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.errors import InvalidInput
from portal.web.pagination import Page, decode_cursor, encode_cursor, typed_key

PARTS = st.one_of(
    st.none(), st.dates(), st.datetimes(timezones=st.just(UTC)), st.uuids(), st.text(max_size=20),
    st.integers(min_value=-(2**62), max_value=2**62),
)  # fmt: skip


@given(st.lists(PARTS, max_size=3).map(tuple))
def test_a_key_comes_back_as_it_went_in(key):
    decoded = decode_cursor(encode_cursor(key))

    assert decoded == key
    assert [type(part) for part in decoded] == [type(part) for part in key]


def test_a_moment_stays_a_moment_and_a_day_a_day():
    key = (datetime(2026, 12, 10, 14, tzinfo=UTC), date(2026, 12, 10), UUID(int=1), None)

    assert decode_cursor(encode_cursor(key)) == key


@pytest.mark.parametrize("cursor", [None, ""])
def test_no_cursor_is_the_first_page(cursor):
    assert decode_cursor(cursor) is None


@given(
    st.one_of(
        st.text(min_size=1), st.binary(min_size=1).map(lambda raw: base64.urlsafe_b64encode(raw).decode())
    )
)
def test_a_cursor_that_is_not_ours_is_refused(cursor):
    with pytest.raises(InvalidInput):
        decode_cursor(cursor)


@pytest.mark.parametrize(
    "packed",
    [
        '[["i", "5"]]',
        '[["u", 5]]',
        '[["d", null]]',
        '[["n", 1]]',
        '[["x", 1]]',
        "5",
        '{"i": 1}',
        '[["i", 1e400]]',
        '[["i", 99999999999999999999]]',
        "[" * 250,
    ],
)
def test_a_cursor_with_a_wrong_part_is_refused(packed):
    with pytest.raises(InvalidInput):
        decode_cursor(base64.urlsafe_b64encode(packed.encode()).decode())


def test_a_cursor_of_the_list_is_read():
    key = (date(2026, 12, 10), False, datetime(2026, 12, 10, 14, tzinfo=UTC), UUID(int=1))

    assert typed_key(encode_cursor(key), date, bool, datetime, UUID) == key
    assert typed_key(None, date, UUID) is None


@pytest.mark.parametrize(
    "key",
    [
        (),
        (date(2026, 1, 1),),
        (UUID(int=1), date(2026, 1, 1)),
        (datetime(2026, 1, 1, tzinfo=UTC), UUID(int=1)),
        (date(2026, 1, 1), UUID(int=1), 1),
        (None, UUID(int=1)),
    ],
)
def test_a_cursor_of_another_list_is_refused(key):
    with pytest.raises(InvalidInput):
        typed_key(encode_cursor(key), date, UUID)


def test_a_row_more_than_the_page_holds_means_there_is_another():
    full = Page.of([1, 2, 3], 2, lambda number: (number,))
    last = Page.of([3], 2, lambda number: (number,))

    assert full.items == (1, 2)
    assert decode_cursor(full.next_key) == (2,)
    assert last == Page((3,), None)
