import pytest

from portal.conferences.models import Conference
from portal.database import acting_as, commit, new_id
from portal.reports import drafts, sending
from portal.submissions import actions as submissions
from portal.submissions.queries import get_submission
from tests.reports.changes import return_it, say_not_here, withdraw
from tests.reports.families import make_family, send_report, write_report


@pytest.fixture
def family(db):
    return make_family()


def path(family, rest=""):
    return f"/requests/{family.request.id}{rest}"


def test_inbox_shows_the_practices_own_patients(browser, family):
    page = browser.sign_in_as(family.clinician).get("/requests").text
    assert "Ada Okafor, Ngozi Okafor" in page
    assert "Piotr" not in page
    assert "working days left" in page


def test_inbox_when_nothing_waits(browser, family, db):
    nobody = make_family().stranger
    page = browser.sign_in_as(nobody).get("/requests").text
    assert "No conference is waiting" in page


@pytest.mark.parametrize("who", ["contact", "chair"])
def test_inbox_is_not_the_authoritys(browser, family, who):
    assert browser.sign_in_as(getattr(family, who)).get("/requests").status_code == 403


def test_request_says_why_and_who_must_not_be_told(browser, family):
    page = browser.sign_in_as(family.clinician).get(path(family)).text
    assert "Domestic abuse reported twice this year." in page
    assert "Were appointments kept?" in page
    assert "C. Dunn" in page
    assert "<strong>Piotr Okafor</strong> must not see or be told anything about Ngozi Okafor" in page


def test_request_without_a_reason_says_so(browser, db):
    family = make_family(reason=None)
    page = browser.sign_in_as(family.clinician).get(path(family)).text
    assert "The contact team has not yet said why" in page


@pytest.mark.parametrize("who", ["stranger", "contact", "chair"])
def test_request_is_not_found_by_others(browser, family, who):
    assert browser.sign_in_as(getattr(family, who)).get(path(family)).status_code == 404


def test_a_returned_report_is_answered_by_a_new_version(browser, family, db):
    sent = send_report(family, write_report(family, family.clinician))
    with acting_as(family.contact.scope):
        submission = get_submission(family.contact, sent.id)
        submissions.return_to_practice(family.contact, submission, "Which sister?")
    commit()
    browser.sign_in_as(family.clinician)
    assert "Returned to you" in browser.get("/requests").text
    assert "Which sister?" in browser.get(path(family)).text
    assert family.seen_by(family.clinician).state == "open"
    with acting_as(family.clinician.scope):
        draft = drafts.draft_of(drafts.get_report(family.clinician, family.request.id))
    again = send_report(family, draft)
    assert again.number == 2
    assert family.seen_by(family.clinician).state == "answered"
    assert "Which sister?" not in browser.get(path(family)).text


def test_the_lead_assigns_and_any_clinician_takes_over(browser, app, family, db):
    browser.sign_in_as(family.lead).get(path(family, "/assign"))
    assert (
        browser.send(path(family, "/assign"), {"writer": str(family.administrator.user_id)}).status_code
        == 303
    )
    assert browser.send(path(family, "/assign"), {"writer": str(family.chair.user_id)}).status_code == 422
    assert "Sam Reed" in browser.get("/requests").text
    clinician = app.test_client().sign_in_as(family.clinician)
    assert clinician.get(path(family, "/assign")).status_code == 404
    clinician.get(path(family))
    assert clinician.send(path(family, "/take-over")).status_code == 303
    assert "Dr Amara Bello" in clinician.get("/requests").text


def test_inbox_says_nothing_of_place_or_link_once_nobody_is_here(browser, family, db):
    with acting_as(family.contact.scope):
        conference = db.get(Conference, family.conference.id)
        conference.online_link, conference.venue = "https://meet.example/secret", "Town Hall"
    commit()
    browser.sign_in_as(family.lead)
    assert "meet.example" in browser.get("/requests").text
    say_not_here(family, family.clinician, family.child, family.mother)
    page = browser.get("/requests").text
    assert "Not registered at this practice" in page
    assert "meet.example" not in page
    assert "Town Hall" not in page


def test_inbox_says_nothing_of_place_once_withdrawn(browser, family, db):
    with acting_as(family.contact.scope):
        db.get(Conference, family.conference.id).venue = "Town Hall"
    commit()
    withdraw(family)
    page = browser.sign_in_as(family.lead).get("/requests").text
    assert "Withdrawn" in page
    assert "Town Hall" not in page


def test_returned_news_is_shown_among_what_is_done(browser, family):
    send_report(family, write_report(family, family.clinician))
    request = family.seen_by(family.clinician)
    with acting_as(family.clinician.scope):
        news = sending.add_news(family.clinician, request, "A bruise", new_id())
    commit()
    return_it(family, news, "Which arm?")
    page = browser.sign_in_as(family.clinician).get("/requests").text
    assert "Answered" in page
    assert "Returned to you" in page


def test_nobody_takes_over_or_assigns_what_takes_no_report(browser, family):
    browser.sign_in_as(family.lead).get(path(family, "/assign"))
    withdraw(family)
    assert browser.send(path(family, "/take-over")).status_code == 409
    assigned = browser.send(path(family, "/assign"), {"writer": str(family.administrator.user_id)})
    assert assigned.status_code == 409
    assert family.seen_by(family.lead).writer_id is None


def test_a_request_somebody_has_in_hand_is_opened(browser, family):
    browser.sign_in_as(family.clinician).get(path(family))
    assert family.seen_by(family.clinician).progress == "not_started"
    browser.send(path(family, "/take-over"))
    request = family.seen_by(family.clinician)
    assert request.progress == "opened"
    assert request.opened_at
