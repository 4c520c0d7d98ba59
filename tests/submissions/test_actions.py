from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from portal import clock
from portal.conferences.models import RequestPerson
from portal.contacts.models import Contact
from portal.database import acting_as, commit, new_id
from portal.errors import ImpossibleMove, InvalidInput, NotReady, SentOtherwise
from portal.jobs.models import Job
from portal.notifications.models import Notification
from portal.reports.sending import say_late
from portal.submissions import actions
from portal.submissions.content import News, RecordedReply
from portal.submissions.models import Submission, SubmissionEvent
from portal.submissions.queries import get_submission, submissions_of
from portal.submissions.short_answers import PersonLooked, PersonNotHere, RecordRead, ShortAnswer, Since
from portal.submissions.states import SubmissionKind
from tests.reports import changes
from tests.reports.families import make_family, send_report, write_report


@pytest.fixture
def family(db):
    return make_family()


def looked(family):
    people = (family.child, family.mother)
    return ShortAnswer(
        tuple(PersonLooked(str(each.id), each.full_name, RecordRead.FULL, "2019", None) for each in people)
    )


def receive(family, actor, kind, content):
    request = family.seen_by(actor)
    with acting_as(actor.scope):
        submission = actions.receive(actor, request, kind, content, idempotency_key=new_id())
    commit()
    return submission


def find_nothing(family):
    return receive(family, family.clinician, SubmissionKind.NOTHING_FOUND, looked(family))


def seen(family, submission):
    return get_submission(family.contact, submission.id)


def mails(db, message):
    return db.scalars(select(Notification).where(Notification.message == message)).all()


def test_receive_tells_both_sides_and_asks_for_a_pack(family, db):
    submission = find_nothing(family)
    with acting_as(family.contact.scope):
        contact = db.scalar(select(Contact).where(Contact.source_id == submission.id))
        assert (contact.kind, contact.state) == ("nothing_found", "waiting")
        assert [mail.address for mail in mails(db, "contact_new")] == [family.authority.email]
        assert [
            job.arguments["conference_id"]
            for job in db.scalars(select(Job).where(Job.name == "packs.arrival"))
        ]
    with acting_as(family.clinician.scope):
        receipt = mails(db, "submission_received")
    assert [mail.address for mail in receipt] == [family.practice.email]
    assert receipt[0].facts["reference"] == submission.reference
    assert "Okafor" not in str(receipt[0].facts)


def test_accept_waits_to_tell_until_it_can_no_longer_be_undone(family, db):
    submission = find_nothing(family)
    with acting_as(family.contact.scope):
        submission = seen(family, submission)
        actions.accept(family.contact, submission)
        told = mails(db, "submission_accepted")
        assert submission.state == "accepted"
        assert family.practice.email in {mail.address for mail in told}
        assert all(mail.send_after > clock.now() + timedelta(minutes=9) for mail in told)


def test_reopen_takes_the_mail_back(family, db):
    submission = find_nothing(family)
    with acting_as(family.contact.scope):
        submission = seen(family, submission)
        actions.accept(family.contact, submission)
        actions.reopen(family.contact, submission, "Too soon")
        assert submission.state == "received"
        assert {mail.state for mail in mails(db, "submission_accepted")} == {"withdrawn"}


def test_two_decisions_at_once_are_one(family):
    submission = find_nothing(family)
    with acting_as(family.contact.scope):
        submission = seen(family, submission)
        actions.accept(family.contact, submission)
        with pytest.raises(ImpossibleMove):
            actions.return_to_practice(family.contact, submission, "Late thought")


