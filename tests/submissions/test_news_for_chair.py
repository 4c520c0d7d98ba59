"""The chair is told of news, and of whatever comes after it was due; never by name."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.authorisation.actor import authority_scope
from portal.database import acting_as, db
from portal.notifications.catalogue import Message
from portal.notifications.models import Notification
from tests.triage.family import make_case


@pytest.fixture
def case(db):
    return make_case()


def told(case):
    with acting_as(authority_scope(case.authority.id)):
        return db.scalars(select(Notification).where(Notification.message == Message.NEWS_FOR_CHAIR)).all()


def test_a_report_in_time_is_no_news(case):
    case.report()
    assert not told(case)


def test_news_is_told_at_once(case):
    case.report()
    case.news()
    (mail,) = told(case)
    assert mail.link == f"/conferences-to-chair/{case.conference.id}"
    assert "Okafor" not in str(mail.facts)
    assert "moved" not in str(mail.facts)


def test_a_report_after_the_due_day_is_told(case):
    with clock.moved_to(clock.now() + timedelta(days=20)):
        case.report()
    assert len(told(case)) == 1
