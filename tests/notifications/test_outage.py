"""A mail server that is away, for minutes or for days, loses nothing."""

from datetime import timedelta

import pytest

from config import Mail
from portal import clock
from portal.authorisation.actor import practice_scope
from portal.database import acting_as, commit, new_id
from portal.handlers import HANDLERS
from portal.jobs.failures import is_any_stuck
from portal.jobs.worker import run_all, run_next
from portal.notifications.actions import letterbox, notify
from portal.notifications.catalogue import Message
from portal.notifications.models import Notification
from portal.notifications.states import NotificationState
from portal.notifications.transport import Folder, Smtp
from tests.notifications.test_outbox import FACTS

AWAY = Mail(
    host="127.0.0.1",
    port=9,  # the discard port: nobody listens
    user=None,
    password=None,
    starts_tls=False,
    sender="conferences@portal.example.org",
    folder=None,
)


@pytest.fixture
def server_away(app):
    before = letterbox.transport
    letterbox.transport = Smtp(AWAY)
    yield
    letterbox.transport = before


def written(address="lead@example.org"):
    scope = practice_scope(new_id())
    with acting_as(scope):
        notification = notify(address, Message.REQUEST_NEW, "/requests/1", FACTS)
        commit()
    return scope, notification.id


def state_of(db, scope, notification_id):
    with acting_as(scope):
        return db.get(Notification, notification_id, populate_existing=True).state


def test_mail_survives_an_outage_of_two_days(db, server_away, tmp_path):
    mail, start = written(), clock.now()
    for hour in range(48):
        with clock.moved_to(start + timedelta(hours=hour)):
            run_next(HANDLERS)
    assert state_of(db, *mail) == NotificationState.WAITING
    letterbox.transport = Folder(tmp_path)
    with clock.moved_to(start + timedelta(hours=50)):
        run_all(HANDLERS)
        assert state_of(db, *mail) == NotificationState.SENT
        assert not is_any_stuck()


def test_an_outage_of_more_than_an_hour_is_seen_from_outside(db, browser, server_away):
    written()
    run_all(HANDLERS)
    with clock.moved_to(clock.now() + timedelta(hours=2)):
        assert browser.get("/readyz").json["jobs"] is False


def test_an_address_that_no_mail_can_bear_is_refused_at_once(db, server_away, caplog):
    mail = written("a@example.org\r\nBcc: thief@example.org")
    run_all(HANDLERS)
    assert state_of(db, *mail) == NotificationState.FAILED
    assert "mail_refused" in caplog.messages
