"""Ground for every test: a database of its own, the application, nothing beyond this machine."""

import os
import socket
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

import config
from portal import context, create_app, database, migration
from portal.context import NOBODY
from tests.support.browser import Browser
from tests.support.chromium import running_chromium
from tests.support.settings import test_config

ROLES = Path(__file__).parent.parent / "migrations" / "roles.sql"


@pytest.fixture(scope="session", autouse=True)
def _only_this_machine():
    """No test talks to anything but loopback and local sockets."""
    real = socket.socket.connect

    def connect(self, address):
        host = address[0] if isinstance(address, tuple) else "local"
        if host not in ("local", "127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {host}")
        return real(self, address)

    socket.socket.connect = connect
    yield
    socket.socket.connect = real


@pytest.fixture(scope="session")
def administrator_url():
    """A role that may make roles and databases."""
    url = os.environ.get("ADMIN_DATABASE_URL") or os.environ.get("DATABASE_URL")
    if not url:
        pytest.fail("Run the tests with ./run test: it starts the database and names it.")
    return make_url(url).set(drivername="postgresql+psycopg")


@pytest.fixture(scope="session")
def owner_url(administrator_url, worker_id):
    """A fresh database for this worker, migrated as its owner, dropped afterwards."""
    name = f"portal_test_{worker_id}_{os.getpid()}"
    administrator = create_engine(administrator_url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with administrator.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(1)"))  # two workers must not make one role at once
        connection.connection.driver_connection.execute(ROLES.read_text())
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name} OWNER portal_owner"))
    url = administrator_url.set(username="portal_owner", database=name)
    owner = create_engine(url, poolclass=NullPool)
    with owner.connect() as connection:
        migration.upgrade(connection)
        connection.commit()
    yield url
    database.db.remove()
    with administrator.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} (FORCE)"))


@pytest.fixture(scope="session")
def portal_config(owner_url, tmp_path_factory) -> config.Config:
    url = owner_url.set(username="portal_app").render_as_string(hide_password=False)
    return test_config(url, tmp_path_factory.mktemp("mail"))


@pytest.fixture(scope="session")
def app(portal_config):
    application = create_app(portal_config)
    application.testing = True
    application.test_client_class = Browser
    return application


@pytest.fixture
def db(app):
    """The session, inside a transaction that is undone afterwards; every commit becomes a savepoint."""
    engine = database.db.get_bind()
    database.close()
    with engine.connect() as connection:
        undone = connection.begin()
        database.db.configure(bind=connection, join_transaction_mode="create_savepoint")
        yield database.db
        database.close()
        undone.rollback()
    database.db.configure(bind=engine, join_transaction_mode="conditional_savepoint")
    context.set_scope(NOBODY)


@pytest.fixture
def committed(app, owner):
    """The session, committing for good, for tests with several connections; all tables are emptied after."""
    database.close()
    yield database.db
    database.close()
    owner.rollback()
    tables = owner.scalars(
        text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'")
    )
    owner.execute(text(f"TRUNCATE {', '.join(tables)}"))
    owner.commit()


@pytest.fixture
def browser(app, db):
    """A test client that reads every page it fetches as a strict browser would."""
    return app.test_client()


@pytest.fixture(scope="session")
def chromium():
    """One browser for all browser tests of this process: Playwright starts only once in each."""
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def owner(owner_url):
    """The schema's owner, who sees every committed row; for tests that commit."""
    engine = create_engine(owner_url, poolclass=NullPool)
    with engine.connect() as connection:
        yield connection
