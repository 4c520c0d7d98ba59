"""What each authority sets, with the day from which it holds."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.row_security import AUTHORITY, EVERY_ROW, OF_AUTHORITY, PRACTICE, allow, protect

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_tables()
    secure()


def create_tables() -> None:
    op.create_table(
        "partnership_setting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", postgresql.JSONB(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_setting")),
        sa.UniqueConstraint(
            "authority_id",
            "key",
            "effective_from",
            name=op.f("uq_partnership_setting_authority_id_key_effective_from"),
        ),
    )


def secure() -> None:
    protect("partnership_setting")
    allow("partnership_setting", AUTHORITY, "SELECT, INSERT", OF_AUTHORITY)
    allow("partnership_setting", PRACTICE, "SELECT", EVERY_ROW)  # local rules: nothing about anybody


def downgrade() -> None:
    op.drop_table("partnership_setting")
