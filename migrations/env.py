"""Run the migrations: as the schema's owner, each in a transaction of its own."""

import os

from alembic import context
from sqlalchemy import create_engine, pool


def database_url() -> str:
    """The owner's address of the database. Raises KeyError, by name, when it is not set."""
    return context.config.attributes.get("url") or os.environ["MIGRATION_DATABASE_URL"]


def run() -> None:
    connection = context.config.attributes.get("connection")
    if connection is not None:
        _migrate(connection)
        return
    engine = create_engine(database_url(), poolclass=pool.NullPool)
    with engine.connect() as connection:
        _migrate(connection)


def _migrate(connection) -> None:  # noqa: ANN001 (Alembic hands over any connection)
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


run()
