"""Conferences, the people in them, and the lists they come in."""

import sqlalchemy as sa
from alembic import op

from migrations.row_security import AUTHORITY, OF_AUTHORITY, allow, protect

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_tables()
    secure()


def create_tables() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("person_ref", sa.Text(), nullable=False),
        sa.Column("family_name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("given_names_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("born_on_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("expected_on_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "born_on_sealed IS NULL OR expected_on_sealed IS NULL", name=op.f("ck_person_born_or_expected")
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["organisation.id"], name=op.f("fk_person_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("authority_id", "person_ref", name=op.f("uq_person_authority_id_person_ref")),
    )
    op.create_table(
        "person_identity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("nhs_number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("nhs_number_index", sa.LargeBinary(), nullable=True),
        sa.Column("surname_index", sa.LargeBinary(), nullable=False),
        sa.Column("surname_birth_index", sa.LargeBinary(), nullable=True),
        sa.Column("also_known_as_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("first_language", sa.Text(), nullable=False),
        sa.Column("interpreter_needed", sa.Text(), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=True),
        sa.Column("school_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("notes_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["person.id"], name=op.f("fk_person_identity_id")),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["organisation.id"], name=op.f("fk_person_identity_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_identity")),
    )
    op.create_index(
        op.f("ix_person_identity_authority_id_nhs_number_index"),
        "person_identity",
        ["authority_id", "nhs_number_index"],
        unique=False,
    )
    op.create_index(
        op.f("ix_person_identity_authority_id_surname_birth_index"),
        "person_identity",
        ["authority_id", "surname_birth_index"],
        unique=False,
    )
    op.create_index(
        op.f("ix_person_identity_authority_id_surname_index"),
        "person_identity",
        ["authority_id", "surname_index"],
        unique=False,
    )
    op.create_table(
        "person_address",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("lines_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("is_confidential", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["person.id"], name=op.f("fk_person_address_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_address")),
    )
    op.create_table(
        "conference",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("strategy_discussion_on", sa.Date(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("ends_at", sa.Time(), nullable=False),
        sa.Column("venue", sa.Text(), nullable=False),
        sa.Column("online_link_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("chair_id", sa.Uuid(), nullable=False),
        sa.Column("social_worker", sa.Text(), nullable=False),
        sa.Column("social_worker_phone", sa.Text(), nullable=False),
        sa.Column("nurse_email", sa.Text(), nullable=False),
        sa.Column("midwife_email", sa.Text(), nullable=False),
        sa.Column("family_name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("questions_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("is_address_confidential", sa.Boolean(), nullable=False),
        sa.Column("list_digest", sa.LargeBinary(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.Time(), nullable=True),
        sa.Column("is_short_notice", sa.Boolean(), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('planned', 'held', 'closed', 'postponed', 'cancelled')",
            name=op.f("ck_conference_state_is_known"),
        ),
        sa.CheckConstraint(
            "type IN ('initial', 'review', 'pre-birth', 'transfer-in')",
            name=op.f("ck_conference_type_is_known"),
        ),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_conference_starts_before_it_ends")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["organisation.id"], name=op.f("fk_conference_authority_id")
        ),
        sa.ForeignKeyConstraint(["chair_id"], ["user_account.id"], name=op.f("fk_conference_chair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference")),
        sa.UniqueConstraint("authority_id", "reference", name=op.f("uq_conference_authority_id_reference")),
    )
    op.create_index(
        op.f("ix_conference_authority_id_held_on"), "conference", ["authority_id", "held_on"], unique=False
    )
    op.create_index(op.f("ix_conference_chair_id"), "conference", ["chair_id"], unique=False)
    op.create_table(
        "involvement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("conference_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("lives_in_household", sa.Boolean(), nullable=False),
        sa.Column("parental_responsibility", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "role IN ('subject', 'sibling', 'mother', 'father', 'partner', 'other_adult')",
            name=op.f("ck_involvement_role_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["organisation.id"], name=op.f("fk_involvement_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_involvement_conference_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_involvement_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_involvement")),
        sa.UniqueConstraint(
            "conference_id", "person_id", name=op.f("uq_involvement_conference_id_person_id")
        ),
    )
    op.create_index(op.f("ix_involvement_person_id"), "involvement", ["person_id"], unique=False)
    op.create_table(
        "family_link",
        sa.Column("conference_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('parent_of', 'must_not_see')", name=op.f("ck_family_link_kind_is_known")
        ),
        sa.CheckConstraint("person_id <> other_id", name=op.f("ck_family_link_between_two_people")),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_family_link_conference_id")
        ),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_family_link_other_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_family_link_person_id")),
        sa.PrimaryKeyConstraint(
            "conference_id", "person_id", "kind", "other_id", name=op.f("pk_family_link")
        ),
    )
    op.create_table(
        "conference_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("conference_id", sa.Uuid(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_conference_event_conference_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference_event")),
    )
    op.create_index(
        op.f("ix_conference_event_conference_id"), "conference_event", ["conference_id"], unique=False
    )
    op.create_table(
        "conference_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by_id", sa.Uuid(), nullable=True),
        sa.Column("uploaded_by_name", sa.Text(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("omitted", sa.Integer(), nullable=False),
        sa.Column("done_to_line", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_name", sa.Text(), nullable=True),
        sa.Column("replaced_by_id", sa.Uuid(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('read', 'applying', 'applied', 'failed', 'discarded')",
            name=op.f("ck_conference_list_state_is_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference_list")),
    )
    op.create_index(
        op.f("ix_conference_list_authority_id_uploaded_at"),
        "conference_list",
        ["authority_id", "uploaded_at"],
        unique=False,
    )


def secure() -> None:
    protect("person", "person_identity", "person_address", "conference", "involvement", "family_link")
    protect("conference_event", "conference_list")
    for table in ("person", "person_identity", "person_address", "conference", "conference_list"):
        allow(table, AUTHORITY, "SELECT, INSERT, UPDATE", OF_AUTHORITY)
    for table in ("involvement", "family_link"):
        allow(table, AUTHORITY, "SELECT, INSERT, UPDATE, DELETE", OF_AUTHORITY)
    allow("conference_event", AUTHORITY, "SELECT, INSERT", OF_AUTHORITY)


def downgrade() -> None:
    op.drop_table("conference_list")
    op.drop_table("conference_event")
    op.drop_table("family_link")
    op.drop_table("involvement")
    op.drop_table("conference")
    op.drop_table("person_address")
    op.drop_table("person_identity")
    op.drop_table("person")
