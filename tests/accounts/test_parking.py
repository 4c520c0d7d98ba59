"""What was typed under an expired session is kept for whoever typed it, and for nobody else."""

import re
from datetime import timedelta
from io import BytesIO

import html5lib
import pytest
from sqlalchemy import text

from portal import clock
from portal.accounts import parking
from portal.authorisation.actor import Role
from portal.database import acting_as
from portal.errors import NotFound, TooMany
from tests.reports.families import make_family
from tests.support import factories as make
from tests.support.accounts import give_code, make_account, sign_in

WORDS = '\nDr "Okafor" & colleagues,\r\n  back on Monday </p>'
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def family(db):
    return make_family()


@pytest.fixture
def account(family):
    return make_account((family.practice, Role.CLINICIAN))


@pytest.fixture
def page(family):
    """A page with a form, and its address: "we will be late"."""
    return f"/requests/{family.request.id}/late"


def late(**more):
    until = clock.today() + timedelta(days=2)
    day = {"until-day": until.day, "until-month": until.month, "until-year": until.year}
    return {"writer": WORDS, **day, **more}


def send_expired(browser, account, page, *, after=timedelta(minutes=20), **keywords):
    """Open the page, type, and send it when the session has expired; the code that unlocks comes with it."""
    sign_in(browser, account)
    browser.get(page)
    with clock.moved_to(clock.now() + after):
        return browser.send(page, late(), **keywords), account.code()


def parked_rows(db):
    return db.execute(text("SELECT * FROM parked_form")).mappings().all()


def hidden_fields(page):
    parsed = html5lib.parse(page, namespaceHTMLElements=False)
    form = next(form for form in parsed.iter("form") if "/late" in form.get("action", ""))
    return [(field.get("name"), field.get("value")) for field in form.iter("input")]


@pytest.mark.parametrize("after", [timedelta(minutes=20), timedelta(hours=9), timedelta(days=3)])
def test_text_sent_under_an_expired_session_comes_back_after_sign_in_and_is_sent(
    browser, family, account, page, after
):
    start = clock.now()
    refused, _code = send_expired(browser, account, page, after=after)
    assert refused.status_code == 303
    with clock.moved_to(start + after + timedelta(minutes=1)):
        if after < timedelta(hours=8):
            assert refused.location.startswith("/unlock?next=/parked/")
            landed = give_code(browser, account.code(), path=refused.location)
        else:
            assert refused.location.startswith("/sign-in?next=/parked/")
            landed = sign_in(browser, account)
        given = browser.get(landed.location)
        assert given.status_code == 200
        assert "back on Monday &lt;/p&gt;" in given.text
        assert f'href="{page}"' in given.text
        fields = hidden_fields(given.text)
        sent = browser.post(page, data=dict(fields))
        assert sent.status_code == 303, sent.text
        assert "back on Monday" in browser.get(sent.location).text


def test_what_is_sent_again_is_what_was_typed_field_by_field(browser, account, page):
    refused, code = send_expired(browser, account, page)
    with clock.moved_to(clock.now() + timedelta(minutes=20)):
        fields = dict(
            hidden_fields(browser.get(give_code(browser, code, path=refused.location).location).text)
        )
    assert fields.pop("csrf_token")
    assert fields["writer"] == WORDS.replace("\r\n", "\n"), "a browser sends each line end as CR LF again"
    assert {name: str(value) for name, value in late(writer=fields["writer"]).items()} == fields


def test_nothing_readable_is_stored_and_neither_token_nor_code_at_all(browser, account, page, db):
    sign_in(browser, account)
    browser.get(page)
    with clock.moved_to(clock.now() + timedelta(minutes=20)):
        location = browser.send(page, late(code="123456", password="secret words")).location
        assert "Okafor" not in location
        (row,) = parked_rows(db)
        assert b"Okafor" not in bytes(row["fields_sealed"])
        parked = db.get(parking.Parked, row["id"])
        assert {name for name, _value in parked.fields} == {
            "writer",
            "until-day",
            "until-month",
            "until-year",
        }


def test_nobody_else_opens_it(app, browser, family, account, page, db):
    send_expired(browser, account, page)
    (row,) = parked_rows(db)
    for other in (family.clinician, family.contact, family.chair):
        assert app.test_client().sign_in_as(other).get(f"/parked/{row['id']}").status_code == 404
    assert app.test_client().get(f"/parked/{row['id']}").location.startswith("/sign-in")


def test_the_action_itself_gives_to_nobody_else_and_leads_nobody_else_there(browser, family, account):
    """The policy refuses others too; whoever gets past it stands before this."""
    other = make_account((family.practice, Role.CLINICIAN))
    parked_id = parking.park(account.user.id, "/requests", [("text", "Typed")])
    with pytest.raises(NotFound):
        parking.get_parked(other.memberships[0].as_actor(), parked_id)
    assert sign_in(browser, other).location == "/"


def test_it_is_gone_after_eight_hours(browser, account, page, db):
    sign_in(browser, account)
    browser.get(page)
    start = clock.now()
    with clock.moved_to(start + timedelta(minutes=20)):
        browser.send(page, late())
    (row,) = parked_rows(db)
    with clock.moved_to(start + timedelta(hours=8, minutes=21)):
        assert sign_in(browser, account).location == "/"
        assert browser.get(f"/parked/{row['id']}").status_code == 404
        parking.park(account.user.id, "/requests", [("text", "later")])
        assert [each["path"] for each in parked_rows(db)] == ["/requests"], "what is over is deleted"


def test_under_a_session_that_was_ended_nothing_is_kept_and_the_page_says_so(browser, account, page, db):
    sign_in(browser, account)
    browser.get(page)
    db.execute(text("UPDATE user_session SET state = 'ended'"))
    db.commit()
    refused = browser.send(page, late())
    assert refused.location == "/sign-in"
    assert "did not arrive" in browser.get("/sign-in").text
    assert not parked_rows(db)


