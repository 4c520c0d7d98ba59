"""As the application's database roles, with plain SQL: nothing of others, and nothing without a scope."""

import uuid

import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from portal.authorisation.actor import authority_scope, practice_scope
from portal.context import DatabaseRole, Scope
from portal.database import Model, acting_as, new_id
from tests.support.world import make_side

TABLES = sorted(Model.metadata.tables)
FOR_EVERYBODY = {("organisation", role) for role in DatabaseRole if role is not DatabaseRole.KEEPER} | {
    ("partnership_setting", DatabaseRole.PRACTICE),
    ("job", DatabaseRole.WORKER),
    ("worker_heartbeat", DatabaseRole.WORKER),
    ("worker_heartbeat", DatabaseRole.SIGN_IN),
    *(
        (table, DatabaseRole.SIGN_IN)
        for table in ("user_account", "membership", "credential", "user_session")
    ),
    ("sign_in_attempt", DatabaseRole.SIGN_IN),
    ("parked_form", DatabaseRole.SIGN_IN),
    ("user_account", DatabaseRole.PLATFORM),
    ("membership", DatabaseRole.PLATFORM),
}
"""What a role reads whole: a directory, local rules, and each role's own work."""
SEES_STAFF = {("membership", DatabaseRole.AUTHORITY), ("user_account", DatabaseRole.AUTHORITY)}
"""The contact team rings and writes to the staff of every practice."""


@pytest.fixture
def sides(db):
    return make_side(), make_side()


def rows(db, scope, table):
    """Every row the scope sees of a table; None when it is refused the table."""
    with acting_as(scope):
        savepoint = db.begin_nested()
        try:
            return [dict(row) for row in db.execute(text(f"SELECT * FROM {table}")).mappings()]
        except ProgrammingError as error:
            if not isinstance(error.orig, InsufficientPrivilege):
                raise
            return None
        finally:
            savepoint.rollback()


@pytest.mark.parametrize("role", list(DatabaseRole))
def test_without_an_organisation_no_row_is_seen(db, sides, role):
    for table in TABLES:
        seen = rows(db, Scope(role), table)
        assert not seen or (table, role) in FOR_EVERYBODY | SEES_STAFF, table


@pytest.mark.parametrize("role", list(DatabaseRole))
def test_another_organisation_sees_no_row_of_either_side(db, sides, role):
    for table in TABLES:
        seen = rows(db, Scope(role, new_id()), table)
        assert not seen or (table, role) in FOR_EVERYBODY | SEES_STAFF, table


def test_an_authority_sees_only_its_own(db, sides):
    own, foreign = sides
    mine = {own.authority.id, own.practice.id}
    for table in TABLES:
        if (table, DatabaseRole.AUTHORITY) in FOR_EVERYBODY | SEES_STAFF:
            continue
        for row in rows(db, authority_scope(own.authority.id), table) or []:
            assert row.get("authority_id", own.authority.id) == own.authority.id, table
            assert foreign.authority.id not in row.values(), table
            assert foreign.practice.id not in row.values() or foreign.practice.id in mine, table


def test_a_practice_sees_only_what_it_was_asked_about(db, sides):
    own, foreign = sides
    scope = practice_scope(own.practice.id)
    for table in TABLES:
        if (table, DatabaseRole.PRACTICE) in FOR_EVERYBODY:
            continue
        for row in rows(db, scope, table) or []:
            assert foreign.practice.id not in row.values(), table
            assert foreign.authority.id not in row.values(), table


@pytest.mark.parametrize("role", [DatabaseRole.AUTHORITY, DatabaseRole.NURSING, DatabaseRole.PLATFORM])
@pytest.mark.parametrize("table", ["report", "report_section"])
def test_a_draft_is_refused_to_everybody_but_the_practice(db, sides, role, table):
    own, _foreign = sides
    assert rows(db, Scope(role, own.authority.id), table) is None
    assert rows(db, Scope(role, own.practice.id), table) is None


@pytest.mark.parametrize("table", ["contact", "contact_event", "pack", "stored_file", "conference_list"])
def test_a_practice_is_refused_what_the_authority_works_on(db, sides, table):
    own, _foreign = sides
    assert rows(db, practice_scope(own.practice.id), table) is None


