"""The schema: models and migrations agree, migrations go both ways, and no table is left open."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

import portal.schema  # noqa: F401 (makes the metadata whole)
from config import ROOT
from portal import migration
from portal.context import DatabaseRole
from portal.crypto.sealed import _Sealed
from portal.database import Model

LIBRARY_TABLES = {"alembic_version"}
SEALED_ELSEWHERE = {"StoredFileChunk": "bytes, not text: documents.storage seals and opens them"}
PUBLIC_CHECKS = (
    "SELECT conname FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace"
)
LISTS_AS_ROWS = """
    SELECT c.relname AS name, c.relrowsecurity AS is_on, c.relforcerowsecurity AS is_forced
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
"""


@pytest.fixture
def fresh_database(administrator_url, owner_url):
    """A connection of the owner to an empty database of its own."""
    name = f"{owner_url.database}_schema"
    administrator = create_engine(administrator_url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with administrator.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name} OWNER portal_owner"))
    with create_engine(owner_url.set(database=name), poolclass=NullPool).connect() as connection:
        yield connection
    with administrator.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} (FORCE)"))


def test_models_and_migrations_make_the_same_schema(owner):
    differences = compare_metadata(
        MigrationContext.configure(
            owner, opts={"include_object": lambda _object, name, *_: name not in LIBRARY_TABLES}
        ),
        Model.metadata,
    )
    assert not differences


def test_checks_and_rules_of_models_are_in_the_database(owner):
    """Alembic compares no check constraints: their names are compared here."""
    stored = set(owner.scalars(text(PUBLIC_CHECKS)))
    declared = {
        constraint.name
        for table in Model.metadata.tables.values()
        for constraint in table.constraints
        if type(constraint).__name__ == "CheckConstraint"
    }
    assert {str(name) for name in declared} == stored


def test_words_of_closed_sets_are_the_same_in_models_and_database(owner):
    stored = dict(
        owner.execute(
            text(
                "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conname LIKE '%is_known'"
            )
        ).all()
    )
    for table in Model.metadata.tables.values():
        for constraint in table.constraints:
            if str(constraint.name).endswith("is_known"):
                assert _words(str(constraint.sqltext)) == _words(stored[str(constraint.name)])


def _words(check):
    return {word for number, word in enumerate(check.split("'")) if number % 2}


def test_migrations_have_one_head():
    script = ScriptDirectory(str(ROOT / "migrations"))
    assert len(script.get_heads()) == 1
    numbers = [revision.revision for revision in script.walk_revisions()][::-1]
    assert numbers == [f"{number:04d}" for number in range(1, len(numbers) + 1)]


def test_migrations_go_up_and_down_and_up_again(fresh_database):
    migration.upgrade(fresh_database)
    fresh_database.commit()
    before = _everything(fresh_database)
    migration.downgrade(fresh_database, "base")
    fresh_database.commit()
    assert _tables(fresh_database) == LIBRARY_TABLES
    assert not fresh_database.scalar(
        text("SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace")
    )
    migration.upgrade(fresh_database)
    fresh_database.commit()
    assert _everything(fresh_database) == before


def test_each_migration_goes_down_by_itself(fresh_database):
    """One step down and up from every revision, so that no downgrade leans on the one below it."""
    for revision in reversed(list(ScriptDirectory(str(ROOT / "migrations")).walk_revisions())):
        migration.upgrade(fresh_database, revision.revision)
        fresh_database.commit()
        there = _everything(fresh_database)
        migration.downgrade(fresh_database, revision.down_revision or "base")
        fresh_database.commit()
        migration.upgrade(fresh_database, revision.revision)
        fresh_database.commit()
        assert _everything(fresh_database) == there


def _everything(connection):
    """Columns, constraints, indexes, policies, grants, functions and triggers, as the catalogue has them."""
    questions = (
        "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns"
        " WHERE table_schema = 'public'",
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace",
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT tablename, policyname, cmd, roles::text, qual, with_check FROM pg_policies",
        "SELECT table_name, column_name, grantee, privilege_type FROM information_schema.column_privileges"
        " WHERE table_schema = 'public'",
        "SELECT proname, prosrc, proacl::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
        "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    )
    return [sorted(str(tuple(row)) for row in connection.execute(text(asked))) for asked in questions]


def _tables(connection):
    return {row.name for row in connection.execute(text(LISTS_AS_ROWS))}


def test_row_level_security_is_forced_on_every_table(owner):
    open_tables = [
        row.name
        for row in owner.execute(text(LISTS_AS_ROWS))
        if row.name not in LIBRARY_TABLES and not (row.is_on and row.is_forced)
    ]
    assert not open_tables


def test_every_table_has_a_policy_for_its_owner_else_data_migrations_change_nothing(owner):
    owned = set(
        owner.scalars(
            text(
                "SELECT tablename FROM pg_policies WHERE roles = ARRAY['portal_owner']::name[]"
                " AND cmd = 'ALL' AND qual = 'true'"
            )
        )
    )
    assert _tables(owner) - LIBRARY_TABLES == owned


def test_every_policy_is_for_one_role_and_knows_no_or(owner):
    rows = owner.execute(
        text("SELECT tablename, policyname, roles::text[] AS roles, qual, with_check FROM pg_policies")
    )
    known = {"portal_owner", *DatabaseRole}
    faults = [
        f"{row.tablename}.{row.policyname}"
        for row in rows
        if len(row.roles) != 1
        or row.roles[0] not in known
        or " OR " in (row.qual or "")
        or " OR " in (row.with_check or "")
    ]
    assert not faults


def test_every_right_has_a_policy_and_nobody_else_has_rights(owner):
    """A right without a policy is refused silently; a role that is not ours must have none at all."""
    granted = {
        (row.table_name, row.grantee, row.privilege_type)
        for row in owner.execute(
            text(
                "SELECT DISTINCT table_name, grantee, privilege_type FROM"
                " information_schema.column_privileges WHERE table_schema = 'public'"
                " UNION SELECT table_name, grantee, privilege_type FROM information_schema.role_table_grants"
                " WHERE table_schema = 'public'"
            )
        )
        if row.grantee != "portal_owner" and row.table_name not in LIBRARY_TABLES
    }
    assert {grantee for _table, grantee, _right in granted} <= set(DatabaseRole)
    allowed = {
        (row.tablename, row.roles[0], row.cmd)
        for row in owner.execute(text("SELECT tablename, roles::text[] AS roles, cmd FROM pg_policies"))
    }
    assert granted == {each for each in allowed if each[1] != "portal_owner"}


def test_the_application_logs_in_without_rights_of_its_own(owner):
    row = owner.execute(
        text(
            "SELECT rolsuper, rolinherit, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
            " WHERE rolname = 'portal_app'"
        )
    ).one()
    assert not any(row)
    for role in DatabaseRole:
        bypassing = text("SELECT rolbypassrls OR rolsuper OR rolcanlogin FROM pg_roles WHERE rolname = :name")
        assert owner.scalar(bypassing, {"name": role.value}) is False


def test_sealed_attributes_have_their_column_and_sealed_columns_their_attribute():
    for mapper in Model.registry.mappers:
        if mapper.class_.__name__ in SEALED_ELSEWHERE:
            continue
        columns = {column.name for column in mapper.columns if column.name.endswith("_sealed")}
        sealed = {
            f"{name}_sealed" for name, value in vars(mapper.class_).items() if isinstance(value, _Sealed)
        }
        assert columns == sealed, mapper.class_.__name__


def test_no_index_stands_over_a_sealed_column():
    """Each seal differs, so such an index finds nothing and only gives away that it was tried."""
    over = [
        index.name
        for table in Model.metadata.tables.values()
        for index in table.indexes
        if any(column.name.endswith("_sealed") for column in index.columns)
    ]
    assert not over
