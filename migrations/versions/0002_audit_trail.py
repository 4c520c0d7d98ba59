"""The trail: events that are only ever appended, through one function, each chained to the last."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.row_security import ACTING, SIGN_IN, WORKER, protect

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND = """
CREATE FUNCTION audit_append(
    p_id uuid, p_chain uuid, p_at timestamptz, p_user uuid, p_organisation uuid, p_role text, p_action text,
    p_target_kind text, p_target uuid, p_request text, p_details jsonb, p_people uuid[]
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    head audit_chain;
    next_number bigint;
    next_hash bytea;
BEGIN
    INSERT INTO audit_chain (id, last_number, last_hash) VALUES (p_chain, 0, '')
        ON CONFLICT (id) DO NOTHING;
    SELECT * INTO head FROM audit_chain WHERE id = p_chain FOR UPDATE;
    next_number := head.last_number + 1;
    next_hash := sha256(head.last_hash || convert_to(jsonb_build_array(
        p_id, p_chain, next_number, extract(epoch from p_at), p_user, p_organisation, p_role, p_action,
        p_target_kind, p_target, p_request, p_details, to_jsonb(p_people))::text, 'UTF8'));
    INSERT INTO audit_event (id, chain_id, number, happened_at, user_id, organisation_id, role, action,
        target_kind, target_id, request_id, details, previous_hash, hash)
    VALUES (p_id, p_chain, next_number, p_at, p_user, p_organisation, p_role, p_action,
        p_target_kind, p_target, p_request, p_details, head.last_hash, next_hash);
    INSERT INTO record_access_person (event_id, person_id, happened_at)
        SELECT p_id, person, p_at FROM unnest(p_people) AS person;
    UPDATE audit_chain SET last_number = next_number, last_hash = next_hash WHERE id = p_chain;
END
$$
"""
SIGNATURE = "audit_append(uuid,uuid,timestamptz,uuid,uuid,text,text,text,uuid,text,jsonb,uuid[])"


def upgrade() -> None:
    create_tables()
    secure()


def create_tables() -> None:
    op.create_table(
        "audit_chain",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("last_number", sa.BigInteger(), nullable=False),
        sa.Column("last_hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_chain")),
    )
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("chain_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("target_kind", sa.Text(), nullable=True),
        sa.Column("target_id", sa.Uuid(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("details", postgresql.JSONB(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    op.create_table(
        "record_access_person",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("event_id", "person_id", name=op.f("pk_record_access_person")),
    )


def secure() -> None:
    protect("audit_chain", "audit_event", "record_access_person")
    op.execute(APPEND)
    op.execute(f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO {', '.join((*ACTING, SIGN_IN, WORKER))}")


def downgrade() -> None:
    op.execute(f"DROP FUNCTION {SIGNATURE}")
    op.drop_table("record_access_person")
    op.drop_table("audit_event")
    op.drop_table("audit_chain")
