"""Row-level security in the words of a migration: who may do what to which rows of a table."""

from alembic import op

SCOPE = "nullif(current_setting('portal.scope', true), '')::uuid"
"""The one organisation in whose name the transaction acts; NULL, and so no row, when nobody does."""

AUTHORITY = "portal_authority"
PRACTICE = "portal_practice"
NURSING = "portal_nursing"
PLATFORM = "portal_platform"
SIGN_IN = "portal_sign_in"
WORKER = "portal_worker"
ACTING = (AUTHORITY, PRACTICE, NURSING, PLATFORM)
"""The roles of people and of jobs, each with one organisation."""

EVERY_ROW = "true"
OF_AUTHORITY = f"authority_id = {SCOPE}"
OF_PRACTICE = f"practice_id = {SCOPE}"
OF_ORGANISATION = f"organisation_id = {SCOPE}"


def protect(*tables: str) -> None:
    """Nobody sees a row but by a policy; the owner keeps its own, else data migrations change nothing."""
    for table in tables:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY owner ON {table} TO portal_owner USING (true) WITH CHECK (true)")


def allow(table: str, role: str, rights: str, rows: str, *, columns: str = "", becoming: str = "") -> None:
    """Let `role` do `rights` ("SELECT, INSERT") to the rows that `rows` describes.

    `columns` limits an UPDATE to these columns, `becoming` to what a row may be afterwards.
    """
    for right in rights.split(", "):
        limited = f" ({columns})" if columns and right == "UPDATE" else ""
        op.execute(f"GRANT {right}{limited} ON {table} TO {role}")
        op.execute(
            f"CREATE POLICY {role}_{right.lower()} ON {table} FOR {right} TO {role} {_clause(right, rows, becoming)}"
        )


def _clause(right: str, rows: str, becoming: str) -> str:
    if right == "INSERT":
        return f"WITH CHECK ({rows})"
    if right == "UPDATE":
        return f"USING ({rows}) WITH CHECK ({f'{rows} AND {becoming}' if becoming else rows})"
    return f"USING ({rows})"


def release(*tables: str, role: str = "") -> None:
    """Drop every policy of these tables (only those of `role`, when it is named): some depend on other tables."""
    for table in tables:
        kept = f"AND roles = ARRAY['{role}']::name[]" if role else ""
        op.execute(
            f"""
            DO $$ DECLARE policy name; BEGIN
                FOR policy IN SELECT policyname FROM pg_policies WHERE tablename = '{table}' {kept} LOOP
                    EXECUTE format('DROP POLICY %I ON {table}', policy);
                END LOOP;
            END $$
            """
        )
