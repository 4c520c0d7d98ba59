"""Two people who want the same contact at the same moment, on two connections, really committed."""

import threading

import pytest
from sqlalchemy import text

from portal import context, database
from portal.authorisation.actor import Role, authority_scope
from portal.contacts import actions, queries
from portal.database import acting_as
from portal.errors import Conflict
from tests.contacts.queue import waiting
from tests.support import factories as make


@pytest.fixture
def office(app, owner):
    """An authority with two colleagues and two contacts, committed, and cleared away afterwards."""
    database.close()
    authority = make.make_authority("At once")
    colleagues = [make.make_actor(authority, Role.CONTACT, name=name) for name in ("Priya", "Tom")]
    contacts = [waiting(authority).id for _ in range(2)]
    database.commit()
    database.close()
    yield authority.id, colleagues, contacts
    database.close()
    for table in ("contact_event", "contact"):
        owner.execute(text(f"DELETE FROM {table} WHERE authority_id = :id"), {"id": authority.id})
    owner.execute(text("DELETE FROM membership WHERE organisation_id = :id"), {"id": authority.id})
    people = {"ids": [each.user_id for each in colleagues]}
    for table in ("credential", "user_account"):
        owner.execute(text(f"DELETE FROM {table} WHERE id = ANY(:ids)"), people)
    owner.execute(text("DELETE FROM organisation WHERE id = :id"), {"id": authority.id})
    owner.commit()


def both_at_once(colleagues, authority_id, deed):
    """Let each do the deed on a connection of their own; the second starts while the first is uncommitted."""
    ready, told = threading.Barrier(2, timeout=10), {}

    def work(actor):
        with acting_as(authority_scope(authority_id)):
            try:
                seen = deed(actor, ready)
                database.commit()
                told[actor.name] = seen
            except Conflict as error:
                told[actor.name] = error.message
            finally:
                database.close()

    threads = [threading.Thread(target=work, args=(actor,)) for actor in colleagues]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert not any(thread.is_alive() for thread in threads)
    return told


@pytest.mark.parametrize("attempt", range(5))
def test_one_claim_wins_and_the_other_is_told_who(office, attempt):
    authority_id, colleagues, (contact_id, _other) = office

    def claim(actor, ready):
        contact = queries.get_contact(actor, contact_id)  # both have read that it waits
        ready.wait()
        actions.claim(actor, contact)
        return "mine"

    told = both_at_once(colleagues, authority_id, claim)
    (winner,) = [name for name, words in told.items() if words == "mine"]
    (loser,) = set(told) - {winner}
    assert told[loser].startswith(f"{winner} is looking at this")


def test_two_who_take_the_most_urgent_get_two(office):
    authority_id, colleagues, contacts = office

    def take(actor, ready):
        ready.wait()
        return actions.claim_most_urgent(actor).id

    told = both_at_once(colleagues, authority_id, take)
    assert set(told.values()) == set(contacts)


def test_threads_leave_no_scope_behind(office):
    assert context.scope() == context.NOBODY
