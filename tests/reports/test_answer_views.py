import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.database import acting_as, commit, new_id
from portal.notifications.models import Notification
from portal.submissions import actions as submissions
from portal.submissions.queries import get_submission
from tests.reports.changes import find_nothing, return_it, say_not_here, widen
from tests.reports.families import make_family, send_report, write_report


@pytest.fixture
def family(db):
    return make_family()


def path(family, rest=""):
    return f"/requests/{family.request.id}{rest}"


def key_in(page):
    found = re.search(r'name="idempotency_key" value="([^"]+)"', page)
    return found[1] if found else ""


def about(person, **answers):
    """The fields of one person on a form."""
    return {f"{name}_{person.id}": value for name, value in answers.items()}


def test_not_registered_hides_that_person_at_once(browser, family, db):
    browser.sign_in_as(family.administrator).get(path(family, "/not-registered"))
    answer = {**about(family.mother, who="y", since="never"), "idempotency_key": str(new_id())}
    sent = browser.send(path(family, "/not-registered"), answer)
    assert sent.status_code == 303, sent.text
    receipt = browser.get(sent.location).text
    assert "nothing more to do about Ngozi Okafor" in receipt
    assert "about Ada Okafor is still due" in receipt
    page = browser.get(path(family)).text
    assert "Ngozi" not in page
    assert "Ada Okafor" in page
    assert family.seen_by(family.administrator).state == "open"


def test_not_registered_about_the_last_one_closes_the_request(browser, family):
    browser.sign_in_as(family.administrator).get(path(family, "/not-registered"))
    answer = about(family.child, who="y", since="cannot_tell") | about(family.mother, who="y", since="never")
    browser.send(path(family, "/not-registered"), {**answer, "idempotency_key": str(new_id())})
    assert family.seen_by(family.administrator).state == "not_registered"
    page = browser.get(path(family)).text
    assert "Okafor" not in page
    assert "Domestic abuse" not in page
    assert "Okafor" not in browser.get("/requests").text


def test_not_registered_refuses_silence(browser, family):
    browser.sign_in_as(family.administrator).get(path(family, "/not-registered"))
    refused = browser.send(path(family, "/not-registered"), {"idempotency_key": str(new_id())})
    assert refused.status_code == 422
    assert "Choose who is not registered" in refused.text
    dateless = about(family.child, who="y", since="left") | {"idempotency_key": str(new_id())}
    assert "Enter the day" in browser.send(path(family, "/not-registered"), dateless).text


def test_nothing_found_is_sent_only_as_it_was_read(browser, family, db):
    browser.sign_in_as(family.clinician).get(path(family, "/nothing-found"))
    key = str(new_id())
    answer = about(family.child, record="full", back_to="2019", never="y")
    answer |= about(family.mother, record="summary", back_to="2001")
    last_seen = f"last_seen_{family.mother.id}"
    seen = {f"{last_seen}-day": "3", f"{last_seen}-month": "2", f"{last_seen}-year": "2025"}
    shown = browser.send(path(family, "/nothing-found"), {**answer, **seen, "idempotency_key": key})
    assert "looked at the full record of Ada Okafor back to 2019" in shown.text
    assert "Last seen 3 February 2025. This does not mean there are no concerns." in shown.text
    mark = re.search(r'name="was_read" value="([^"]+)"', shown.text)[1]
    changed = answer | seen | about(family.child, back_to="2020") | {"was_read": mark, "idempotency_key": key}
    assert browser.send(path(family, "/nothing-found"), changed).status_code == 200
    sent = browser.send(
        path(family, "/nothing-found"), {**answer, **seen, "was_read": mark, "idempotency_key": key}
    )
    assert sent.status_code == 303
    assert browser.get(sent.location).status_code == 200
    assert browser.get(sent.location.removesuffix("/receipt")).status_code == 200
    assert family.seen_by(family.clinician).state == "nothing_found"


def test_nothing_found_is_a_clinicians_answer(browser, family):
    assert browser.sign_in_as(family.administrator).get(path(family, "/nothing-found")).status_code == 404


def test_nothing_found_refuses_silence(browser, family):
    browser.sign_in_as(family.clinician).get(path(family, "/nothing-found"))
    refused = browser.send(path(family, "/nothing-found"), {"idempotency_key": str(new_id())})
    assert refused.status_code == 422
    assert "Choose which record of Ada Okafor you read" in refused.text


def test_late_stays_open_and_waits_in_the_queue(browser, family, db):
    browser.sign_in_as(family.administrator).get(path(family, "/late"))
    day = family.conference.held_on - timedelta(days=1)
    key = {"idempotency_key": str(new_id())}
    until = {"until-day": str(day.day), "until-month": str(day.month), "until-year": str(day.year), **key}
    said = browser.send(path(family, "/late"), {"writer": "Dr Bello", **until})
    assert said.status_code == 303
    assert family.seen_by(family.administrator).late_until == day
    assert "You said" in browser.get("/requests").text
    past = {"until-day": "1", "until-month": "1", "until-year": "2020", "idempotency_key": str(new_id())}
    assert browser.send(path(family, "/late"), {"writer": "Dr Bello", **past}).status_code == 422


