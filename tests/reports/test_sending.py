import json

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from portal.conferences.models import RequestPerson
from portal.contacts.models import Contact
from portal.context import DatabaseRole, Scope
from portal.database import acting_as, commit, enter, new_id
from portal.errors import Conflict, NotReady, SentOtherwise
from portal.notifications.models import Notification
from portal.questionnaire.readers import FamilyLinks, Reader, ReaderKind
from portal.reports import actions, drafts, sending
from portal.reports.tasks import all_problems
from portal.submissions.models import RestrictedItem, Submission
from portal.submissions.queries import get_submission, submissions_for_request
from portal.submissions.reading import read_report
from tests.reports.changes import return_it
from tests.reports.families import (
    CHAIR_ONLY_WORDS,
    RESTRICTED_WORDS,
    make_family,
    restricted_rows,
    send_report,
    write_report,
)

INTERNATIONAL = "Żółć, gęślą jaźń 🦋 طفلة آمنة في بيتها"


@pytest.fixture
def family(db):
    return make_family()


def test_a_filled_report_has_no_problems(family):
    draft = write_report(family, family.clinician)
    assert [(each.part.section.key, each.problem.message) for each in all_problems(draft)] == []


def test_submitting_twice_with_one_key_is_one_submission_one_contact_one_receipt(family, db):
    draft = write_report(family, family.clinician)
    key = new_id()
    first = send_report(family, draft, key)
    second = send_report(family, draft, key)
    assert first.id == second.id
    enter(family.clinician.scope)
    assert len(submissions_for_request(family.clinician, family.request.id)) == 1
    enter(family.contact.scope)
    assert len(db.scalars(select(Contact).where(Contact.source_id == first.id)).all()) == 1
    enter(family.clinician.scope)
    receipts = select(Notification).where(Notification.message == "submission_received")
    assert len(db.scalars(receipts).all()) == 1


def signed_by(family, actor, draft, key=None):
    with acting_as(actor.scope):
        sent = sending.submit_report(actor, draft, key or new_id())
    commit()
    return sent


def change(family, draft):
    """A colleague adds something to the first section."""
    with acting_as(family.clinician.scope):
        part = draft.parts[0]
        answers = {**draft.raw(part), "involvement": "More than before"}
        typed = actions.Typed(answers, draft.revision(part), new_id())
        actions.save_section(family.administrator, draft.report, part, typed)
        changed = drafts.draft_of(drafts.get_report(family.clinician, family.request.id))
    commit()
    return changed


def test_one_key_with_other_content_is_refused(family, db):
    draft = write_report(family, family.clinician)
    key = new_id()
    first = send_report(family, draft, key)
    with pytest.raises(SentOtherwise) as refused:
        send_report(family, change(family, draft), key)
    assert refused.value.location == f"/sent/{first.id}/receipt"
    enter(family.clinician.scope)
    assert len(submissions_for_request(family.clinician, family.request.id)) == 1


def test_a_second_signature_under_the_same_report_is_refused(family, db):
    draft = write_report(family, family.clinician, {"restricted": restricted_rows(family)})
    first = send_report(family, draft)
    with pytest.raises(Conflict, match="Dr Amara Bello sent this report just now"):
        signed_by(family, family.lead, draft)
    with pytest.raises(Conflict, match="You sent this report just now"):
        signed_by(family, family.clinician, draft)
    enter(family.clinician.scope)
    assert [each.state for each in submissions_for_request(family.clinician, family.request.id)] == [
        "received"
    ]
    assert signed_by(family, family.lead, change(family, draft)).number == 2
    assert db.get(Submission, first.id, populate_existing=True).state == "superseded"


def test_a_returned_report_may_be_sent_again_as_it_was(family, db):
    draft = write_report(family, family.clinician)
    return_it(family, send_report(family, draft))
    enter(family.clinician.scope)
    again = drafts.draft_of(drafts.get_report(family.clinician, family.request.id))
    assert send_report(family, again).number == 2


def test_a_report_moves_the_request_and_answers_for_the_people(family, db):
    sent = send_report(family, write_report(family, family.clinician))
    assert family.seen_by(family.clinician).state == "answered"
    enter(family.clinician.scope)
    answers = db.scalars(select(RequestPerson.answer).where(RequestPerson.request_id == family.request.id))
    assert sorted(answers, key=str) == [None, "reported", "reported"]
    assert sent.number == 1
    assert sent.reference.startswith("GP-")


