"""Requests to practices, and with them all that a practice may see of a family."""

import sqlalchemy as sa
from alembic import op

from migrations.row_security import (
    AUTHORITY,
    OF_AUTHORITY,
    OF_PRACTICE,
    PRACTICE,
    SCOPE,
    allow,
    protect,
    release,
)

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ASKED_OF_PRACTICE = f"r.conference_id = conference.id AND r.practice_id = {SCOPE}"
GRANTED = f"g.practice_id = {SCOPE} AND g.person_id ="


def upgrade() -> None:
    create_tables()
    secure()


def create_tables() -> None:
    op.create_table(
        "report_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("conference_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("conference_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.Time(), nullable=True),
        sa.Column("is_short_notice", sa.Boolean(), nullable=False),
        sa.Column("writer_id", sa.Uuid(), nullable=True),
        sa.Column("writer_name", sa.Text(), nullable=True),
        sa.Column("late_until", sa.Date(), nullable=True),
        sa.Column("late_writer", sa.Text(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "progress IN ('not_started', 'opened', 'drafting', 'waiting_for_signature')",
            name=op.f("ck_report_request_progress_is_known"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'answered', 'nothing_found', 'not_registered', 'withdrawn')",
            name=op.f("ck_report_request_state_is_known"),
        ),
        sa.CheckConstraint(
            "(writer_id IS NULL) = (writer_name IS NULL)", name=op.f("ck_report_request_writer_has_a_name")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["organisation.id"], name=op.f("fk_report_request_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_report_request_conference_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["organisation.id"], name=op.f("fk_report_request_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_request")),
        sa.UniqueConstraint(
            "conference_id", "practice_id", name=op.f("uq_report_request_conference_id_practice_id")
        ),
    )
    op.create_index(
        op.f("ix_report_request_authority_id_due_on"),
        "report_request",
        ["authority_id", "due_on"],
        unique=False,
    )
    op.create_index(
        "ix_report_request_open",
        "report_request",
        ["practice_id", "due_on", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        op.f("ix_report_request_practice_id_conference_on"),
        "report_request",
        ["practice_id", "conference_on"],
        unique=False,
    )
    op.create_table(
        "request_person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("conference_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sight", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "answer IN ('reported', 'nothing_found', 'not_registered')",
            name=op.f("ck_request_person_answer_is_known"),
        ),
        sa.CheckConstraint(
            "sight IN ('asked', 'outline', 'hidden')", name=op.f("ck_request_person_sight_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_request_person_conference_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_request_person_person_id")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["report_request.id"], name=op.f("fk_request_person_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_person")),
        sa.UniqueConstraint("request_id", "person_id", name=op.f("uq_request_person_request_id_person_id")),
    )
    op.create_index(
        op.f("ix_request_person_conference_id_practice_id"),
        "request_person",
        ["conference_id", "practice_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_request_person_practice_id_person_id"),
        "request_person",
        ["practice_id", "person_id"],
        unique=False,
    )


def secure() -> None:
    protect("report_request", "request_person")
    allow("report_request", AUTHORITY, "SELECT, INSERT, UPDATE", OF_AUTHORITY)
    allow("request_person", AUTHORITY, "SELECT, INSERT, UPDATE, DELETE", OF_AUTHORITY)
    written_by_practice = (
        "state, progress, writer_id, writer_name, late_until, late_writer, opened_at, answered_at"
    )
    allow("report_request", PRACTICE, "SELECT, UPDATE", OF_PRACTICE, columns=written_by_practice)
    allow("request_person", PRACTICE, "SELECT", OF_PRACTICE)
    see_through_requests()


def see_through_requests() -> None:
    """What a practice sees of people and conferences, by what it was asked."""
    asked = "SELECT FROM request_person g WHERE g.sight = 'asked' AND " + GRANTED
    seen = "SELECT FROM request_person g WHERE g.sight <> 'hidden' AND " + GRANTED
    allow(
        "conference", PRACTICE, "SELECT", f"EXISTS (SELECT FROM report_request r WHERE {ASKED_OF_PRACTICE})"
    )
    allow("person", PRACTICE, "SELECT", f"EXISTS ({seen} person.id)")
    allow("person_identity", PRACTICE, "SELECT", f"EXISTS ({asked} person_identity.id)")
    allow(
        "person_address",
        PRACTICE,
        "SELECT",
        f"NOT is_confidential AND EXISTS ({asked} person_address.id)",
    )
    for table, rows in (("involvement", seen), ("family_link", asked)):
        here = f"EXISTS ({rows} {table}.person_id AND g.conference_id = {table}.conference_id)"
        allow(table, PRACTICE, "SELECT", here)
    kept_from = f"EXISTS ({asked} family_link.other_id AND g.conference_id = family_link.conference_id)"
    op.execute(  # whoever must not learn about a patient of this practice, whoever holds them
        f"CREATE POLICY {PRACTICE}_others ON family_link FOR SELECT TO {PRACTICE} USING ({kept_from})"
    )


def downgrade() -> None:
    for table in ("conference", "person", "person_identity", "person_address", "involvement", "family_link"):
        release(table, role=PRACTICE)
        op.execute(f"REVOKE SELECT ON {table} FROM {PRACTICE}")
    op.drop_table("request_person")
    op.drop_table("report_request")
