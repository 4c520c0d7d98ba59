"""Accounts: organisations, people, memberships, credentials, sessions."""

import sqlalchemy as sa
from alembic import op

from migrations.row_security import (
    ACTING,
    AUTHORITY,
    EVERY_ROW,
    NURSING,
    OF_ORGANISATION,
    PLATFORM,
    PRACTICE,
    SIGN_IN,
    WORKER,
    allow,
    protect,
    release,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SEEN_MEMBERSHIP = "EXISTS (SELECT FROM membership m WHERE m.user_id = user_account.id)"
"""A person is seen by whoever may see one of their memberships."""
OF_WHOM_TO_TELL = (
    "EXISTS (SELECT FROM organisation o"
    " WHERE o.id = organisation_id AND o.kind IN ('practice', 'nursing_service'))"
)


def upgrade() -> None:
    create_tables()
    secure()


def create_tables() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("telephone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("clinical_system", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('authority', 'practice', 'nursing_service', 'health_safeguarding', 'platform')",
            name=op.f("ck_organisation_kind_is_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("kind", "code", name=op.f("uq_organisation_kind_code")),
    )
    op.create_table(
        "user_account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("telephone", sa.Text(), nullable=True),
        sa.Column("is_suspended", sa.Boolean(), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_user_account_email_is_lower_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("email", name=op.f("uq_user_account_email")),
    )
    op.create_table(
        "credential",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("totp_secret_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("totp_last_step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["user_account.id"], name=op.f("fk_credential_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential")),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("is_safeguarding_lead", sa.Boolean(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "role IN ('clinician', 'practice_admin', 'contact', 'chair', 'authority_admin', 'auditor', 'nurse', 'named_professional', 'platform_admin', 'system')",
            name=op.f("ck_membership_role_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_membership_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint(
            "user_id", "organisation_id", "role", name=op.f("uq_membership_user_id_organisation_id_role")
        ),
    )
    op.create_index(op.f("ix_membership_organisation_id"), "membership", ["organisation_id"], unique=False)
    op.create_table(
        "user_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('half', 'full', 'ended')", name=op.f("ck_user_session_state_is_known")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_user_session_membership_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_user_session_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_user_session_token_hash")),
    )
    op.create_index(op.f("ix_user_session_user_id"), "user_session", ["user_id"], unique=False)
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_hash", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("was_right", sa.Boolean(), nullable=False),
        sa.Column("attempted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('password', 'code')", name=op.f("ck_sign_in_attempt_kind_is_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    op.create_index(
        op.f("ix_sign_in_attempt_account_hash_kind_attempted_at"),
        "sign_in_attempt",
        ["account_hash", "kind", "attempted_at"],
        unique=False,
    )
    op.create_table(
        "parked_form",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("fields_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("parked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_parked_form_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parked_form")),
    )
    op.create_index(
        op.f("ix_parked_form_user_id_parked_at"), "parked_form", ["user_id", "parked_at"], unique=False
    )


def secure() -> None:
    op.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    op.execute(
        f"GRANT USAGE ON SCHEMA public TO {', '.join((*ACTING, SIGN_IN, WORKER))}, portal_keeper, portal_app"
    )
    op.execute(f"GRANT SELECT ON alembic_version TO {SIGN_IN}")
    protect("organisation", "user_account", "credential", "membership", "user_session", "sign_in_attempt")
    protect("parked_form")
    for role in (*ACTING, SIGN_IN, WORKER):
        allow("organisation", role, "SELECT", EVERY_ROW)  # a public directory of organisations
    allow("organisation", PLATFORM, "INSERT, UPDATE", EVERY_ROW)
    allow("user_account", PLATFORM, "SELECT, INSERT, UPDATE", EVERY_ROW)
    allow("user_account", SIGN_IN, "SELECT", EVERY_ROW)
    allow("membership", PLATFORM, "SELECT, INSERT, UPDATE", EVERY_ROW)
    allow("membership", SIGN_IN, "SELECT", EVERY_ROW)
    for role in (AUTHORITY, PRACTICE, NURSING):
        allow("user_account", role, "SELECT", SEEN_MEMBERSHIP)
        allow("membership", role, "SELECT", OF_ORGANISATION)
    op.execute(  # the contact team rings and writes to the staff of practices and nursing services
        f"CREATE POLICY {AUTHORITY}_others ON membership FOR SELECT TO {AUTHORITY} USING ({OF_WHOM_TO_TELL})"
    )
    allow("credential", PLATFORM, "INSERT", EVERY_ROW)
    allow("credential", SIGN_IN, "SELECT, UPDATE", EVERY_ROW)
    allow("user_session", SIGN_IN, "SELECT, INSERT, UPDATE", EVERY_ROW)
    allow("sign_in_attempt", SIGN_IN, "SELECT, INSERT", EVERY_ROW)
    allow("parked_form", SIGN_IN, "SELECT, INSERT, UPDATE, DELETE", EVERY_ROW, columns="given_back_at")


def downgrade() -> None:
    release("user_account", "membership")
    op.drop_table("parked_form")
    op.drop_table("sign_in_attempt")
    op.drop_table("user_session")
    op.drop_table("membership")
    op.drop_table("credential")
    op.drop_table("user_account")
    op.drop_table("organisation")
