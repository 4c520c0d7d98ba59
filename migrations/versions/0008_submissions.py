"""Submissions: what was handed in, which nobody changes."""

import sqlalchemy as sa
from alembic import op

from migrations.row_security import AUTHORITY, OF_AUTHORITY, OF_PRACTICE, PRACTICE, allow, protect

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

GUARD = """
CREATE FUNCTION submission_content_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.content_digest <> OLD.content_digest
        OR (NEW.content_sealed <> OLD.content_sealed AND current_user <> 'portal_keeper')
        OR ROW(NEW.request_id, NEW.practice_id, NEW.authority_id, NEW.kind, NEW.number, NEW.submitted_at,
               NEW.submitted_by_id, NEW.submitted_by_name, NEW.reference)
           IS DISTINCT FROM
           ROW(OLD.request_id, OLD.practice_id, OLD.authority_id, OLD.kind, OLD.number, OLD.submitted_at,
               OLD.submitted_by_id, OLD.submitted_by_name, OLD.reference)
    THEN
        RAISE EXCEPTION 'a submission never changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$
"""


def upgrade() -> None:
    create_tables()
    secure()


def create_tables() -> None:
    op.create_table(
        "submission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("conference_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("content_digest", sa.LargeBinary(), nullable=False),
        sa.Column("questionnaire_version", sa.Text(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by_id", sa.Uuid(), nullable=True),
        sa.Column("submitted_by_name", sa.Text(), nullable=False),
        sa.Column("submitted_by_role", sa.Text(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("has_restricted", sa.Boolean(), nullable=False),
        sa.Column("idempotency_key", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('report', 'nothing_found', 'not_registered', 'news', 'recorded')",
            name=op.f("ck_submission_kind_is_known"),
        ),
        sa.CheckConstraint(
            "state IN ('received', 'accepted', 'returned', 'withdrawn', 'superseded')",
            name=op.f("ck_submission_state_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["organisation.id"], name=op.f("fk_submission_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_submission_conference_id")
        ),
        sa.ForeignKeyConstraint(["practice_id"], ["organisation.id"], name=op.f("fk_submission_practice_id")),
        sa.ForeignKeyConstraint(["request_id"], ["report_request.id"], name=op.f("fk_submission_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("reference", name=op.f("uq_submission_reference")),
        sa.UniqueConstraint(
            "request_id", "idempotency_key", name=op.f("uq_submission_request_id_idempotency_key")
        ),
        sa.UniqueConstraint("request_id", "number", name=op.f("uq_submission_request_id_number")),
    )
    op.create_index(op.f("ix_submission_conference_id"), "submission", ["conference_id"], unique=False)
    op.create_index(
        op.f("ix_submission_practice_id_submitted_at"),
        "submission",
        ["practice_id", "submitted_at"],
        unique=False,
    )
    op.create_table(
        "submission_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_submission_event_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_event")),
    )
    op.create_index(
        op.f("ix_submission_event_submission_id"), "submission_event", ["submission_id"], unique=False
    )
    op.create_table(
        "restricted_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_kept_to_chair", sa.Boolean(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_restricted_item_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restricted_item")),
        sa.UniqueConstraint(
            "submission_id", "position", name=op.f("uq_restricted_item_submission_id_position")
        ),
    )


def secure() -> None:
    protect("submission", "submission_event", "restricted_item")
    op.execute(GUARD)
    op.execute(
        "CREATE TRIGGER content_is_fixed BEFORE UPDATE ON submission"
        " FOR EACH ROW EXECUTE FUNCTION submission_content_is_fixed()"
    )
    for role, rows in ((AUTHORITY, OF_AUTHORITY), (PRACTICE, OF_PRACTICE)):
        allow("submission", role, "SELECT, INSERT", rows)
        allow("submission_event", role, "SELECT, INSERT", rows)
        allow("restricted_item", role, "SELECT", rows)
    allow("submission", AUTHORITY, "UPDATE", OF_AUTHORITY, columns="state")
    # A practice replaces what it sent before by something newer; to check or to return is the authority's.
    replaced = "state = 'superseded'"
    allow("submission", PRACTICE, "UPDATE", OF_PRACTICE, columns="state", becoming=replaced)
    allow("restricted_item", PRACTICE, "INSERT", OF_PRACTICE)


def downgrade() -> None:
    op.drop_table("restricted_item")
    op.drop_table("submission_event")
    op.drop_table("submission")
    op.execute("DROP FUNCTION submission_content_is_fixed()")