def test_restricted_text_stands_apart_from_the_content(family, db):
    draft = write_report(family, family.clinician, {"restricted": restricted_rows(family)})
    sent = send_report(family, draft)
    assert RESTRICTED_WORDS not in json.dumps(sent.content)
    assert CHAIR_ONLY_WORDS not in json.dumps(sent.content)
    enter(family.chair.scope)
    items = db.scalars(select(RestrictedItem).where(RestrictedItem.submission_id == sent.id)).all()
    assert sorted(item.is_kept_to_chair for item in items) == [False, True]
    assert sent.has_restricted


@pytest.mark.parametrize(
    ("reader", "shown", "hidden"),
    [
        (ReaderKind.CHAIR, [RESTRICTED_WORDS, CHAIR_ONLY_WORDS], []),
        (ReaderKind.PROFESSIONALS, [RESTRICTED_WORDS], [CHAIR_ONLY_WORDS]),
        (ReaderKind.FAMILY, [], [RESTRICTED_WORDS, CHAIR_ONLY_WORDS]),
    ],
)
def test_each_reader_reads_the_restricted_items_they_may(family, reader, shown, hidden):
    draft = write_report(family, family.clinician, {"restricted": restricted_rows(family)})
    sent = send_report(family, draft)
    enter(family.chair.scope)
    person = str(family.mother.id) if reader is ReaderKind.FAMILY else None
    links = FamilyLinks(
        {str(family.mother.id): frozenset({str(family.child.id)})},
        {},
        frozenset({str(family.child.id)}),
        False,
    )
    parts = read_report(get_submission(family.chair, sent.id), Reader(reader, person), links)
    words = repr(parts)
    assert parts
    assert all(each in words for each in shown)
    assert not any(each in words for each in hidden)


def test_items_all_kept_to_the_chair_do_not_read_as_not_answered(family):
    rows = restricted_rows(family)
    only_chair = {name: value for name, value in rows.items() if not name.startswith("items-0-")}
    draft = write_report(family, family.clinician, {"restricted": only_chair})
    sent = send_report(family, draft)
    enter(family.chair.scope)
    parts = read_report(sent, Reader(ReaderKind.PROFESSIONALS), FamilyLinks())
    restricted = next(part for part in parts if part.section_key == "restricted")
    assert [each.question.key for each in restricted.answers if each.question.key == "items"] == []


def test_letters_of_every_script_come_back_as_typed(family):
    answers = {
        "writer": {"knows_family": "records_only", "other_adults": "not_looked", "involvement": INTERNATIONAL}
    }
    sent = send_report(family, write_report(family, family.clinician, answers))
    enter(family.chair.scope)
    parts = read_report(get_submission(family.chair, sent.id), Reader(ReaderKind.CHAIR), FamilyLinks())
    assert INTERNATIONAL in {each.text for part in parts for each in part.answers}


def test_an_unfinished_report_is_not_sent(family):
    draft = write_report(family, family.clinician, {"writer": {"involvement": "x"}})
    with pytest.raises(NotReady):
        send_report(family, draft)


def test_a_correction_replaces_the_report_and_closes_its_contact(family, db):
    draft = write_report(family, family.clinician)
    first = send_report(family, draft)
    second = send_report(family, change(family, draft))
    assert second.number == 2
    assert (first.state, second.state) == ("superseded", "received")
    enter(family.contact.scope)
    states = {row.source_id: row.state for row in db.execute(select(Contact.source_id, Contact.state))}
    assert (states[first.id], states[second.id]) == ("closed", "waiting")


@pytest.mark.parametrize("column", ["content_sealed = 'x'", "content_digest = 'x'", "number = 9"])
def test_nobody_changes_what_was_sent(family, db, column):
    sent = send_report(family, write_report(family, family.clinician))
    enter(family.clinician.scope)
    with pytest.raises(DBAPIError), db.begin_nested():
        db.execute(text(f"UPDATE submission SET {column} WHERE id = :id"), {"id": sent.id})


def test_the_authority_cannot_read_drafts(family, db):
    write_report(family, family.clinician)
    with acting_as(Scope(DatabaseRole.AUTHORITY, family.authority.id)):
        for table in ("report", "report_section", "set_aside_section"):
            with pytest.raises(DBAPIError, match="permission denied"), db.begin_nested():
                db.execute(text(f"SELECT * FROM {table}"))


def test_another_practice_finds_neither_draft_nor_submission(family, db):
    send_report(family, write_report(family, family.clinician))
    enter(family.stranger.scope)
    for table in ("report", "report_section", "submission", "submission_event"):
        assert db.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0
    assert db.scalars(select(Submission)).all() == []
