"""The pages of the contact team: what they show, to whom, and what they never show."""

import pytest
from sqlalchemy import select

from portal.audit import actions as audit
from portal.authorisation.actor import Role, authority_scope
from portal.conferences.models import Involvement
from portal.conferences.people import PersonIdentity
from portal.contacts.queries import Filters
from portal.contacts.states import ContactKind
from portal.database import acting_as
from portal.database import db as session
from portal.triage.queries import queue_lines
from portal.triage.sheets import sheet_of
from tests.support import factories as make
from tests.triage.family import SECRET, SHARED, WORRY, make_case, signed_in


@pytest.fixture
def case(db):
    return make_case()


@pytest.fixture
def office(browser, case):
    return signed_in(browser, case.officer)


def test_queue_shows_family_practice_kind_and_holder(case, office):
    _report, contact = case.report()
    case.hold(contact, case.colleague)
    page = office.get("/queue").text
    for words in ("Okafor family", "Lakeside Surgery", "Report", "Tom Reed", "working days"):
        assert words in page, words


def test_queue_when_nothing_waits(office):
    page = office.get("/queue").text
    assert "Nothing waits" in page
    assert "Is a child in danger now?" in page
    assert "Take the most urgent" not in page


def test_queue_of_another_authority_is_empty(case, browser):
    case.report()
    stranger = make.make_actor(make.make_authority("Elsewhere"), Role.CONTACT)
    assert "Okafor" not in signed_in(browser, stranger).get("/queue").text


@pytest.mark.parametrize("role", [Role.CHAIR, Role.AUTHORITY_ADMIN, Role.AUDITOR])
def test_queue_is_refused_to_other_roles(case, browser, role):
    signed_in(browser, make.make_actor(case.authority, role))
    assert browser.get("/queue").status_code == 403
    assert browser.get("/waiting-for-practices").status_code == 403


def test_contact_is_not_there_for_other_roles_and_authorities(case, browser):
    _report, contact = case.report()
    for actor in (
        make.make_actor(case.authority, Role.CHAIR),
        make.make_actor(make.make_authority("Elsewhere"), Role.CONTACT),
        case.doctor,
    ):
        signed_in(browser, actor)
        assert browser.get(f"/queue/{contact.id}").status_code == 404
        assert browser.send(f"/queue/{contact.id}/claim").status_code == 404


def test_report_is_read_without_what_is_kept_to_the_chair(case, office):
    _report, contact = case.report()
    page = office.get(f"/queue/{contact.id}").text
    assert WORRY in page
    assert SHARED in page
    assert SECRET not in page
    assert "1 item is kept to the chair" in page


def test_short_answer_reads_as_the_conference_will_read_it(case, office):
    _answer, contact = case.nothing_found()
    page = office.get(f"/queue/{contact.id}").text
    assert "This does not mean there are no concerns." in page


def test_deeds_are_offered_to_the_holder_alone(case, office):
    _report, contact = case.report()
    assert "Take this" in office.get(f"/queue/{contact.id}").text
    case.hold(contact, case.colleague)
    page = office.get(f"/queue/{contact.id}").text
    assert "Tom Reed is looking at this" in page
    assert "Take this" not in page
    assert "What you can do" not in page


def test_news_is_shown_as_it_was_typed(case, office):
    case.report()
    _news, contact = case.news("Moved.\n\n<b>To an aunt</b>")
    page = office.get(f"/queue/{contact.id}").text
    assert "Moved.\n\n&lt;b&gt;To an aunt&lt;/b&gt;" in page


KINDS = {
    ContactKind.WILL_BE_LATE: "will be late",
    ContactKind.SHORT_NOTICE_CALL: "Ring Lakeside Surgery",
    ContactKind.REASON_MISSING: "gives no reason",
    ContactKind.CONFERENCE_OMITTED: "missing from the latest one",
}


@pytest.mark.parametrize(("kind", "words"), KINDS.items())
def test_page_of_each_kind_says_what_is_to_be_done(case, office, kind, words):
    contact = case.contact(kind)
    case.hold(contact)
    page = office.get(f"/queue/{contact.id}").text
    assert words in page
    assert "Okafor family" in page
    assert "Put it off" in page


def test_page_of_a_person_without_practice_names_that_person(case, office):
    with acting_as(authority_scope(case.authority.id)):
        involvement_id = session.scalar(
            select(Involvement.id).where(Involvement.conference_id == case.conference.id)
        )
    contact = case.contact(ContactKind.PRACTICE_UNKNOWN, involvement_id)
    case.hold(contact)
    page = office.get(f"/queue/{contact.id}").text
    assert "which practice Ada Okafor" in " ".join(page.split())
    assert f"/people/{case.child.id}/practice" in page


def test_page_of_equal_nhs_numbers_names_both_people_wherever_they_are(case, office):
    elsewhere = make_case(authority=case.authority, family_name="Nowak")
    with acting_as(authority_scope(case.authority.id)):
        ours = session.get(PersonIdentity, case.child.id)
        theirs = session.get(PersonIdentity, elsewhere.child.id)
        theirs.nhs_number, theirs.nhs_number_index = ours.nhs_number, ours.nhs_number_index
        number = ours.nhs_number
        session.commit()
    contact = case.contact(ContactKind.EQUAL_NHS_NUMBER, case.child.id)
    page = office.get(f"/queue/{contact.id}").text
    for words in ("Ada Okafor", "Ada Nowak", f"{number[:3]} {number[3:6]} {number[6:]}"):
        assert words in page, words


def test_page_of_a_missing_reason_leads_to_where_it_is_given(case, office):
    contact = case.contact(ContactKind.REASON_MISSING, case.conference.id)
    case.hold(contact)
    assert f"/conferences/{case.conference.id}/reason" in office.get(f"/queue/{contact.id}").text


def test_queue_pages_and_filters_keep_their_place(case, office):
    contact = case.contact(ContactKind.REASON_MISSING)
    assert f"/queue/{contact.id}" in office.get("/queue?about=to_settle").text
    assert f"/queue/{contact.id}" not in office.get("/queue?about=short_notice").text
    assert f"/queue/{contact.id}" in office.get("/queue?about=nonsense&show=nonsense").text
    assert office.get("/queue?after=nonsense").status_code == 422


def test_reading_a_contact_notes_whose_data_was_shown(case, db):
    _report, contact = case.report()
    with acting_as(authority_scope(case.authority.id)):
        viewed = audit.begin_view(case.officer, "contact:work", contact)
        sheet_of(case.officer, contact)
        audit.end_view()
    assert viewed.people == {case.child.id}


def test_queue_notes_whose_family_name_it_shows(case, db):
    case.report()
    with acting_as(authority_scope(case.authority.id)):
        viewed = audit.begin_view(case.officer, "contact:list", None)
        queue_lines(case.officer, Filters())
        audit.end_view()
    assert viewed.people == {case.child.id}
