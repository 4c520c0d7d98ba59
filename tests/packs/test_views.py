import pytest
from sqlalchemy import select

from portal import database
from portal.audit import actions as audit
from portal.authorisation.actor import Role
from portal.database import acting_as, new_id
from portal.handlers import HANDLERS
from portal.jobs.worker import run_all
from portal.packs import actions, building
from portal.packs.models import Pack
from portal.submissions.actions import return_to_practice
from portal.submissions.models import Submission
from tests.packs import families
from tests.packs.families import commit_and_forget
from tests.packs.outputs import make_pack, run_until_given_up
from tests.support import factories as make


@pytest.fixture
def family(db):
    return families.kept_apart()


def _colleague(db, family, role):
    with acting_as(family.scope):
        organisation = db.get(make.Organisation, family.authority_id)
    actor = make.make_actor(organisation, role)
    commit_and_forget()
    return actor


def _page(family):
    return f"/conferences-to-chair/{family.conference_id}"


def test_list_names_my_conferences_and_offers_the_others(browser, db, family):
    mine = browser.sign_in_as(family.chair).get("/conferences-to-chair").text
    assert family.reference in mine
    assert "0 of 2 practices answered" in mine
    other = _colleague(db, family, Role.CHAIR)
    theirs = browser.sign_in_as(other).get("/conferences-to-chair").text
    assert f"{_page(family)}/take-over" in theirs
    assert f"{_page(family)}/take-over" not in mine


def test_page_says_who_answered_and_who_is_missing(browser, db, family):
    family.hand_in("Zqlake Surgery")
    page = browser.sign_in_as(family.chair).get(_page(family)).text
    assert "Not yet checked" in page
    assert "Nothing yet. This does not mean that there is no concern." in page
    assert "0121 496 0" in page


def test_page_says_why_an_answer_was_returned(browser, db, family):
    submission_id = family.hand_in("Zqlake Surgery")
    contact = _colleague(db, family, Role.CONTACT)
    with acting_as(family.scope):
        return_to_practice(contact, db.get_one(Submission, submission_id), "Whose school is meant?")
    commit_and_forget()
    page = browser.sign_in_as(family.chair).get(_page(family)).text
    assert "Whose school is meant?" in page
    sarahs = make_pack(family, family.id("Sarah Zqrourke")).everything
    assert "Whose" not in sarahs
    assert [each for each in family.aviary.canaries if each.word in sarahs] == []
    assert "Whoseschoolismeant?" in make_pack(family, "professionals").everything


def test_a_pack_is_asked_for_made_and_taken(browser, db, family):
    browser.sign_in_as(family.chair).get(_page(family))
    data = {"reader": "chair", "idempotency_key": str(new_id())}
    first = browser.send(f"{_page(family)}/packs", data)
    again = browser.send(f"{_page(family)}/packs", data)
    assert (first.status_code, again.status_code) == (303, 303)
    assert "This takes a few seconds" in browser.get(_page(family)).text
    commit_and_forget()
    run_all(HANDLERS)
    db.expunge_all()
    assert "Ready" in browser.get(_page(family)).text
    with acting_as(family.scope):
        pack_id = db.scalars(select(Pack.id)).one()
    response = browser.get(f"/conferences-to-chair/packs/{pack_id}/pdf")
    assert response.data.startswith(b"%PDF-")
    assert f"filename={family.reference}-chair-v1.pdf" in response.headers["Content-Disposition"]
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in response.headers["Cache-Control"]


def test_progress_tells_a_script_when_to_look_again(browser, db, family):
    output = make_pack(family, "chair")
    told = browser.sign_in_as(family.chair).get(f"/conferences-to-chair/packs/{output.pack.id}/progress").json
    assert told == {"text": "Done.", "ready": True}


def test_a_download_is_written_down_with_whom_it_shows(browser, family, monkeypatch):
    output = make_pack(family, family.id("Sarah Zqrourke"))
    written = []
    append = [lambda _session: written.extend(audit.pending()), *database.before_commit]
    monkeypatch.setattr(database, "before_commit", append)
    browser.sign_in_as(family.chair).get(f"/conferences-to-chair/packs/{output.pack.id}/docx")
    (event,) = [each for each in written if each.target_id == output.pack.id]
    assert event.details == {"permission": "pack:download"}
    assert event.people == {family.people["Sarah Zqrourke"], family.people["Freya Zqrourke"]}


@pytest.mark.parametrize("reader", ["", "nobody", "professional"])
def test_asking_for_nobodys_pack_is_refused(browser, family, reader):
    browser.sign_in_as(family.chair).get(_page(family))
    response = browser.send(f"{_page(family)}/packs", {"reader": reader})
    assert response.status_code == 422
    assert "Choose" in response.text