def test_return_opens_the_request_and_forgets_the_answers(family, db):
    submission = find_nothing(family)
    with acting_as(family.contact.scope):
        submission = seen(family, submission)
        actions.return_to_practice(family.contact, submission, "Please read the mother's record")
        events = db.scalars(
            select(SubmissionEvent).where(SubmissionEvent.submission_id == submission.id)
        ).all()
        assert {event.event: event.note for event in events}["returned"] == "Please read the mother's record"
        assert submission.request.state == "open"
        answers = select(RequestPerson.answer).where(RequestPerson.request_id == submission.request_id)
        assert set(db.scalars(answers)) == {None}
        addresses = [mail.address for mail in mails(db, "submission_returned")]
        assert family.practice.email in addresses
        assert len(addresses) == len(set(addresses))


def test_returned_not_registered_asks_about_that_person_again(family):
    gone = PersonNotHere(str(family.mother.id), "Ngozi Okafor", Since.NEVER, None)
    submission = receive(family, family.administrator, SubmissionKind.NOT_REGISTERED, ShortAnswer((gone,)))
    with acting_as(family.contact.scope):
        actions.return_to_practice(family.contact, seen(family, submission), "She is: look under Eze")
    commit()
    request = family.seen_by(family.administrator)
    sights = {row.person_id: row.sight for row in request.people}
    assert sights[family.mother.id] == "asked"
    assert request.state == "open"


def test_returned_not_registered_shows_the_others_again_when_nobody_was_left(family):
    everybody = tuple(
        PersonNotHere(str(each.id), each.full_name, Since.NEVER, None)
        for each in (family.child, family.mother)
    )
    submission = receive(family, family.administrator, SubmissionKind.NOT_REGISTERED, ShortAnswer(everybody))
    request = family.seen_by(family.administrator)
    assert {row.sight for row in request.people} == {"hidden"}
    with acting_as(family.contact.scope):
        actions.return_to_practice(family.contact, seen(family, submission), "Both are: look under Eze")
    commit()
    db_request = family.seen_by(family.administrator)
    sights = {row.person_id: row.sight for row in db_request.people}
    assert sights[family.mother.id] == sights[family.child.id] == "asked"
    assert sights[family.father.id] == "outline"


def test_nobody_rings_a_practice_that_has_answered(family, db):
    with acting_as(family.clinician.scope):
        say_late(family.clinician, family.seen_by(family.clinician), "Dr Bello", clock.today())
    commit()
    find_nothing(family)
    with acting_as(family.contact.scope):
        late = db.scalar(select(Contact).where(Contact.kind == "will_be_late"))
        assert (late.state, late.closed_as) == ("closed", "settled")


def test_news_needs_an_answer_before_it(family):
    with pytest.raises(ImpossibleMove):
        receive(family, family.clinician, SubmissionKind.NEWS, News("A bruise"))


def test_news_leaves_the_answer_standing(family):
    first = find_nothing(family)
    second = receive(family, family.clinician, SubmissionKind.NEWS, News("A bruise"))
    assert (first.state, second.state, second.number) == ("received", "received", 2)


def test_recorded_reply_answers_the_request_and_counts_as_checked(family, db):
    request = family.seen_by(family.contact)
    reply = RecordedReply("email", clock.today(), "Case file, letters", "Dr Bello")
    with acting_as(family.contact.scope):
        submission = actions.record_reply(family.contact, request, reply, new_id())
        assert submission.state == "accepted"
        assert request.state == "answered"
        assert db.scalar(select(Contact).where(Contact.source_id == submission.id)) is None
        assert len(submissions_of(family.contact, family.conference.id)) == 1


def test_late_is_said_of_what_comes_after_the_due_day(family):
    with clock.moved_to(clock.now() + timedelta(days=17)):
        submission = find_nothing(family)
    assert submission.is_late


def answers_of(family):
    """What is answered about each person the practice is asked about."""
    request = family.seen_by(family.clinician)
    return {row.person_id: row.answer for row in request.people if row.sight == "asked"}


def states_of(db, family):
    with acting_as(family.clinician.scope):
        rows = db.execute(select(Submission.number, Submission.state).order_by(Submission.number)).all()
    return [state for _number, state in rows]


