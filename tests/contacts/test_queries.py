"""What the queue shows, in which order, page by page, and to whom."""

from datetime import timedelta

import pytest

from portal import clock
from portal.authorisation.actor import Role, authority_scope
from portal.contacts import actions, queries
from portal.contacts.queries import About, Filters, Show
from portal.contacts.states import ClosedAs, ContactKind, ContactState, DeferReason
from portal.database import acting_as
from portal.errors import InvalidInput, NotFound
from portal.web.pagination import encode_cursor
from tests.contacts.queue import waiting
from tests.support import factories as make


@pytest.fixture
def authority(db):
    return make.make_authority()


@pytest.fixture
def priya(authority):
    return make.make_actor(authority, Role.CONTACT, name="Priya Shah")


@pytest.fixture(autouse=True)
def _in_scope(authority):
    with acting_as(authority_scope(authority.id)):
        yield


def ids(page):
    return [row.id for row in page.items]


def test_queue_is_sorted_by_day_then_restricted_then_age(authority, priya):
    late = waiting(authority, days=9)
    with clock.moved_to(clock.now() - timedelta(hours=2)):
        older = waiting(authority, days=3)
    newer = waiting(authority, days=3)
    restricted = waiting(authority, days=3, has_restricted=True)
    expected = [restricted.id, older.id, newer.id, late.id]
    assert ids(queries.contacts_in_queue(priya, Filters())) == expected


@pytest.mark.parametrize("show", [Show.OPEN, Show.CLOSED])
def test_pages_together_show_every_contact_once(authority, priya, show):
    contacts = [waiting(authority, days=n % 3, has_restricted=bool(n % 2)) for n in range(11)]
    if show is Show.CLOSED:
        for contact in contacts:
            actions.claim(priya, contact)
            actions.close(priya, contact, ClosedAs.SEEN)
    seen, after = [], None
    while True:
        page = queries.contacts_in_queue(priya, Filters(show, after=after), size=3)
        seen += ids(page)
        after = queries.place_in(show, page.next_key)
        if after is None:
            break
    assert len(seen) == 11
    assert set(seen) == {contact.id for contact in contacts}


@pytest.mark.parametrize("show", [Show.OPEN, Show.CLOSED])
def test_cursor_of_another_list_is_refused(show):
    with pytest.raises(InvalidInput):
        queries.place_in(show, encode_cursor((clock.today(),)))


def test_shows_and_counts_agree(authority, priya):
    tom = make.make_actor(authority, Role.CONTACT, name="Tom Reed")
    first, second, third, fourth, fifth, _sixth = (waiting(authority) for _ in range(6))
    call = waiting(authority, kind=ContactKind.SHORT_NOTICE_CALL)
    waiting(authority, kind=ContactKind.REASON_MISSING)
    with clock.moved_to(clock.now() - timedelta(minutes=31)):
        actions.claim(tom, fifth)  # has run out by now
    actions.claim(priya, first)
    actions.claim(tom, second)
    actions.claim(tom, third)
    actions.close(tom, third, ClosedAs.SEEN)
    actions.claim(tom, fourth)
    actions.defer(tom, fourth, DeferReason.CHAIR, clock.today() + timedelta(days=2))
    counts = queries.queue_counts(priya)
    for show in Show:
        if show is not Show.CLOSED:
            assert counts[show] == len(queries.contacts_in_queue(priya, Filters(show)).items), show
    assert [counts[show] for show in (Show.WAITING, Show.MINE, Show.HELD, Show.DEFERRED)] == [4, 1, 2, 1]
    assert ids(queries.contacts_in_queue(priya, Filters(about=About.SHORT_NOTICE))) == [call.id]
    assert counts[About.TO_SETTLE] == counts[About.SHORT_NOTICE] == 1


def test_row_of_a_hold_that_ran_out_waits_and_names_nobody(authority, priya):
    contact = waiting(authority)
    with clock.moved_to(clock.now() - timedelta(minutes=31)):
        actions.claim(priya, contact)
    (row,) = queries.contacts_in_queue(priya, Filters()).items
    assert (row.state, row.holder_name) == (ContactState.WAITING, None)


def test_contact_of_another_authority_is_not_found(authority):
    stranger = make.make_actor(make.make_authority("Elsewhere"), Role.CONTACT)
    contact = waiting(authority)
    with pytest.raises(NotFound):
        queries.get_contact(stranger, contact.id)
    assert not queries.contacts_in_queue(stranger, Filters()).items
