"""Reports: a practice's drafts, which the authority cannot see."""

import sqlalchemy as sa
from alembic import op

from migrations.row_security import OF_PRACTICE, PRACTICE, allow, protect

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_tables()
    secure()


def create_tables() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("questionnaire_version", sa.Text(), nullable=False),
        sa.Column("situation_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by_id", sa.Uuid(), nullable=False),
        sa.Column("started_by_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["report_request.id"], name=op.f("fk_report_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("request_id", name=op.f("uq_report_request_id")),
    )
    op.create_table(
        "report_section",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_from", sa.Uuid(), nullable=False),
        sa.Column("saved_turn", sa.BigInteger(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Uuid(), nullable=False),
        sa.Column("saved_by_name", sa.Text(), nullable=False),
        sa.CheckConstraint("revision > 0", name=op.f("ck_report_section_revision_counts_from_one")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_section_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_section")),
        sa.UniqueConstraint(
            "report_id",
            "section",
            "person_id",
            name=op.f("uq_report_section_report_id_section_person_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "set_aside_section",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("saved_from", sa.Uuid(), nullable=False),
        sa.Column("saved_turn", sa.BigInteger(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Uuid(), nullable=False),
        sa.Column("saved_by_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_set_aside_section_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_aside_section")),
        sa.UniqueConstraint(
            "report_id",
            "section",
            "person_id",
            "saved_from",
            name=op.f("uq_set_aside_section_report_id_section_person_id_saved_from"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(op.f("ix_set_aside_section_report_id"), "set_aside_section", ["report_id"], unique=False)


def secure() -> None:
    protect("report", "report_section", "set_aside_section")
    allow("set_aside_section", PRACTICE, "SELECT, INSERT, UPDATE, DELETE", OF_PRACTICE)
    allow("report", PRACTICE, "SELECT, INSERT", OF_PRACTICE)
    allow("report_section", PRACTICE, "SELECT, INSERT, UPDATE", OF_PRACTICE)


def downgrade() -> None:
    op.drop_table("set_aside_section")
    op.drop_table("report_section")
    op.drop_table("report")