@pytest.mark.parametrize("role", [DatabaseRole.NURSING, DatabaseRole.PLATFORM, DatabaseRole.WORKER])
@pytest.mark.parametrize(
    "table", ["person", "person_identity", "person_address", "conference", "submission", "restricted_item"]
)
def test_roles_without_case_work_are_refused_case_content(db, sides, role, table):
    own, _foreign = sides
    assert rows(db, Scope(role, own.authority.id), table) is None


def test_signing_in_opens_accounts_only(db, sides):
    readable = {table for table in TABLES if rows(db, Scope(DatabaseRole.SIGN_IN), table) is not None}
    assert readable == {
        "organisation",
        "user_account",
        "membership",
        "credential",
        "user_session",
        "sign_in_attempt",
        "parked_form",
        "worker_heartbeat",
    }


WRITES = {
    "contact": "UPDATE contact SET holder_name = 'x'",
    "conference": "UPDATE conference SET venue = 'x'",
    "person": "UPDATE person SET sex = 'x'",
    "submission": "UPDATE submission SET state = 'superseded'",
    "pack": "UPDATE pack SET requested_by_name = 'x'",
    "report_request": "UPDATE report_request SET progress = 'opened'",
}


@pytest.mark.parametrize("table", WRITES)
def test_a_write_reaches_no_row_of_another_side(db, sides, table):
    own, foreign = sides
    for scope in (authority_scope(own.authority.id), practice_scope(own.practice.id)):
        with acting_as(scope):
            savepoint = db.begin_nested()
            try:
                written = db.execute(text(f"{WRITES[table]} RETURNING authority_id")).scalars().all()
            except ProgrammingError as error:
                if not isinstance(error.orig, InsufficientPrivilege):
                    raise
                written = []
            finally:
                savepoint.rollback()
            assert foreign.authority.id not in written


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO contact_event (id, authority_id, contact_id, event, happened_at, by_name)"
        " VALUES (:id, :authority, :id, 'x', '2026-01-01', 'x')",
        "INSERT INTO partnership_setting (id, authority_id, key, value, effective_from)"
        " VALUES (:id, :authority, 'x', '1', '2026-01-01')",
        "INSERT INTO job (id, organisation_id, database_role, name, arguments, state, run_after, attempts,"
        " created_at) VALUES (:id, :authority, 'portal_authority', 'x', '{}', 'waiting', '2026-01-01', 0,"
        " '2026-01-01')",
    ],
)
def test_nothing_is_written_in_another_authoritys_name(db, sides, statement):
    own, foreign = sides
    with acting_as(authority_scope(own.authority.id)):
        savepoint = db.begin_nested()
        with pytest.raises(DBAPIError, match="row-level security"):
            db.execute(text(statement), {"id": uuid.uuid4(), "authority": foreign.authority.id})
        savepoint.rollback()


def test_what_was_handed_in_never_changes(db, sides):
    own, _foreign = sides
    for scope in (authority_scope(own.authority.id), practice_scope(own.practice.id)):
        for change in (
            "UPDATE submission SET content_sealed = 'x'",
            "UPDATE submission SET submitted_by_name = 'x'",
            "DELETE FROM submission",
            "DELETE FROM restricted_item",
            "DELETE FROM submission_event",
            "UPDATE submission_event SET event = 'x'",
        ):
            with acting_as(scope):
                savepoint = db.begin_nested()
                with pytest.raises(DBAPIError, match="permission denied"):
                    db.execute(text(change))
                savepoint.rollback()


def test_the_login_role_itself_has_no_rights(db, sides):
    """`portal_app` inherits nothing: a transaction that forgot its scope reads nothing at all."""
    for table in TABLES:
        savepoint = db.begin_nested()
        db.execute(text("SELECT set_config('role', 'none', true)"))
        with pytest.raises(DBAPIError, match="permission denied"):
            db.execute(text(f"SELECT * FROM {table}"))
        savepoint.rollback()


def test_no_scope_is_left_over_in_the_next_transaction(db, sides):
    own, _foreign = sides
    with acting_as(authority_scope(own.authority.id)):
        assert rows(db, authority_scope(own.authority.id), "conference")
    db.rollback()
    assert db.scalar(text("SELECT current_user")) == "portal_sign_in"
    assert not db.scalar(text("SELECT current_setting('portal.scope', true)"))
