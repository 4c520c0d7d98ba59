import re

import pytest

from portal.conferences.queries import get_request
from portal.database import acting_as, commit, db, new_id
from portal.reports import actions, copies, drafts
from tests.reports.changes import say_not_here, withdraw
from tests.reports.families import make_family, write_report
from tests.support import factories as make


@pytest.fixture
def family(db):
    return make_family()


def path(family, rest=""):
    return f"/requests/{family.request.id}{rest}"


def section_path(family, section="writer", about="family"):
    return path(family, f"/report/{section}/{about}")


def fields_of(page):
    return dict(re.findall(r'type="hidden" name="(revision|page|turn|whole)" value="([^"]+)"', page))


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
    later = {**hidden, "turn": "2", "involvement": "one, two"}
    assert browser.send(section_path(family) + "/save", later).status_code == 200
    assert "one, two" in browser.get(section_path(family)).text


@pytest.mark.parametrize("rest", ["/save", ""])
def test_a_late_copy_of_an_older_save_changes_nothing(browser, family, rest):
    where = section_path(family)
    write_report(family, family.clinician)
    hidden = fields_of(browser.sign_in_as(family.clinician).get(where).text)
    older = {**hidden, "turn": "1", "involvement": "OLDER"}
    browser.send(where + "/save", older)
    newer = browser.send(where + "/save", {**hidden, "turn": "2", "involvement": "NEWER"})
    late = browser.send(where + rest, {**older, "go": "later"})
    assert late.status_code == (200 if rest else 303)
    assert "/set-aside/" not in (late.location or "")
    assert not rest or late.json["revision"] == newer.json["revision"]
    page = browser.get(where).text
    assert "NEWER" in page
    assert "OLDER" not in page


def test_a_late_copy_of_an_older_save_does_not_replace_what_is_set_aside(browser, family):
    where = section_path(family)
    draft = write_report(family, family.clinician)
    hidden = fields_of(browser.sign_in_as(family.clinician).get(where).text)
    with acting_as(family.lead.scope):
        part = draft.parts[0]
        actions.save_section(
            family.lead, draft.report, part, actions.Typed({"involvement": "L"}, 1, new_id())
        )
    commit()
    newer = browser.send(where + "/save", {**hidden, "turn": "2", "involvement": "NEWER"})
    browser.send(where + "/save", {**hidden, "turn": "1", "involvement": "OLDER"})
    both = browser.get(newer.json["conflict_url"]).text
    assert "NEWER" in both
    assert "OLDER" not in both


def test_two_texts_from_a_page_without_the_script_are_both_kept(browser, family):
    where = section_path(family)
    write_report(family, family.clinician)
    hidden = fields_of(browser.sign_in_as(family.clinician).get(where).text)
    first = {**hidden, "involvement": "FIRST", "go": "later"}
    assert browser.send(where, first).location == path(family, "/report")
    assert browser.send(where, first).location == path(family, "/report")
    both = browser.get(browser.send(where, {**first, "involvement": "SECOND"}).location).text
    assert "FIRST" in both
    assert "SECOND" in both


def test_a_form_that_did_not_arrive_whole_changes_nothing(browser, family):
    where = section_path(family)
    write_report(family, family.clinician)
    hidden = fields_of(browser.sign_in_as(family.clinician).get(where).text)
    browser.send(where + "/save", {**hidden, "turn": "1", "involvement": "KEPT"})
    hidden = fields_of(browser.get(where).text)
    del hidden["whole"]
    assert browser.send(where + "/save", hidden).status_code == 422
    refused = browser.send(where, {**hidden, "involvement": "HALF OF", "go": "on"})
    assert refused.status_code == 422
    assert "HALF OF" in refused.text
    page = browser.get(where).text
    assert "KEPT" in page
    assert "HALF OF" not in page


def test_the_field_that_says_a_form_is_whole_is_its_last(browser, family):
    write_report(family, family.clinician)
    for section in ("writer", "chronology", "restricted"):
        page = browser.sign_in_as(family.clinician).get(section_path(family, section)).text
        form = page.partition('id="section"')[2].partition("</form>")[0]
        names = re.findall(r'<(?:input|textarea|select|button)[^>]* name="([^"]+)"', form)
        assert names[-1] == "whole"