def test_nothing_found_about_one_more_child_leaves_the_report_standing(family, db):
    send_report(family, write_report(family, family.clinician))
    baby = changes.widen(family, given_names="Zuri")
    with pytest.raises(NotReady, match="Correct the report"):
        changes.find_nothing(family, baby)
    db.rollback()
    assert states_of(db, family) == ["received"]


def test_nothing_found_about_one_more_child_leaves_the_first_standing(family, db):
    changes.find_nothing(family, family.child, family.mother)
    baby = changes.widen(family, given_names="Zuri")
    changes.find_nothing(family, baby)
    assert states_of(db, family) == ["received", "received"]
    assert set(answers_of(family).values()) == {"nothing_found"}


def test_nothing_found_is_replaced_when_it_was_returned_or_is_given_again(family, db):
    changes.return_it(family, changes.find_nothing(family, family.child, family.mother))
    changes.say_not_here(family, family.clinician, family.mother)
    changes.find_nothing(family, family.child)
    assert states_of(db, family) == ["superseded", "received", "received"]


def test_a_returned_answer_asks_again_only_about_whom_it_was(family):
    changes.find_nothing(family, family.child, family.mother)
    baby = changes.widen(family, given_names="Zuri")
    changes.return_it(family, changes.find_nothing(family, baby))
    answers = answers_of(family)
    assert answers[baby.id] is None
    assert answers[family.mother.id] == "nothing_found"


def test_nothing_found_answers_for_nobody_it_does_not_name(family):
    changes.find_nothing(family, family.child)
    assert answers_of(family) == {family.child.id: "nothing_found", family.mother.id: None}


def test_an_unborn_child_is_answered_for_with_its_mother_alone(family):
    baby = changes.widen(family, given_names="Zuri", expected_on=family.conference.held_on)
    first = changes.find_nothing(family, family.child)
    assert answers_of(family)[baby.id] is None
    changes.return_it(family, first)
    changes.find_nothing(family, family.child, family.mother)
    assert answers_of(family)[baby.id] == "nothing_found"


def test_who_was_answered_for_is_not_disowned_and_nothing_is_stored(family, db):
    changes.find_nothing(family, family.child, family.mother)
    changes.widen(family, given_names="Zuri")
    with pytest.raises(InvalidInput, match="already answered"):
        changes.say_not_here(family, family.clinician, family.mother)
    assert states_of(db, family) == ["received"]


@pytest.mark.parametrize("state", ["accepted", "returned", "withdrawn"])
def test_a_practice_decides_nothing_about_what_it_sent(family, db, state):
    sent = find_nothing(family)
    with acting_as(family.clinician.scope):
        decide = text("UPDATE submission SET state = :state WHERE id = :id")
        with pytest.raises(DBAPIError, match="row-level security"), db.begin_nested():
            db.execute(decide, {"state": state, "id": sent.id})
        db.execute(decide, {"state": "superseded", "id": sent.id})


def test_a_key_that_is_known_with_other_words_is_refused(family):
    find_nothing(family)
    request, key = family.seen_by(family.clinician), new_id()
    with acting_as(family.clinician.scope):
        sent = [
            actions.receive(
                family.clinician, request, SubmissionKind.NEWS, News("Seen today"), idempotency_key=key
            )
            for _twice in range(2)
        ]
        assert sent[0].id == sent[1].id
        with pytest.raises(SentOtherwise) as refused:
            actions.receive(
                family.clinician, request, SubmissionKind.NEWS, News("At A&E now"), idempotency_key=key
            )
    assert refused.value.location == f"/sent/{sent[0].id}/receipt"


def test_a_reply_recorded_twice_with_one_key_is_one_though_time_went_by(family):
    request, key = family.seen_by(family.contact), new_id()
    with acting_as(family.contact.scope):
        replies = [
            RecordedReply("email", clock.today(), "File 3", "The practice", recorded_at=clock.now())
            for _twice in range(2)
        ]
        first, second = (actions.record_reply(family.contact, request, reply, key) for reply in replies)
        assert first.id == second.id
