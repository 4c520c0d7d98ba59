"""The cover: who was asked, what came, and every thing that is still to come."""

import pytest

from portal.authorisation.actor import Role
from portal.conferences.actions import move_request
from portal.conferences.models import Involvement, ReportRequest, RequestPerson
from portal.conferences.states import RequestMove
from portal.database import acting_as
from portal.packs.cover import practices_table
from portal.packs.gathering import gather
from portal.questionnaire.readers import ReaderKind
from portal.submissions.actions import return_to_practice
from portal.submissions.models import Submission
from tests.packs import families
from tests.packs.families import commit_and_forget
from tests.support import factories as make

LAKE = "Zqlake Surgery"


@pytest.fixture
def family(db):
    return families.kept_apart()


def _rows(family):
    """What came and how far it is checked, of one practice."""
    with acting_as(family.scope):
        contents = gather(family.chair, family.conference, ReaderKind.PROFESSIONALS)
        return [row[2:] for row in practices_table(contents.asked).rows if row[0] == LAKE]


def _contact(db, family):
    return make.make_actor(db.get(make.Organisation, family.authority_id), Role.CONTACT)


def ask_about_a_baby(db, family, practice):
    """The request is widened after it was answered."""
    with acting_as(family.scope):
        contact = _contact(db, family)
        request = db.get_one(ReportRequest, family.requests[practice])
        baby = make.make_person(request.authority, given_names="Baby", family_name="Zqbaby")
        of_both = {
            "authority_id": family.authority_id,
            "conference_id": family.conference_id,
            "person_id": baby.id,
            "position": 9,
        }
        db.add(Involvement(role="sibling", lives_in_household=True, parental_responsibility="", **of_both))
        db.add(
            RequestPerson(request_id=request.id, practice_id=request.practice_id, sight="asked", **of_both)
        )
        move_request(contact, request, RequestMove.REOPEN)
    commit_and_forget()


def test_an_answered_request_awaits_nothing(family):
    family.hand_in(LAKE)
    assert [check for _came, check in _rows(family)] == ["Not yet checked"]


def test_a_practice_that_sent_nothing_has_a_row(family):
    ((came, check),) = _rows(family)
    assert came.startswith("Nothing yet\nDue ")
    assert check == "–"


def test_a_returned_report_is_still_to_come_again(db, family):
    submission_id = family.hand_in(LAKE)
    with acting_as(family.scope):
        return_to_practice(_contact(db, family), db.get_one(Submission, submission_id), "Whose school?")
    commit_and_forget()
    returned, awaited = _rows(family)
    assert returned[1] == "Returned to the practice: Whose school?"
    assert awaited[0].startswith("Something is still to come about Freya Zqrourke, Sarah Zqrourke\nDue ")


def test_a_widened_request_awaits_only_who_was_added(db, family):
    family.hand_in(LAKE)
    ask_about_a_baby(db, family, LAKE)
    _report, awaited = _rows(family)
    assert awaited[0].startswith("Something is still to come about Baby Zqbaby\nDue ")


def test_the_page_says_about_whom_something_is_still_to_come(browser, db, family):
    family.hand_in(LAKE)
    ask_about_a_baby(db, family, LAKE)
    page = browser.sign_in_as(family.chair).get(f"/conferences-to-chair/{family.conference_id}").text
    assert "Still to come about Baby Zqbaby" in page
