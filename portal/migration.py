"""Run the migrations from the application's side."""

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Connection

from config import ROOT


def upgrade(connection: Connection | None = None, revision: str = "head") -> None:
    """Bring the schema to `revision`, over a connection of its owner, else over MIGRATION_DATABASE_URL."""
    command.upgrade(_settings(connection), revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Take the schema back to `revision`."""
    command.downgrade(_settings(connection), revision)


def _settings(connection: Connection | None) -> AlembicConfig:
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(ROOT / "migrations"))
    settings.attributes["connection"] = connection
    return settings