def test_the_contact_team_takes_every_pack_but_the_chairs(browser, db, family):
    chairs, professionals = make_pack(family, "chair"), make_pack(family, "professionals")
    contact = _colleague(db, family, Role.CONTACT)
    page = browser.sign_in_as(contact).get(_page(family)).text
    assert "Chair’s pack" not in page
    assert "Copy for Sarah" in page
    assert browser.get(f"/conferences-to-chair/packs/{professionals.pack.id}/pdf").status_code == 200
    assert browser.get(f"/conferences-to-chair/packs/{chairs.pack.id}/pdf").status_code == 404


@pytest.mark.parametrize("role", [Role.CHAIR, Role.AUTHORITY_ADMIN, Role.AUDITOR])
def test_colleagues_take_no_pack(browser, db, family, role):
    output = make_pack(family, "professionals")
    browser.sign_in_as(_colleague(db, family, role))
    assert browser.get(f"/conferences-to-chair/packs/{output.pack.id}/pdf").status_code == 404
    assert browser.send(f"{_page(family)}/packs", {"reader": "professionals"}).status_code == 404


def test_another_authority_finds_nothing(browser, db, family):
    output = make_pack(family, "professionals")
    stranger = make.make_actor(make.make_authority("Tipford Council"), Role.CHAIR)
    commit_and_forget()
    browser.sign_in_as(stranger)
    for path in (
        _page(family),
        f"{_page(family)}/take-over",
        f"/conferences-to-chair/packs/{output.pack.id}/pdf",
    ):
        assert browser.get(path).status_code == 404
    assert family.reference not in browser.get("/conferences-to-chair").text


def test_take_over_needs_a_reason_and_then_opens_the_chairs_pack(browser, db, family):
    other = _colleague(db, family, Role.CHAIR)
    browser.sign_in_as(other).get(f"{_page(family)}/take-over")
    assert browser.send(f"{_page(family)}/take-over", {"reason": ""}).status_code == 422
    assert browser.send(f"{_page(family)}/take-over", {"reason": "On leave"}).status_code == 303
    db.expunge_all()
    assert "Chair’s pack" in browser.get(_page(family)).text


def test_an_answer_is_read_on_screen_as_its_reader_may(browser, db, family):
    submission_id = family.hand_in("Zqlake Surgery")
    kept = {each.word for each in family.aviary.canaries if each.is_kept_to_chair}
    address = f"/conferences-to-chair/answers/{submission_id}"
    chairs = browser.sign_in_as(family.chair).get(address).text
    assert kept
    assert {word for word in kept if word in chairs} == kept
    db.expunge_all()
    for role in (Role.CHAIR, Role.CONTACT):
        page = browser.sign_in_as(_colleague(db, family, role)).get(address).text
        assert [word for word in kept if word in page] == []
        assert sum(each.word in page for each in family.aviary.canaries) > 20
        db.expunge_all()


def test_a_failed_pack_can_be_tried_again(browser, db, family, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(building, "to_pdf", lambda _document: 1 / 0)
        browser.sign_in_as(family.chair).get(_page(family))
        browser.send(f"{_page(family)}/packs", {"reader": "professionals"})
        run_until_given_up(db)
    page = browser.get(_page(family)).text
    assert "Could not be made" in page
    assert "Try again" in page
    with acting_as(family.scope):
        pack_id = db.scalars(select(Pack.id)).one()
    assert browser.send(f"/conferences-to-chair/packs/{pack_id}/retry").status_code == 303
    assert browser.get(f"/conferences-to-chair/packs/{pack_id}/pdf").status_code == 409
    assert browser.send(f"/conferences-to-chair/packs/{pack_id}/retry").status_code == 409
    commit_and_forget()
    run_all(HANDLERS)
    db.expunge_all()
    page = browser.get(_page(family)).text
    assert "Professionals’ pack, version 2" in page
    assert f"{pack_id}/retry" not in page


def test_a_copy_that_must_not_be_given_any_more_is_not_on_offer(browser, db, family):
    family.hand_in("Zqlake Surgery")
    pack_id = make_pack(family, family.id("Sarah Zqrourke")).pack.id
    path = f"/conferences-to-chair/packs/{pack_id}/pdf"
    assert path in browser.sign_in_as(family.chair).get(_page(family)).text
    with acting_as(family.scope):
        family.conference.is_address_confidential = False
    commit_and_forget()
    page = browser.get(_page(family)).text
    assert "Not to be given any more" in page
    assert path not in page
    refused = browser.get(path)
    assert refused.status_code == 409
    assert "Make a new copy" in refused.text


def test_asking_too_often_is_refused_in_words(browser, db, family, monkeypatch):
    monkeypatch.setattr(actions, "MOST_AN_HOUR", 1)
    browser.sign_in_as(family.chair).get(_page(family))
    assert browser.send(f"{_page(family)}/packs", {"reader": "chair"}).status_code == 303
    response = browser.send(f"{_page(family)}/packs", {"reader": "professionals"})
    assert response.status_code == 429
    assert "within an hour" in response.text
