import re

import pytest

from tests.reports.families import make_family, write_report


@pytest.fixture
def family(db):
    return make_family()


def path(family, rest=""):
    return f"/requests/{family.request.id}{rest}"


def section_path(family, section="writer", about="family"):
    return path(family, f"/report/{section}/{about}")


def fields_of(page):
    return dict(re.findall(r'type="hidden" name="(revision|page)" value="([^"]+)"', page))


def test_saving_while_typing_keeps_twenty_thousand_characters(browser, family, db):
    write_report(family, family.clinician)
    long = "Ä" * 20_000
    browser.sign_in_as(family.clinician)
    hidden = fields_of(browser.get(section_path(family)).text)
    answer = browser.send(section_path(family) + "/save", {**hidden, "involvement": long})
    assert answer.status_code == 200
    assert answer.json["revision"] == 2
    page = browser.get(section_path(family))
    assert long in page.text
    refused = browser.send(section_path(family), {**fields_of(page.text), "involvement": long, "go": "on"})
    assert refused.status_code == 422
    assert "19,000 over" in refused.text


def test_a_page_whose_answer_was_lost_saves_again(browser, family):
    write_report(family, family.clinician)
    browser.sign_in_as(family.clinician)
    hidden = fields_of(browser.get(section_path(family)).text)
    browser.send(section_path(family) + "/save", {**hidden, "involvement": "one"})
    again = browser.send(section_path(family) + "/save", {**hidden, "involvement": "one, two"})
    assert again.status_code == 200


def test_two_people_in_one_section_lose_no_words(browser, app, family, db):
    write_report(family, family.clinician)
    other = app.test_client()
    browser.sign_in_as(family.clinician)
    other.sign_in_as(family.lead)
    mine, theirs = (
        fields_of(browser.get(section_path(family)).text),
        fields_of(other.get(section_path(family)).text),
    )
    typed = {"knows_family": "records_only", "other_adults": "not_looked"}
    assert (
        other.send(
            section_path(family), {**theirs, **typed, "involvement": "Lead's words", "go": "on"}
        ).status_code
        == 303
    )
    stale = browser.send(section_path(family) + "/save", {**mine, **typed, "involvement": "My words"})
    assert stale.status_code == 409
    both = browser.get(stale.json["conflict_url"])
    assert "Lead&#39;s words" in both.text
    assert "My words" in both.text
    revision = fields_of(both.text)["revision"]
    joined = browser.send(stale.json["conflict_url"], {"revision": revision, "keep-involvement": "both"})
    assert joined.status_code == 303
    page = browser.get(section_path(family)).text
    assert "Lead&#39;s words\n\nMy words" in page
    assert browser.get(stale.json["conflict_url"]).status_code == 404


def test_continue_with_a_stale_page_leads_to_both_texts(browser, app, family):
    write_report(family, family.clinician)
    other = app.test_client()
    mine = fields_of(browser.sign_in_as(family.clinician).get(section_path(family)).text)
    theirs = fields_of(other.sign_in_as(family.lead).get(section_path(family)).text)
    other.send(section_path(family), {**theirs, "involvement": "Lead's words", "go": "later"})
    stale = browser.send(section_path(family), {**mine, "involvement": "My words", "go": "on"})
    assert "/set-aside/" in stale.location
    assert "Two texts to put together" in browser.get(path(family, "/report")).text
    assert browser.get(path(family, "/report/sign")).location == path(family, "/report/check")


def test_rows_are_added_and_removed(browser, family, db):
    write_report(family, family.clinician)
    browser.sign_in_as(family.clinician)
    where = section_path(family, "chronology")
    row = {"events-0-event": "Fell", "events-2-event": "Burnt"}
    added = browser.send(where, {**fields_of(browser.get(where).text), **row, "add": "events"})
    assert added.location.endswith("#events")
    removed = browser.send(where, {**fields_of(browser.get(where).text), **row, "remove": "events-0"})
    assert removed.status_code == 303
    page = browser.get(where).text
    assert "Burnt" in page
    assert "Fell" not in page


@pytest.mark.parametrize("who", ["stranger", "contact", "chair"])
@pytest.mark.parametrize(
    "rest", ["/report", "/report/check", "/report/writer/family", "/report/sign", "/late", "/news"]
)
def test_draft_pages_are_not_found_by_others(browser, family, who, rest):
    write_report(family, family.clinician)
    assert browser.sign_in_as(getattr(family, who)).get(path(family, rest)).status_code == 404


def test_a_section_nobody_asks_is_not_found(browser, family):
    write_report(family, family.clinician)
    browser.sign_in_as(family.clinician)
    assert browser.get(section_path(family, "nonsense")).status_code == 404
    assert browser.get(section_path(family, "writer", "nobody")).status_code == 404
    assert browser.get(section_path(family, "adult_health", str(family.father.id))).status_code == 404
