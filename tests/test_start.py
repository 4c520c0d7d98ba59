"""In production the portal does not start where its locks would not hold."""

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from config import ConfigurationError
from portal import database, refuse_unsafe_start
from portal.database import acting_as
from tests.support import factories as make


def start_as(url):
    engine = database.db.get_bind()
    database.close()
    database.db.configure(bind=create_engine(url, poolclass=NullPool))
    try:
        refuse_unsafe_start()
    finally:
        database.close()
        database.db.configure(bind=engine)


def test_the_applications_own_login_is_taken(app, owner_url):
    start_as(owner_url.set(username="portal_app"))


def test_the_owner_of_the_tables_is_refused(app, owner_url):
    with pytest.raises(ConfigurationError, match="DATABASE_URL"):
        start_as(owner_url)


def test_a_superuser_is_refused(app, administrator_url, owner_url):
    with pytest.raises(ConfigurationError, match="DATABASE_URL"):
        start_as(administrator_url.set(database=owner_url.database))


def test_an_empty_database_may_be_migrated_first(app, owner_url):
    """`flask database upgrade` builds the application too, before there is any table."""
    start_as(owner_url.set(username="portal_app", database="postgres"))


def test_a_database_with_invented_people_is_refused(db):
    with acting_as(make.PLATFORM):
        make.make_actor(make.make_authority(), "chair")
    with pytest.raises(ConfigurationError, match="demonstration"):
        refuse_unsafe_start()