def test_for_a_suspended_account_nothing_is_kept(browser, account, page, db):
    sign_in(browser, account)
    browser.get(page)
    with acting_as(make.PLATFORM):
        db.execute(text("UPDATE user_account SET is_suspended = true"))
    db.commit()
    browser.send(page, late())
    assert not parked_rows(db)


@pytest.mark.parametrize(
    "keywords",
    [
        {"headers": {"Accept": "application/json"}},
        {"headers": {"X-Background": "1"}},
        {"content_type": "multipart/form-data"},
    ],
)
def test_scripts_and_files_are_not_kept(browser, account, page, db, keywords):
    sign_in(browser, account)
    browser.get(page)
    file = {"upload": (BytesIO(b"a,b"), "list.csv")} if "content_type" in keywords else {}
    with clock.moved_to(clock.now() + timedelta(minutes=20)):
        browser.send(page, late(**file), **keywords)
    assert not parked_rows(db)


def test_a_button_alone_is_not_kept_but_told(browser, family, account, db):
    sign_in(browser, account)
    browser.get("/requests")
    with clock.moved_to(clock.now() + timedelta(minutes=20)):
        refused = browser.send(f"/requests/{family.request.id}/start")
        assert refused.location == "/unlock"
        assert "did not arrive" in browser.get("/unlock").text
    assert not parked_rows(db)


def test_it_is_found_at_the_next_sign_in_without_its_address_and_leads_there_once(
    app, browser, account, page
):
    _refused, _code = send_expired(browser, account, page)
    with clock.moved_to(clock.now() + timedelta(minutes=30)):
        fresh = app.test_client()
        landed = sign_in(fresh, account).location
        assert landed.startswith("/parked/")
        assert "back on Monday" in fresh.get(landed).text
    with clock.moved_to(clock.now() + timedelta(minutes=32)):
        assert sign_in(app.test_client(), account).location == "/"


def test_several_wait_beside_each_other_and_one_sent_twice_waits_once(browser, account, page, db):
    sign_in(browser, account)
    browser.get(page)
    with clock.moved_to(clock.now() + timedelta(minutes=20)):
        for words in ("one", "one", "two"):
            browser.send(page, late(writer=words))
        one, two = parked_rows(db)
        give_code(browser, account.code(), path="/unlock")
        assert f"/parked/{two['id']}" in browser.get(f"/parked/{one['id']}").text


def test_more_than_twenty_are_not_kept(db, account):
    for number in range(parking.MOST):
        parking.park(account.user.id, "/requests", [("text", str(number))])
    with pytest.raises(TooMany):
        parking.park(account.user.id, "/requests", [("text", "more")])


def test_a_page_unlocked_in_another_tab_leads_on(browser, account, page):
    sign_in(browser, account)
    assert browser.get("/unlock?next=/information/privacy").location == "/information/privacy"


def test_what_was_typed_before_signing_in_anew_is_given_back_at_once(browser, account, page):
    sign_in(browser, account)
    browser.get(page)
    stale = browser.token
    with clock.moved_to(clock.now() + timedelta(minutes=1)):
        sign_in(browser, account)
        refused = browser.post(page, data=late(csrf_token=stale), headers=SAME_SITE)
        assert re.fullmatch("/parked/[0-9a-f-]{36}", refused.location)
        assert "back on Monday" in browser.get(refused.location).text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
        {"Origin": "https://thief.example.org"},
        {},
    ],
)
def test_what_another_site_sends_is_neither_kept_nor_shown(browser, account, page, db, headers):
    sign_in(browser, account)
    refused = browser.post(page, data=late(csrf_token="x"), headers=headers)
    assert refused.status_code == 400
    assert "Okafor" not in refused.text
    assert not parked_rows(db)


def test_whoever_is_not_signed_in_any_more_reads_the_text_and_that_it_is_kept_nowhere(
    browser, account, page, db
):
    sign_in(browser, account)
    browser.get(page)
    stale = browser.token
    browser.send("/sign-out")
    refused = browser.post(page, data=late(csrf_token=stale), headers=SAME_SITE)
    assert refused.status_code == 400
    assert "back on Monday &lt;/p&gt;" in refused.text
    assert "stored nowhere" in refused.text
    assert not parked_rows(db)


def test_a_stale_sign_in_page_keeps_no_password_and_leads_on(app, browser, account, db):
    browser.get("/sign-in")
    pair = {"email": account.email, "password": "secret words", "csrf_token": "x"}
    refused = browser.post("/sign-in", data=pair, headers=SAME_SITE)
    assert refused.status_code == 400
    assert "secret words" not in refused.text
    assert account.email not in refused.text
    sign_in(browser, account)
    assert browser.post("/sign-in", data=pair, headers=SAME_SITE).location == "/"
    assert not parked_rows(db)


def test_the_trail_says_that_and_never_what(app, committed, owner):
    family = make_family()
    account = make_account((family.practice, Role.CLINICIAN))
    browser = app.test_client()
    refused, code = send_expired(browser, account, f"/requests/{family.request.id}/late")
    with clock.moved_to(clock.now() + timedelta(minutes=20)):
        given = give_code(browser, code, path=refused.location).location
        for _ in range(2):
            browser.get(given)
    said = owner.execute(
        text("SELECT action, target_kind, details::text FROM audit_event ORDER BY number")
    ).all()
    assert [each.action for each in said].count("form_parked") == 1
    assert [each.action for each in said].count("form_given_back") == 1
    assert [(each.action, each.target_kind) for each in said].count(("viewed", "parked_form")) == 2
    assert not any("Okafor" in str(each) for each in said)
