"""Stored files, and the packs made of what came in."""

import sqlalchemy as sa
from alembic import op

from migrations.row_security import AUTHORITY, OF_AUTHORITY, allow, protect

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_tables()
    secure()


def create_tables() -> None:
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
    )
    op.create_table(
        "stored_file_chunk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_stored_file_chunk_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file_chunk")),
        sa.UniqueConstraint("file_id", "number", name=op.f("uq_stored_file_chunk_file_id_number")),
    )
    op.create_table(
        "pack",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("conference_id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("for_person_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by_id", sa.Uuid(), nullable=True),
        sa.Column("requested_by_name", sa.Text(), nullable=False),
        sa.Column("built_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pdf_id", sa.Uuid(), nullable=True),
        sa.Column("word_id", sa.Uuid(), nullable=True),
        sa.Column("readers_digest", sa.LargeBinary(), nullable=True),
        sa.Column("meeting_digest", sa.LargeBinary(), nullable=True),
        sa.Column("unprintable", sa.Integer(), nullable=True),
        sa.Column("failed_because", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(audience = 'family') = (for_person_id IS NOT NULL)", name=op.f("ck_pack_family_copy_for_one")
        ),
        sa.CheckConstraint(
            "audience IN ('chair', 'professionals', 'family')", name=op.f("ck_pack_audience_is_known")
        ),
        sa.CheckConstraint(
            "state <> 'ready' OR (pdf_id IS NOT NULL AND word_id IS NOT NULL AND built_at IS NOT NULL)",
            name=op.f("ck_pack_ready_has_files"),
        ),
        sa.CheckConstraint(
            "state <> 'ready' OR (readers_digest IS NOT NULL AND meeting_digest IS NOT NULL)",
            name=op.f("ck_pack_ready_has_circumstances"),
        ),
        sa.CheckConstraint(
            "(state = 'failed') = (failed_because IS NOT NULL)", name=op.f("ck_pack_failed_for_a_reason")
        ),
        sa.CheckConstraint(
            "state IN ('requested', 'building', 'ready', 'failed', 'superseded')",
            name=op.f("ck_pack_state_is_known"),
        ),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_pack_conference_id")),
        sa.ForeignKeyConstraint(["for_person_id"], ["person.id"], name=op.f("fk_pack_for_person_id")),
        sa.ForeignKeyConstraint(["pdf_id"], ["stored_file.id"], name=op.f("fk_pack_pdf_id")),
        sa.ForeignKeyConstraint(["word_id"], ["stored_file.id"], name=op.f("fk_pack_word_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack")),
        sa.UniqueConstraint(
            "conference_id",
            "audience",
            "for_person_id",
            "number",
            name=op.f("uq_pack_conference_id_audience_for_person_id_number"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "pack_item",
        sa.Column("pack_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["pack_id"], ["pack.id"], name=op.f("fk_pack_item_pack_id")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_pack_item_submission_id")
        ),
        sa.PrimaryKeyConstraint("pack_id", "submission_id", name=op.f("pk_pack_item")),
    )


def secure() -> None:
    protect("stored_file", "stored_file_chunk", "pack", "pack_item")
    for table in ("stored_file", "stored_file_chunk", "pack_item"):
        allow(table, AUTHORITY, "SELECT, INSERT", OF_AUTHORITY)
    allow("pack", AUTHORITY, "SELECT, INSERT, UPDATE", OF_AUTHORITY)


def downgrade() -> None:
    op.drop_table("pack_item")
    op.drop_table("pack")
    op.drop_table("stored_file_chunk")
    op.drop_table("stored_file")