@pytest.mark.parametrize(
    "broken",
    [
        *({name: "9" * digits} for name in ("revision", "turn") for digits in (20, 5_000)),
        {"revision": "\N{ARABIC-INDIC DIGIT THREE}"},
        {"page": "zz"},
        {"remove": "events-" + "9" * 5_000},
        {"remove": "events\r\nX: y-0"},
        {"add": "events\r\nX: y"},
        {"add": "nonsense"},
    ],
    ids=lambda broken: "-".join(f"{name}-{len(value)}" for name, value in broken.items()),
)
def test_broken_hidden_fields_are_refused_with_the_text_on_the_page(browser, family, broken):
    where = section_path(family, "chronology")
    write_report(family, family.clinician)
    hidden = fields_of(browser.sign_in_as(family.clinician).get(where).text)
    refused = browser.send(where, {**hidden, "events-0-event": "FELL", **broken})
    assert refused.status_code == 422
    assert "FELL" in refused.text
    assert "FELL" not in browser.get(where).text


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


TYPED = {"involvement": "TYPED TEXT"}


def test_what_is_typed_while_a_request_is_withdrawn_is_kept_and_shown(browser, family):
    write_report(family, family.clinician)
    browser.sign_in_as(family.clinician)
    hidden = fields_of(browser.get(section_path(family)).text)
    withdraw(family)
    late = browser.send(section_path(family), {**hidden, **TYPED, "go": "on"})
    assert late.status_code == 409
    assert "The contact team has withdrawn this request" in late.text
    assert "TYPED TEXT" in late.text
    saving = browser.send(section_path(family) + "/save", {**hidden, "turn": "2", "involvement": "AND MORE"})
    assert saving.status_code == 409
    assert "withdrawn this request" in saving.json["message"]
    with acting_as(family.clinician.scope):
        report = drafts.get_report_to_save(family.clinician, family.request.id)
        rows = drafts.draft_of(report).saved
    assert rows[("writer", None)].answers["involvement"] == "AND MORE"
    assert browser.get(section_path(family)).status_code == 404


def test_what_is_typed_about_somebody_just_disowned_is_kept_and_shown(browser, family):
    write_report(family, family.clinician)
    browser.sign_in_as(family.clinician)
    where = section_path(family, "adult_health", str(family.mother.id))
    page = browser.get(where).text
    name = re.search(r'<textarea[^>]* name="([a-z_]+)"', page)[1]
    say_not_here(family, family.lead, family.mother)
    late = browser.send(where, {**fields_of(page), name: "TYPED TEXT", "go": "on"})
    assert late.status_code == 409
    assert "does not ask this any more" in late.text
    assert "TYPED TEXT" in late.text
    assert "Ngozi" not in late.text


@pytest.mark.parametrize("who", ["stranger", "contact", "chair"])
def test_others_save_nothing_in_a_withdrawn_draft(browser, family, who):
    write_report(family, family.clinician)
    withdraw(family)
    browser.sign_in_as(getattr(family, who))
    assert browser.send(section_path(family), {**TYPED, "revision": "1"}).status_code == 404


def test_text_stays_when_its_question_is_not_asked_any_more(browser, family):
    """The father's practice is asked what it knows of the child through him, until she is its own patient."""
    request = make.make_request(family.conference, family.elsewhere, [family.father], outline=[family.child])
    writer = family.stranger
    with acting_as(writer.scope):
        actions.start_report(writer, get_request(writer, request.id))
    commit()
    browser.sign_in_as(writer)
    where = f"/requests/{request.id}/report/adult_health/{family.father.id}"
    old = fields_of(browser.get(where).text)
    browser.send(where + "/save", {**old, "children_through_adult": "WO"})
    db.expunge_all()
    with acting_as(family.contact.scope):
        for row in get_request(family.contact, request.id).people:
            row.sight = "asked"
    commit()
    db.expunge_all()
    # a page opened before the change saves what it holds, too
    more = {**old, "turn": "2", "children_through_adult": "WORDS"}
    assert browser.send(where + "/save", more).status_code == 200
    page = browser.get(where).text
    assert 'name="children_through_adult"' not in page
    assert "Text that is not asked for any more" in page
    assert browser.send(where + "/save", {**fields_of(page), "engagement": "well"}).status_code == 200
    assert "WORDS" in browser.get(where).text
    assert "WORDS" not in browser.get(f"/requests/{request.id}/report/check").text
    with acting_as(writer.scope):
        draft = drafts.draft_of(drafts.get_report(writer, request.id))
    assert "WORDS" not in repr(copies.split(draft))
