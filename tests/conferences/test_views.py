import csv
import io

import pytest
from sqlalchemy import select

from portal.authorisation.actor import Role
from portal.conferences.list_models import ConferenceList
from portal.conferences.models import Conference, ConferenceEvent, Involvement, ReportRequest
from portal.contacts.models import Contact
from portal.contacts.states import ContactKind
from portal.database import acting_as
from portal.handlers import HANDLERS
from portal.jobs.worker import run_all
from tests.support import factories as make
from tests.support.lists.list_samples import list_of, rows_of_one_conference, sample


@pytest.fixture
def contact(browser, ground):
    return browser.sign_in_as(ground.contact)


def upload(browser, raw):
    browser.get("/conferences/lists/new")
    key = "3c7a4e52-94a0-4e6e-9c0c-2d3b51d9f6a1"
    file = (io.BytesIO(raw), "list.csv")
    return browser.send(
        "/conferences/lists/new", {"file": file, "idempotency_key": key}, content_type="multipart/form-data"
    )


def test_a_list_is_uploaded_previewed_confirmed_and_done(db, ground, contact):
    response = upload(contact, sample("conferences.csv"))
    assert response.status_code == 303
    page = contact.get(response.location)
    listed = csv.DictReader(io.StringIO(sample("conferences.csv").decode(), newline=""))
    assert f"{len({row['conference_ref'] for row in listed})} new conferences" in page.text
    with acting_as(ground.scope):
        assert db.scalar(select(Conference)) is None
    confirmed = contact.send(f"{response.location}/confirm")
    assert confirmed.status_code == 303
    waiting = contact.get(confirmed.location)
    assert waiting.headers["Refresh"] == "2"
    run_all(HANDLERS)
    done = contact.get(confirmed.location)
    assert "has been taken over" in done.text
    assert "Refresh" not in done.headers


def test_the_preview_names_every_defect_and_gives_the_lines_back(db, ground, contact):
    response = upload(contact, sample("conferences-with-defects.csv"))
    page = contact.get(response.location)
    told = sample("conferences-with-defects.txt").decode().splitlines()
    for line in (each for each in told if "no defect:" not in each):
        number, column = line.partition(":")[0].removeprefix("line ").split(", ")
        assert number in page.text
        assert column in page.text
    left_out = contact.get(f"{response.location}/left-out")
    assert left_out.mimetype == "text/csv"
    assert "attachment" in left_out.headers["Content-Disposition"]
    assert "no-store" in left_out.headers["Cache-Control"]
    assert b"left_out_because" in left_out.data


def test_a_file_that_is_no_list_cannot_be_confirmed(contact):
    response = upload(contact, b"\x00\x01 not a list")
    page = contact.get(response.location)
    assert "Nothing in this list can be taken over" in page.text
    assert "/confirm" not in page.text


def test_upload_without_a_file_is_refused(contact):
    contact.get("/conferences/lists/new")
    response = contact.send("/conferences/lists/new", {"idempotency_key": "x"})
    assert response.status_code == 422
    assert "Choose the file" in response.text


def test_a_list_that_is_set_aside_writes_nothing(db, ground, contact):
    location = upload(contact, sample("conferences.csv")).location
    contact.send(f"{location}/discard")
    contact.send(f"{location}/confirm")
    with acting_as(ground.scope):
        assert db.scalars(select(ConferenceList)).one().state == "discarded"


def test_the_template_can_be_downloaded(contact):
    response = contact.get("/conferences/lists/template")
    assert response.status_code == 200
    assert b"conference_ref" in response.data


NOBODY = {f"person_{number}_{name}": "" for number in range(1, 9) for name in ("role", "practice")}
BOOKING = NOBODY | {
    "idempotency_key": "0a0b7c0e-5dd5-4b0a-8a1c-6a0f9d2f1b11",
    "conference_ref": "CPC-H-1",
    "conference_type": "initial",
    "conference_date-day": "15",
    "conference_date-month": "12",
    "conference_date-year": "2026",
    "start_time": "10:00",
    "end_time": "12:00",
    "venue": "Council House",
    "chair_email": "chair1@children.example.org",
    "strategy_discussion_date-day": "1",
    "strategy_discussion_date-month": "12",
    "strategy_discussion_date-year": "2026",
    "conference_reason": "First line.\nSecond line.",
    "address_line_1": "1 Example Road",
    "address_confidential": "yes",
    "person_1_role": "unborn",
    "person_1_family_name": "Example",
    "person_1_born-day": "2",
    "person_1_born-month": "2",
    "person_1_born-year": "2027",
    "person_2_role": "mother",
    "person_2_given_names": "Alex",
    "person_2_family_name": "Example",
    "person_2_practice": "Y90004",
    "person_2_is_parent": "y",
    "person_3_role": "father",
    "person_3_given_names": "Jo",
    "person_3_family_name": "Other",
    "person_3_is_elsewhere": "y",
    "person_3_kept_from": "1 2",
}


