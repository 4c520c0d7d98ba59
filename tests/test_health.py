"""`/healthz` and `/readyz` tell what works and nothing more."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from portal import clock, database
from portal.authorisation.actor import authority_scope
from portal.context import DatabaseRole, Scope
from portal.database import acting_as, new_id
from portal.jobs.queue import enqueue
from portal.jobs.worker import MOST_ATTEMPTS, beat, run_next


@pytest.fixture
def heard(db):
    """A worker that was heard from just now."""
    beat(new_id())
    database.close()


def test_healthz_says_ok_without_asking_the_database(browser):
    response = browser.get("/healthz")
    assert (response.status_code, response.json) == (200, {"status": "ok"})


def test_readyz_is_ok_when_everything_works(browser, heard):
    response = browser.get("/readyz")
    assert response.status_code == 200
    assert response.json == {
        "status": "ok",
        "database": True,
        "migrations": True,
        "worker": True,
        "jobs": True,
    }


def test_readyz_tells_of_a_job_given_up_and_the_portal_still_serves(browser, heard):
    """Taking the web server away would help nobody: what failed stands in the background."""
    with acting_as(authority_scope(new_id())):
        enqueue("fail")
        database.commit()
    for attempt in range(MOST_ATTEMPTS):
        with clock.moved_to(clock.now() + timedelta(hours=attempt)):
            run_next({})
    response = browser.get("/readyz")
    assert response.status_code == 200
    assert response.json == {
        "status": "look at jobs",
        "database": True,
        "migrations": True,
        "worker": True,
        "jobs": False,
    }


def test_readyz_misses_a_worker_that_was_never_there(browser):
    response = browser.get("/readyz")
    assert (response.status_code, response.json["worker"]) == (503, False)


def test_readyz_misses_a_worker_that_fell_silent(browser, heard):
    with clock.moved_to(clock.now() + timedelta(minutes=2, seconds=1)):
        assert browser.get("/readyz").json["worker"] is False


@pytest.fixture
def behind(owner):
    """The database says that its schema is at an earlier revision."""
    at = owner.scalar(text("SELECT version_num FROM alembic_version"))
    owner.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    owner.commit()
    yield
    owner.execute(text("UPDATE alembic_version SET version_num = :at"), {"at": at})
    owner.commit()


def test_readyz_sees_a_database_that_is_behind(behind, browser, heard):
    response = browser.get("/readyz")
    assert response.status_code == 503
    assert (response.json["status"], response.json["migrations"]) == ("not ready", False)


def test_readyz_says_so_when_the_database_is_away(app, heard):
    engine = database.db.get_bind()
    database.close()
    database.db.configure(bind=database.create_engine("postgresql+psycopg://nobody@127.0.0.1:9/none"))
    try:
        response = app.test_client().get("/readyz")
    finally:
        database.close()
        database.db.configure(bind=engine)
    assert response.status_code == 503
    assert response.json["status"] == "not ready"
    assert not any(response.json[part] for part in ("database", "migrations", "worker", "jobs"))


def test_a_page_says_503_when_the_database_is_away(app, db):
    engine = database.db.get_bind()
    database.close()
    database.db.configure(bind=database.create_engine("postgresql+psycopg://nobody@127.0.0.1:9/none"))
    try:
        browser = app.test_client()
        with browser.session_transaction() as cookie:
            cookie["_user_id"] = "a token"
        response = browser.get("/")
    finally:
        database.close()
        database.db.configure(bind=engine)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"


def test_only_the_worker_says_that_it_is_there(db):
    with acting_as(Scope(DatabaseRole.SIGN_IN)):
        savepoint = db.begin_nested()
        with pytest.raises(DBAPIError, match="permission denied"):
            db.execute(text("DELETE FROM worker_heartbeat"))
        savepoint.rollback()
