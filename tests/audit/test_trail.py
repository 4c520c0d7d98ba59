"""The trail: appended at commit, chained, never changed, complete under load."""

import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from portal import context, database
from portal.audit.actions import pending, record_event
from portal.authorisation.actor import Role, system_for_authority
from portal.context import DatabaseRole, Scope
from portal.database import acting_as, commit, new_id
from tests.support import factories as make
from tests.support.chains import actions_of, faults_of_chain

ACTING = (DatabaseRole.AUTHORITY, DatabaseRole.PRACTICE, DatabaseRole.NURSING, DatabaseRole.PLATFORM)


def write(chain, *actions):
    """Record and commit, as one deed of the system for this authority."""
    actor = system_for_authority(chain)
    with acting_as(actor.scope):
        for action in actions:
            record_event(actor, action)
        commit()


def test_events_are_appended_at_commit_and_not_before(committed, owner):
    chain = new_id()
    actor = system_for_authority(chain)
    with acting_as(actor.scope):
        record_event(actor, "looked")
        database.db().flush()
        assert actions_of(owner, chain) == []
        commit()
    assert actions_of(owner, chain) == ["looked"]


def test_a_rollback_forgets_what_was_gathered(committed, owner):
    chain = new_id()
    actor = system_for_authority(chain)
    with acting_as(actor.scope):
        record_event(actor, "never_happened")
        database.db().connection()
        database.rollback()
        assert pending() == []
        record_event(actor, "happened")
        commit()
    assert actions_of(owner, chain) == ["happened"]


def test_a_savepoint_that_is_undone_forgets_only_its_own(db):
    actor = system_for_authority(new_id())
    record_event(actor, "before")
    for keeps in (True, False):
        savepoint = db.begin_nested()
        record_event(actor, "kept" if keeps else "undone")
        savepoint.commit() if keeps else savepoint.rollback()
    record_event(actor, "after")
    assert [event.action for event in pending()] == ["before", "kept", "after"]


def test_every_event_is_chained_to_the_one_before_it(committed, owner):
    chain = new_id()
    write(chain, "first", "second")
    write(chain, "third")
    assert actions_of(owner, chain) == ["first", "second", "third"]
    assert faults_of_chain(owner, chain) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_event SET action = 'nothing' WHERE chain_id = :chain AND number = 2",
        "UPDATE audit_event SET happened_at = happened_at - interval '1 s'"
        " WHERE chain_id = :chain AND number = 1",
        "UPDATE audit_event SET details = '{\"a\": 1}' WHERE chain_id = :chain AND number = 2",
        "DELETE FROM audit_event WHERE chain_id = :chain AND number = 2",
        "DELETE FROM audit_event WHERE chain_id = :chain AND number = 3",
        "INSERT INTO record_access_person SELECT id, gen_random_uuid(), happened_at FROM audit_event"
        " WHERE chain_id = :chain AND number = 1",
    ],
)
def test_a_change_by_the_owner_himself_is_seen(committed, owner, change):
    chain = new_id()
    write(chain, "first", "second", "third")
    owner.execute(text(change), {"chain": chain})
    assert faults_of_chain(owner, chain)
    owner.rollback()


@pytest.mark.parametrize("role", list(DatabaseRole))
@pytest.mark.parametrize("table", ["audit_event", "audit_chain", "record_access_person"])
def test_no_role_of_the_application_touches_the_trail(db, role, table):
    """Only `audit_append` writes it, and reading it is not this release's business."""
    for statement in (
        f"SELECT * FROM {table}",
        f"INSERT INTO {table} DEFAULT VALUES",
        f"UPDATE {table} SET id = id"
        if table != "record_access_person"
        else f"UPDATE {table} SET person_id = person_id",
        f"DELETE FROM {table}",
        f"TRUNCATE {table}",
    ):
        with acting_as(Scope(role, new_id())):
            savepoint = db.begin_nested()
            with pytest.raises(DBAPIError, match="permission denied"):
                db.execute(text(statement))
            savepoint.rollback()


def test_the_application_makes_no_tables(db):
    with acting_as(Scope(DatabaseRole.AUTHORITY, new_id())):
        savepoint = db.begin_nested()
        with pytest.raises(DBAPIError, match="permission denied"):
            db.execute(text("CREATE TABLE audit_event2 (id int)"))
        savepoint.rollback()


def test_commits_that_touch_the_same_chains_in_another_order_do_not_deadlock(committed, owner):
    """Unsorted, the two would wait for each other; sorted, one waits and both come through."""
    chains = [new_id(), new_id()]
    together = threading.Barrier(2)
    failures = []

    def work(order):
        try:
            for _ in range(15):
                actor = system_for_authority(order[0])
                context.set_scope(actor.scope)
                for chain in order:
                    record_event(system_for_authority(chain), "raced")
                together.wait(timeout=20)
                commit()
        except Exception as error:
            failures.append(error)
            together.abort()
        finally:
            database.close()

    threads = [threading.Thread(target=work, args=(order,)) for order in (chains, chains[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not failures
    for chain in chains:
        assert actions_of(owner, chain) == ["raced"] * 30
        assert faults_of_chain(owner, chain) == []


def test_an_event_about_an_authoritys_object_stands_in_the_authoritys_chain(db):
    authority, practice = make.make_authority(), make.make_practice()
    chair, clinician = make.make_actor(authority, Role.CHAIR), make.make_actor(practice, Role.CLINICIAN)
    child = make.make_person(authority, practice=practice)
    request = make.make_request(
        make.make_conference(authority, chair, [(child, "subject")]), practice, [child]
    )
    assert record_event(clinician, "looked", request).chain_id == authority.id
    assert record_event(clinician, "looked").chain_id == practice.id