def test_one_conference_is_booked_by_hand_and_asked_at_once(db, ground, contact):
    contact.get("/conferences/new")
    response = contact.send("/conferences/new", BOOKING)
    assert response.status_code == 303
    page = contact.get(response.location)
    assert "Confidential" in page.text
    with acting_as(ground.scope):
        booked = db.scalars(select(Conference)).one()
        asked = db.scalars(select(ReportRequest)).one()
        sights = [row.sight for row in asked.people]
        unknown = db.scalars(select(Contact).where(Contact.kind == ContactKind.PRACTICE_UNKNOWN)).all()
    assert booked.reason == "First line.\nSecond line."
    assert asked.practice_id == ground.practices["Y90004"].id
    assert sights == ["asked", "asked", "outline"]
    assert len(unknown) == 1
    again = contact.send("/conferences/new", BOOKING)
    assert again.location == response.location


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"conference_ref": ""}, "Enter your number"),
        ({"start_time": "25:00"}, "Start"),
        ({"person_2_nhs_number": "1234567890"}, "NHS number"),
        ({"person_1_role": "", "person_2_role": "", "person_3_role": ""}, ""),
        ({"person_3_kept_from": "7"}, "Must not be told about: use the numbers of other people on this form"),
        ({"person_3_kept_from": "3"}, "use the numbers of other people on this form"),
        ({"person_1_role": "father"}, "choose the child the conference is about"),
        ({"person_2_ref": "X", "person_3_ref": "X"}, "somebody else on this form has this number too"),
        ({"chair_email": ""}, "Choose a chair"),
    ],
)
def test_a_booking_that_cannot_be_is_refused_where_it_was_typed(db, ground, contact, changes, message):
    contact.get("/conferences/new")
    response = contact.send("/conferences/new", BOOKING | changes)
    assert response.status_code == 422
    assert message in response.text
    with acting_as(ground.scope):
        assert db.scalar(select(Conference)) is None


def test_the_same_number_is_not_booked_twice(ground, contact):
    ground.take_over(list_of(rows_of_one_conference("CPC-H-1")))
    contact.get("/conferences/new")
    response = contact.send("/conferences/new", BOOKING)
    assert response.status_code == 422
    assert "already a conference with this number" in response.text


def one_conference(db, ground, **columns):
    ground.take_over(list_of([row | columns for row in rows_of_one_conference()]))
    with acting_as(ground.scope):
        return db.scalars(select(Conference.id)).one()


def mother_in(db):
    return db.scalars(select(Involvement.person_id).where(Involvement.role == "mother")).one()


def test_the_reason_is_given_and_the_contact_closes(db, ground, contact):
    conference_id = one_conference(db, ground)
    contact.get(f"/conferences/{conference_id}/reason")
    response = contact.send(f"/conferences/{conference_id}/reason", {"reason": "Because.", "questions": ""})
    assert response.status_code == 303
    assert "Because." in contact.get(response.location).text
    with acting_as(ground.scope):
        waits = db.scalars(select(Contact).where(Contact.kind == ContactKind.REASON_MISSING)).one()
        assert waits.state == "closed"


def test_an_empty_reason_is_refused(db, ground, contact):
    conference_id = one_conference(db, ground)
    contact.get(f"/conferences/{conference_id}/reason")
    assert contact.send(f"/conferences/{conference_id}/reason", {"reason": ""}).status_code == 422


def test_a_practice_is_given_and_asked(db, ground, contact):
    conference_id = one_conference(db, ground, gp_practice_code="", gp_practice_name="")
    with acting_as(ground.scope):
        mother = mother_in(db)
    path = f"/conferences/{conference_id}/people/{mother}/practice"
    contact.get(path)
    response = contact.send(path, {"practice": str(ground.practices["Y90002"].id)})
    assert response.status_code == 303
    with acting_as(ground.scope):
        assert db.scalars(select(ReportRequest)).one().practice_id == ground.practices["Y90002"].id
        part = db.scalars(select(Involvement.id).where(Involvement.person_id == mother)).one()
        assert db.scalars(select(Contact.state).where(Contact.source_id == part)).one() == "closed"
        assert "practice_given" in set(db.scalars(select(ConferenceEvent.event)))


def test_a_practice_that_is_not_chosen_is_refused(db, ground, contact):
    conference_id = one_conference(db, ground)
    with acting_as(ground.scope):
        mother = mother_in(db)
    path = f"/conferences/{conference_id}/people/{mother}/practice"
    contact.get(path)
    assert contact.send(path, {"practice": ""}).status_code == 422


def test_conferences_are_found_by_their_number(ground, contact):
    ground.take_over(sample("conferences.csv"))
    assert "CPC-27-0044" in contact.get("/conferences?search=cpc-27-0044").text
    assert "CPC-27-0002" not in contact.get("/conferences?search=cpc-27-0044").text
    assert "More conferences" in contact.get("/conferences").text


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.PRACTICE_ADMIN])
def test_a_practice_finds_no_conference_page(db, ground, browser, role):
    conference_id = one_conference(db, ground)
    browser.sign_in_as(make.make_actor(ground.practices["Y90001"], role))
    assert browser.get(f"/conferences/{conference_id}").status_code == 404
    assert browser.get("/conferences").status_code == 403
    assert browser.get("/conferences/new").status_code == 403
    assert browser.get("/conferences/lists/new").status_code == 403


def test_another_authority_finds_nothing(db, ground, browser):
    conference_id = one_conference(db, ground)
    browser.sign_in_as(make.make_actor(make.make_authority("Elsewhere Council"), Role.CONTACT))
    assert browser.get(f"/conferences/{conference_id}").status_code == 404
    assert browser.get(f"/conferences/{conference_id}/reason").status_code == 404


def test_a_chair_reads_but_does_not_settle(db, ground, browser):
    conference_id = one_conference(db, ground)
    browser.sign_in_as(ground.chairs["chair2@children.example.org"])
    assert browser.get(f"/conferences/{conference_id}").status_code == 200
    assert browser.get(f"/conferences/{conference_id}/reason").status_code == 404
    assert browser.get("/conferences/new").status_code == 403


def test_a_search_that_no_page_can_hold_finds_as_without_it(contact):
    assert contact.get("/conferences?search=%00").status_code == 200