def test_late_sent_twice_is_told_once(browser, family, db):
    page = browser.sign_in_as(family.administrator).get(path(family, "/late")).text
    day = family.conference.held_on
    until = {"until-day": str(day.day), "until-month": str(day.month), "until-year": str(day.year)}
    said = {**until, "writer": "Dr Bello", "idempotency_key": key_in(page)}
    assert browser.send(path(family, "/late"), said).status_code == 303
    assert browser.send(path(family, "/late"), said).status_code == 303
    with acting_as(family.contact.scope):
        told = db.scalars(select(Notification).where(Notification.message == "contact_new")).all()
    assert len(told) == 1


def test_nothing_found_names_whoever_is_drafting_and_asks(browser, family):
    write_report(family, family.administrator)
    page = browser.sign_in_as(family.clinician).get(path(family, "/nothing-found")).text
    assert "Sam Reed has started a report" in page
    answer = about(family.child, record="full", back_to="2019", never="y")
    answer |= about(family.mother, record="full", back_to="2019", never="y")
    answer |= {"idempotency_key": key_in(page)}
    silent = browser.send(path(family, "/nothing-found"), answer)
    assert silent.status_code == 422
    assert "Say that nothing relevant was found all the same" in silent.text
    shown = browser.send(path(family, "/nothing-found"), {**answer, "despite_draft": "y"})
    assert shown.status_code == 200
    mark = re.search(r'name="was_read" value="([^"]+)"', shown.text)[1]
    sent = browser.send(path(family, "/nothing-found"), {**answer, "despite_draft": "y", "was_read": mark})
    assert sent.status_code == 303


def test_nothing_found_asks_nothing_about_drafts_where_there_is_none(browser, family):
    page = browser.sign_in_as(family.clinician).get(path(family, "/nothing-found")).text
    assert "despite_draft" not in page


def test_news_after_the_report(browser, family, db):
    send_report(family, write_report(family, family.clinician))
    browser.sign_in_as(family.clinician).get(path(family, "/news"))
    sent = browser.send(
        path(family, "/news"), {"text": "Seen today with a bruise.", "idempotency_key": str(new_id())}
    )
    assert sent.status_code == 303
    assert "bruise" in browser.get(sent.location.removesuffix("/receipt")).text
    assert browser.send(path(family, "/news"), {"idempotency_key": str(new_id())}).status_code == 422


def test_news_is_not_an_administrators(browser, family):
    assert browser.sign_in_as(family.administrator).get(path(family, "/news")).status_code == 404


def test_a_returned_short_answer_is_shown_until_it_is_given_again(browser, family, db):
    browser.sign_in_as(family.administrator).get(path(family, "/not-registered"))
    answer = about(family.mother, who="y", since="never")
    sent = browser.send(path(family, "/not-registered"), {**answer, "idempotency_key": str(new_id())})
    submission_id = sent.location.split("/")[2]
    with acting_as(family.contact.scope):
        submission = get_submission(family.contact, submission_id)
        submissions.return_to_practice(family.contact, submission, "Look under Eze")
    commit()
    assert "Look under Eze" in browser.get(path(family)).text
    assert "Returned to you" in browser.get("/requests").text
    browser.send(path(family, "/not-registered"), {**answer, "idempotency_key": str(new_id())})
    assert "Look under Eze" not in browser.get(path(family)).text
    assert "Returned to you" not in browser.get("/requests").text


def test_nothing_found_is_refused_beside_a_report(browser, family, db):
    sent = send_report(family, write_report(family, family.clinician))
    return_it(family, sent)
    browser.sign_in_as(family.clinician)
    refused = browser.get(path(family, "/nothing-found"))
    assert refused.status_code == 409
    assert "Correct the report instead" in refused.text
    assert "You have sent a report. Correct it instead." in browser.get(path(family)).text


def test_short_answers_ask_only_about_people_without_an_answer(browser, family):
    find_nothing(family, family.child, family.mother)
    baby = widen(family, given_names="Zuri")
    browser.sign_in_as(family.clinician)
    for page in (browser.get(path(family, rest)).text for rest in ("/nothing-found", "/not-registered")):
        assert baby.full_name in page
        assert "Ngozi" not in page


def test_an_unborn_child_is_asked_about_on_its_own_where_its_mother_is_not(browser, family):
    baby = widen(family, given_names="Zuri", expected_on=family.conference.held_on)
    browser.sign_in_as(family.clinician)
    assert baby.full_name not in browser.get(path(family, "/nothing-found")).text
    say_not_here(family, family.administrator, family.mother)
    assert baby.full_name in browser.get(path(family, "/nothing-found")).text


def test_not_registered_shows_the_form_again_when_a_colleague_was_quicker(browser, family):
    browser.sign_in_as(family.administrator).get(path(family, "/not-registered"))
    say_not_here(family, family.lead, family.mother)
    answer = about(family.mother, who="y", since="never") | about(family.child, practice="Hill Road")
    refused = browser.send(path(family, "/not-registered"), answer | {"idempotency_key": str(new_id())})
    assert refused.status_code == 422
    assert "Hill Road" in refused.text
    assert "Ngozi" not in refused.text
    assert family.seen_by(family.administrator).state == "open"
