"""What can be done with a contact, by whom, and in which order."""

from datetime import timedelta

import pytest

from portal import clock
from portal.authorisation.actor import Role, authority_scope, system_for_authority
from portal.contacts import actions, queries
from portal.contacts.states import CallOutcome, ClosedAs, ContactKind, ContactState, DeferReason
from portal.database import acting_as
from portal.errors import Conflict, ImpossibleMove, InvalidInput
from tests.contacts.queue import waiting
from tests.support import factories as make

MINUTE = timedelta(minutes=1)


@pytest.fixture
def authority(db):
    return make.make_authority()


@pytest.fixture
def priya(authority):
    return make.make_actor(authority, Role.CONTACT, name="Priya Shah")


@pytest.fixture
def tom(authority):
    return make.make_actor(authority, Role.CONTACT, name="Tom Reed")


@pytest.fixture
def contact(authority):
    return waiting(authority)


@pytest.fixture(autouse=True)
def _in_scope(authority):
    with acting_as(authority_scope(authority.id)):
        yield


def events_of(contact):
    return [event.event for event in queries.history_of(contact)]


def test_claim_holds_for_thirty_minutes(priya, contact):
    actions.claim(priya, contact)
    assert (contact.state, contact.holder_name) == (ContactState.HELD, "Priya Shah")
    assert clock.now() + 29 * MINUTE < contact.held_until <= clock.now() + 30 * MINUTE
    assert events_of(contact) == ["claimed"]


def test_claim_is_refused_with_the_name_of_whoever_holds_it(priya, tom, contact):
    actions.claim(priya, contact)
    with pytest.raises(Conflict, match="Priya Shah is looking at this"):
        actions.claim(tom, contact)
    assert contact.holder_id == priya.user_id


def test_claim_again_by_the_holder_starts_the_time_anew(priya, contact):
    actions.claim(priya, contact)
    first = contact.held_until
    with clock.moved_to(clock.now() + 20 * MINUTE):
        actions.claim(priya, contact)
    assert contact.held_until >= first + 19 * MINUTE
    assert events_of(contact) == ["claimed"]


def test_claim_when_the_hold_of_another_ran_out(priya, tom, contact):
    actions.claim(priya, contact)
    with clock.moved_to(clock.now() + 31 * MINUTE):
        actions.claim(tom, contact)
    assert contact.holder_name == "Tom Reed"
    assert sorted(events_of(contact)) == ["claimed", "claimed", "hold_ran_out"]


def test_close_when_the_own_hold_ran_out_but_nobody_took_it(priya, contact):
    actions.claim(priya, contact)
    with clock.moved_to(clock.now() + 31 * MINUTE):
        actions.close(priya, contact, ClosedAs.SEEN)
    assert contact.state == ContactState.CLOSED


@pytest.mark.parametrize("deed", ["release", "close", "defer"])
def test_deeds_need_a_claimed_contact(priya, tom, contact, deed):
    deeds = {
        "release": lambda who: actions.release(who, contact),
        "close": lambda who: actions.close(who, contact, ClosedAs.SEEN),
        "defer": lambda who: actions.defer(
            who, contact, DeferReason.CHAIR, clock.today() + timedelta(days=1)
        ),
    }
    with pytest.raises(ImpossibleMove, match="Take this first"):
        deeds[deed](priya)
    actions.claim(tom, contact)
    with pytest.raises(Conflict, match="Tom Reed"):
        deeds[deed](priya)


def test_release_lets_it_wait_again(priya, contact):
    actions.claim(priya, contact)
    actions.release(priya, contact)
    assert (contact.state, contact.holder_id, contact.held_until) == (ContactState.WAITING, None, None)


def test_close_keeps_who_and_why(priya, contact):
    actions.claim(priya, contact)
    actions.close(priya, contact, ClosedAs.SETTLED, "Rang the social worker")
    assert (contact.closed_as, contact.closed_by_id) == (ClosedAs.SETTLED, priya.user_id)
    assert [event.note for event in queries.history_of(contact)] == [None, "Rang the social worker"]


def test_defer_waits_again_by_itself_on_its_day(priya, contact):
    actions.claim(priya, contact)
    actions.defer(priya, contact, DeferReason.PRACTICE, clock.today() + timedelta(days=2), note="Back Monday")
    assert queries.first_waiting(priya) is None
    with clock.moved_to(clock.now() + timedelta(days=2)):
        assert queries.first_waiting(priya) is contact
        actions.claim(priya, contact)
    assert (contact.state, contact.deferred_until, contact.deferred_reason) == (ContactState.HELD, None, None)


def test_defer_is_refused_for_today(priya, contact):
    actions.claim(priya, contact)
    with pytest.raises(InvalidInput):
        actions.defer(priya, contact, DeferReason.OTHER, clock.today())


def test_reopen_lets_a_closed_contact_wait_but_not_a_waiting_one(priya, contact):
    actions.claim(priya, contact)
    actions.close(priya, contact, ClosedAs.ACCEPTED)
    with pytest.raises(ImpossibleMove):
        actions.claim(priya, contact)
    actions.reopen(priya, contact, "Accepted the wrong one")
    assert (contact.state, contact.closed_at, contact.closed_as) == (ContactState.WAITING, None, None)
    with pytest.raises(ImpossibleMove):
        actions.reopen(priya, contact)


def test_settle_closes_what_somebody_else_holds(authority, priya, contact):
    actions.claim(priya, contact)
    actions.settle(system_for_authority(authority.id), ContactKind.NEWS, contact.source_id, ClosedAs.SETTLED)
    assert (contact.state, contact.holder_id) == (ContactState.CLOSED, None)


def test_settle_closes_what_waits_or_was_put_off_once(authority, priya, contact):
    system = system_for_authority(authority.id)
    actions.claim(priya, contact)
    actions.defer(priya, contact, DeferReason.OTHER, clock.today() + timedelta(days=3))
    actions.settle(system, ContactKind.NEWS, contact.source_id, ClosedAs.SUPERSEDED)
    actions.settle(system, ContactKind.NEWS, contact.source_id, ClosedAs.SETTLED)
    assert contact.closed_as == ClosedAs.SUPERSEDED


def test_open_again_wakes_a_closed_contact_but_leaves_a_held_one(priya, contact):
    actions.claim(priya, contact)
    actions.open_again(priya, contact)
    assert contact.state == ContactState.HELD
    actions.close(priya, contact, ClosedAs.SEEN)
    actions.open_again(priya, contact)
    assert contact.state == ContactState.WAITING


def test_the_same_thing_twice_is_one_contact(authority, contact):
    again = waiting(authority, source_id=contact.source_id)
    assert again is contact


def test_follow_conference_moves_what_is_open(db, authority, priya):
    contact = waiting(authority, conference_id=authority.id)
    day = clock.today() + timedelta(days=40)
    actions.follow_conference(authority.id, day)
    db.refresh(contact)
    assert contact.due_on == day


def test_log_call_keeps_whom_we_spoke_to(db, authority, priya):
    request_id, practice_id = authority.id, authority.id
    actions.log_call(
        priya, request_id, practice_id, CallOutcome.SPOKE, spoke_to="Reception", note="Rings back"
    )
    db.flush()
    (call,) = queries.calls_about(priya, [request_id])
    assert (call.outcome, call.spoke_to, call.note, call.by_name) == (
        "spoke", "Reception", "Rings back", "Priya Shah",
    )  # fmt: skip
