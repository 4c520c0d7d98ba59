"""Who is told, and what waits in the queue, when a booking changes something for the practices."""

import pytest
from sqlalchemy import func, select

from portal.conferences import list_import, settling
from portal.conferences.actions import move_request
from portal.conferences.models import Conference, ReportRequest
from portal.conferences.people import Person
from portal.conferences.states import RequestMove
from portal.contacts import actions as contacts
from portal.contacts.models import Contact
from portal.contacts.states import ClosedAs, ContactKind, ContactState
from portal.database import acting_as
from portal.notifications.catalogue import Message
from portal.notifications.models import Notification
from tests.support.lists.list_samples import list_of, rows_of_one_conference

SOON = {"strategy_discussion_date": "2026-11-20", "conference_date": "2026-11-25"}


def listed(**columns):
    return list_of([row | columns for row in rows_of_one_conference()])


def mails(db):
    found = db.execute(select(Notification.message, func.count()).group_by(Notification.message))
    return {message: count for message, count in found if message != Message.REQUEST_NEW}


def states(db, kind):
    return list(db.scalars(select(Contact.state).where(Contact.kind == kind).order_by(Contact.id)))


def close(ground, contact):
    contacts.claim(ground.contact, contact)
    contacts.close(ground.contact, contact, ClosedAs.SEEN)


def test_a_type_that_moves_the_due_day_is_told(db, ground):
    ground.take_over(listed())
    with acting_as(ground.scope):
        before = db.scalars(select(ReportRequest.due_on)).one()
        row = list_import.keep_list(
            ground.contact, listed(conference_type="review", strategy_discussion_date="")
        )
        assert [each.is_moved for each in list_import.preview(row).of("changed")] == [True]
        list_import.take_over_at_once(ground.contact, row)
        assert db.scalars(select(ReportRequest.due_on)).one() < before
        assert mails(db) == {Message.REQUEST_CHANGED: 1}


def test_a_type_that_leaves_the_due_day_is_not(db, ground):
    ground.take_over(listed())
    ground.take_over(listed(conference_type="transfer-in"))
    with acting_as(ground.scope):
        assert mails(db) == {}


def test_a_type_that_makes_the_notice_short_has_the_practice_rung(db, ground):
    day = {"conference_date": "2026-11-30"}  # five working days on
    ground.take_over(listed(strategy_discussion_date="2026-11-20", **day))
    ground.take_over(listed(conference_type="review", strategy_discussion_date="", **day))
    with acting_as(ground.scope):
        assert states(db, ContactKind.SHORT_NOTICE_CALL) == ["waiting"]
        assert mails(db) == {Message.REQUEST_CHANGED: 1}


def omitted_after(db, ground, *lists):
    for rows in lists:
        ground.take_over(list_of(rows))
    return states(db, ContactKind.CONFERENCE_OMITTED)


def test_a_conference_that_is_omitted_again_waits_again(db, ground):
    one = rows_of_one_conference("C-1")
    both = [*one, *rows_of_one_conference("C-2")]
    with acting_as(ground.scope):
        assert omitted_after(db, ground, both, one) == ["waiting"]
        assert omitted_after(db, ground, both) == ["closed"]
        assert omitted_after(db, ground, one) == ["waiting"]


def with_number(rows, number):
    """Another family, whose child has this NHS number."""
    rows = [row | {"person_ref": f"Q{row['person_ref']}", "parent_of": "", "nhs_number": ""} for row in rows]
    return [rows[0] | {"nhs_number": number}, *rows[1:]]


