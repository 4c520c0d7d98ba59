"""Whose record was read is said of each person alone, never of a practice as a whole."""

from datetime import date

import pytest

from portal.authorisation.actor import Role
from portal.database import acting_as
from portal.packs.coverage import coverage_blocks
from portal.packs.gathering import gather
from portal.questionnaire.readers import ReaderKind
from portal.submissions.actions import return_to_practice
from portal.submissions.content import RecordedReply
from portal.submissions.models import Submission
from portal.submissions.short_answers import PersonLooked, PersonNotHere, RecordRead, ShortAnswer, Since
from portal.submissions.states import SubmissionKind
from tests.packs import families
from tests.packs.families import commit_and_forget, send
from tests.packs.test_cover import ask_about_a_baby
from tests.support import factories as make

LAKE = "Zqlake Surgery"
FREYA, SARAH = "Freya Zqrourke", "Sarah Zqrourke"
NOTHING = f"{LAKE}: Nothing has come from this practice about this person"


@pytest.fixture
def family(db):
    return families.kept_apart()


def _coverage(family):
    with acting_as(family.scope):
        contents = gather(family.chair, family.conference, ReaderKind.PROFESSIONALS)
    table = coverage_blocks(contents)[1]
    return {name: said for name, _who, said in table.rows}


def _not_here(family, name):
    return ShortAnswer((PersonNotHere(family.id(name), name, Since.NEVER, None),))


def _looked(family, name, record=RecordRead.SUMMARY):
    return ShortAnswer((PersonLooked(family.id(name), name, record, "2020", date(2026, 3, 1)),))


def test_each_person_is_told_of_by_what_was_said_of_them(db, family):
    send(family, LAKE, SubmissionKind.NOT_REGISTERED, _not_here(family, SARAH))
    send(family, LAKE, SubmissionKind.NOTHING_FOUND, _looked(family, FREYA))
    ask_about_a_baby(db, family, LAKE)
    told = _coverage(family)
    assert told[SARAH] == f"{LAKE}: Not registered there: no record was read"
    assert told[FREYA] == (
        f"{LAKE}: Summary only, back to 2020: nothing found that the practice thought relevant"
    )
    assert told["Baby Zqbaby"] == NOTHING


def test_a_full_record_is_not_told_as_a_summary(family):
    send(family, LAKE, SubmissionKind.NOTHING_FOUND, _looked(family, FREYA, RecordRead.FULL))
    assert "Full record, back to 2020" in _coverage(family)[FREYA]


def test_somebody_disowned_before_a_report_is_not_told_of_as_overlooked(family):
    send(family, LAKE, SubmissionKind.NOT_REGISTERED, _not_here(family, SARAH))
    assert _coverage(family)[FREYA] == NOTHING
    family.hand_in(LAKE)
    told = _coverage(family)
    assert told[SARAH] == f"{LAKE}: Not registered there: no record was read"
    assert told[FREYA].startswith(f"{LAKE}: Yes, the full record")


def test_what_was_returned_is_marked(db, family):
    submission_id = send(family, LAKE, SubmissionKind.NOT_REGISTERED, _not_here(family, SARAH))
    with acting_as(family.scope):
        contact = make.make_actor(db.get(make.Organisation, family.authority_id), Role.CONTACT)
        return_to_practice(contact, db.get_one(Submission, submission_id), "She says she is yours")
    commit_and_forget()
    assert _coverage(family)[SARAH].endswith("no record was read (returned to the practice)")


def test_a_reply_filed_elsewhere_is_pointed_to(family):
    reply = RecordedReply("email", date(2026, 11, 20), "Shared drive", "Dr Zqpaper")
    send(family, LAKE, SubmissionKind.RECORDED, reply)
    assert _coverage(family)[FREYA] == f"{LAKE}: See the reply filed elsewhere"


def test_nothing_sent_is_said_of_everybody(family):
    assert _coverage(family)[FREYA] == _coverage(family)[SARAH] == NOTHING
