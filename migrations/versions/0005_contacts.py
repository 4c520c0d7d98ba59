"""Contacts: what waits for the contact team."""

import sqlalchemy as sa
from alembic import op

from migrations.row_security import AUTHORITY, OF_AUTHORITY, allow, protect

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_tables()
    secure()


def create_tables() -> None:
    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("conference_id", sa.Uuid(), nullable=True),
        sa.Column("practice_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("has_restricted", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("holder_name", sa.Text(), nullable=True),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deferred_until", sa.Date(), nullable=True),
        sa.Column("deferred_reason", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Uuid(), nullable=True),
        sa.Column("closed_as", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_contact_closed_at_a_moment")
        ),
        sa.CheckConstraint(
            "(state = 'deferred') = (deferred_until IS NOT NULL)",
            name=op.f("ck_contact_deferred_until_a_day"),
        ),
        sa.CheckConstraint(
            "(state = 'held') = (holder_id IS NOT NULL)", name=op.f("ck_contact_held_by_somebody")
        ),
        sa.CheckConstraint(
            "kind IN ('report', 'nothing_found', 'not_registered', 'news', 'will_be_late', 'short_notice_call', 'practice_unknown', 'reason_missing', 'equal_nhs_number', 'conference_omitted', 'mail_undeliverable')",
            name=op.f("ck_contact_kind_is_known"),
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'held', 'deferred', 'closed')", name=op.f("ck_contact_state_is_known")
        ),
        sa.CheckConstraint(
            "(holder_id IS NULL) = (held_until IS NULL)", name=op.f("ck_contact_hold_expires")
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_as IS NULL)", name=op.f("ck_contact_closed_as_something")
        ),
        sa.CheckConstraint(
            "closed_as IN ('accepted', 'returned', 'superseded', 'spoken', 'settled', 'seen')",
            name=op.f("ck_contact_closed_as_is_known"),
        ),
        sa.CheckConstraint(
            "deferred_reason IN ('practice', 'social_worker', 'chair', 'next_list', 'other')",
            name=op.f("ck_contact_deferred_reason_is_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint(
            "authority_id", "kind", "source_id", name=op.f("uq_contact_authority_id_kind_source_id")
        ),
    )
    op.create_index(
        "ix_contact_closed",
        "contact",
        ["authority_id", "closed_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'closed'"),
    )
    op.create_index(op.f("ix_contact_conference_id"), "contact", ["conference_id"], unique=False)
    op.create_index(
        "ix_contact_queue",
        "contact",
        ["authority_id", "due_on", "id"],
        unique=False,
        postgresql_where=sa.text("state <> 'closed'"),
    )
    op.create_table(
        "contact_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_event")),
    )
    op.create_index(op.f("ix_contact_event_contact_id"), "contact_event", ["contact_id"], unique=False)
    create_calls()


def create_calls() -> None:
    op.create_table(
        "practice_call",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("spoke_to", sa.Text(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('spoke', 'left_message', 'no_answer')",
            name=op.f("ck_practice_call_outcome_is_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_call")),
    )
    op.create_index(
        op.f("ix_practice_call_authority_id_request_id"),
        "practice_call",
        ["authority_id", "request_id"],
        unique=False,
    )


def secure() -> None:
    protect("contact", "contact_event", "practice_call")
    allow("contact", AUTHORITY, "SELECT, INSERT, UPDATE", OF_AUTHORITY)
    allow("contact_event", AUTHORITY, "SELECT, INSERT", OF_AUTHORITY)
    allow("practice_call", AUTHORITY, "SELECT, INSERT", OF_AUTHORITY)


def downgrade() -> None:
    op.drop_table("practice_call")
    op.drop_table("contact_event")
    op.drop_table("contact")