def test_one_more_person_with_an_equal_number_is_told_again(db, ground):
    number = "9991107282"
    family, later = rows_of_one_conference("C-1"), rows_of_one_conference("C-3")
    gains = [
        row | {"person_ref": f"A{row['person_ref']}", "parent_of": "", "nhs_number": ""} for row in later
    ]
    ground.take_over(list_of(gains))
    ground.take_over(list_of([*gains, *family, *with_number(rows_of_one_conference("C-2"), number)]))
    with acting_as(ground.scope):
        contact = db.scalars(select(Contact).where(Contact.kind == ContactKind.EQUAL_NHS_NUMBER)).one()
        close(ground, contact)
    everything = [*family, *with_number(rows_of_one_conference("C-2"), number)]
    ground.take_over(list_of([*gains, *(row | {"notes": "changed"} for row in everything)]))
    with acting_as(ground.scope):
        assert states(db, ContactKind.EQUAL_NHS_NUMBER) == ["closed"]
    ground.take_over(list_of([gains[0] | {"nhs_number": number}, *gains[1:], *everything]))
    with acting_as(ground.scope):
        assert len(db.scalars(select(Person)).all()) == 9
        assert "waiting" in states(db, ContactKind.EQUAL_NHS_NUMBER)


@pytest.fixture
def moved_away(db, ground):
    """A father whose practice was asked at short notice and rung, and who is registered elsewhere now."""
    rows = [row | SOON for row in rows_of_one_conference()]
    rows[2] |= {"gp_practice_code": "Y90002", "gp_practice_name": "Hawthorn Medical Centre"}
    ground.take_over(list_of(rows))
    with acting_as(ground.scope):
        request = db.scalars(
            select(ReportRequest).where(ReportRequest.practice_id == ground.practices["Y90002"].id)
        ).one()
        for kind in (ContactKind.WILL_BE_LATE, ContactKind.NEWS):
            contacts.open_contact(ground.authority.id, kind, request.id, due_on=request.conference_on)
    rows[2] |= {"gp_practice_code": "Y90003", "gp_practice_name": "Canal Street Practice"}
    ground.take_over(list_of(rows))
    return request.id


def test_a_practice_is_told_that_it_is_asked_no_longer(db, ground, moved_away):
    with acting_as(ground.scope):
        mail = db.scalars(select(Notification).where(Notification.message == "request_withdrawn")).one()
        assert (mail.address, mail.about_id) == (ground.practices["Y90002"].email, moved_away)


def test_nobody_rings_a_practice_that_is_asked_no_longer(db, ground, moved_away):
    with acting_as(ground.scope):
        waits = db.execute(select(Contact.kind, Contact.state).where(Contact.source_id == moved_away)).all()
        assert dict(waits) == {
            ContactKind.SHORT_NOTICE_CALL: ContactState.CLOSED,
            ContactKind.WILL_BE_LATE: ContactState.CLOSED,
            ContactKind.NEWS: ContactState.WAITING,
        }


@pytest.mark.parametrize(
    "columns", [{"conference_reason": "Why"}, {"questions_for_general_practice": "Were they seen?"}]
)
def test_a_reason_or_question_that_comes_later_is_told(db, ground, columns):
    ground.take_over(listed())
    ground.take_over(listed(**columns))
    with acting_as(ground.scope):
        assert mails(db) == {Message.REQUEST_EXPLAINED: 1}


@pytest.mark.parametrize(
    "columns", [{"social_worker": "B. Other"}, {"conference_reason": "Otherwise put"}, {"notes": "=1+1"}]
)
def test_other_changes_tell_nobody(db, ground, columns):
    ground.take_over(listed(conference_reason="Why"))
    row = ground.take_over(listed(**{"conference_reason": "Why"} | columns))
    with acting_as(ground.scope):
        assert row.changed == 1
        assert mails(db) == {}


@pytest.mark.parametrize(
    ("move", "count"),
    [(None, 1), (RequestMove.ANSWER, 1), (RequestMove.DISOWN, 0), (RequestMove.WITHDRAW, 0)],
)
def test_a_reason_given_by_hand_is_told_to_whom_it_concerns(db, ground, move, count):
    ground.take_over(listed())
    with acting_as(ground.scope):
        conference = db.scalars(select(Conference)).one()
        if move:
            move_request(ground.contact, db.scalars(select(ReportRequest)).one(), move)
        settling.say_why(ground.contact, conference, "Why", "")
        settling.say_why(ground.contact, conference, "Why", "")
        assert mails(db).get(Message.REQUEST_EXPLAINED, 0) == count
