"""Sessions: idle, absolute, rotated, ended, and the membership acted in."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from portal import clock
from portal.accounts import sessions
from portal.accounts.actions import act_for
from portal.audit.actions import pending
from portal.authorisation.actor import Role
from portal.database import acting_as, commit
from portal.errors import InvalidInput
from tests.support import factories as make
from tests.support.accounts import give_code, give_password, is_signed_in, make_account, sign_in


@pytest.fixture
def account(db):
    return make_account((make.make_authority(), Role.AUDITOR))


@pytest.mark.parametrize(("seconds", "is_open"), [(14 * 60 + 59, True), (15 * 60 + 1, False)])
def test_fifteen_idle_minutes_lock(browser, account, seconds, is_open):
    sign_in(browser, account)
    assert is_signed_in(browser)
    with clock.moved_to(clock.now() + timedelta(seconds=seconds)):
        response = browser.get("/")
        assert (response.status_code == 200) is is_open
        if not is_open:
            assert response.location == "/unlock?next=/"


def test_each_page_starts_the_fifteen_minutes_anew_but_a_background_poll_does_not(browser, account):
    start = clock.now()
    sign_in(browser, account)
    with clock.moved_to(start + timedelta(minutes=14)):
        assert is_signed_in(browser)
    with clock.moved_to(start + timedelta(minutes=28)):
        assert browser.get("/", headers={"X-Background": "1"}).status_code == 200
    with clock.moved_to(start + timedelta(minutes=29, seconds=10)):
        assert browser.get("/").location == "/unlock?next=/"


def test_a_code_alone_unlocks_and_leads_back(browser, account):
    sign_in(browser, account)
    with clock.moved_to(clock.now() + timedelta(minutes=20)):
        response = give_code(browser, account.code(), path="/unlock?next=/information/privacy")
        assert response.location == "/information/privacy"
        assert is_signed_in(browser)


def test_a_wrong_code_does_not_unlock(browser, account):
    sign_in(browser, account)
    with clock.moved_to(clock.now() + timedelta(minutes=20)):
        assert give_code(browser, "000000", path="/unlock").status_code == 422
        assert not is_signed_in(browser)


def test_after_eight_hours_both_factors_are_asked_for_again(browser, account):
    start = clock.now()
    sign_in(browser, account)
    for quarter in range(1, 33):
        with clock.moved_to(start + timedelta(minutes=14 * quarter)):
            assert is_signed_in(browser)
    with clock.moved_to(start + timedelta(hours=7, minutes=40)):
        give_code(browser, account.code(), path="/unlock")
        assert is_signed_in(browser)
    with clock.moved_to(start + timedelta(hours=8, seconds=30)):
        assert browser.get("/").location == "/sign-in?next=/"
        assert browser.get("/unlock").location.startswith("/sign-in")


def test_the_token_changes_with_each_step_and_an_old_cookie_is_worth_nothing(app, browser, account):
    give_password(browser, account)
    half = _cookie(browser)
    give_code(browser, account.code())
    full = _cookie(browser)
    assert half != full
    with clock.moved_to(clock.now() + timedelta(minutes=20)):
        give_code(browser, account.code(), path="/unlock")
    for old in (half, full):
        thief = app.test_client()
        thief.set_cookie("portal", old)
        assert not is_signed_in(thief)


def test_signing_out_ends_the_session_in_every_copy_of_its_cookie(app, browser, account):
    sign_in(browser, account)
    copy = app.test_client()
    copy.set_cookie("portal", _cookie(browser))
    assert is_signed_in(copy)
    browser.get("/")
    response = browser.send("/sign-out")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_signed_in(browser)
    assert not is_signed_in(copy)


def _cookie(browser):
    return browser.get_cookie("portal").value


def test_whoever_has_several_memberships_chooses_one_and_sees_it(browser, db):
    one, two = make.make_practice("Lakeside Surgery"), make.make_practice("Canal Street Practice")
    account = make_account((one, Role.CLINICIAN), (two, Role.PRACTICE_ADMIN))
    assert sign_in(browser, account).location == "/acting-for"
    assert browser.get("/").location == "/acting-for?next=/", "nothing opens before the choice"
    page = browser.get("/acting-for")
    assert "Lakeside Surgery, as clinician" in page.text
    browser.send("/acting-for", {"membership": str(account.memberships[1].id)})
    page = browser.get("/information/privacy")
    assert "practice administrator at Canal Street Practice" in page.text


def test_nobody_acts_in_a_membership_of_somebody_else(browser, db):
    practice = make.make_practice()
    account = make_account((practice, Role.CLINICIAN), (make.make_practice(), Role.CLINICIAN))
    other = make_account((practice, Role.PRACTICE_ADMIN))
    sign_in(browser, account)
    browser.get("/acting-for")
    response = browser.send("/acting-for", {"membership": str(other.memberships[0].id)})
    assert response.status_code == 422


def test_the_action_itself_refuses_a_foreign_membership(db):
    """The form offers one's own only; whoever gets past it stands before this."""
    practice = make.make_practice()
    account = make_account((practice, Role.CLINICIAN), (make.make_practice(), Role.CLINICIAN))
    other = make_account((practice, Role.PRACTICE_ADMIN))
    session = sessions.half_session(sessions.start(account.user.id))
    with pytest.raises(InvalidInput):
        act_for(session, other.memberships[0].id)
    act_for(session, account.memberships[0].id)
    assert session.membership_id == account.memberships[0].id


def test_the_trail_says_for_whom_somebody_acts_from_now_on(db):
    practice = make.make_practice()
    account = make_account((practice, Role.CLINICIAN), (make.make_practice(), Role.PRACTICE_ADMIN))
    session = sessions.half_session(sessions.start(account.user.id))
    chosen = account.memberships[0]
    act_for(session, chosen.id)
    (event,) = [each for each in pending() if each.action == "membership_chosen"]
    assert (event.user_id, event.organisation_id, event.role) == (account.user.id, practice.id, "clinician")
    assert event.target_id == chosen.id
    commit()


def change(db, statement, **values):
    """As the schema's owner would; the application has no right to it here."""
    with acting_as(make.PLATFORM):
        db.execute(text(statement), values)
    commit()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE membership SET ends_on = :yesterday WHERE user_id = :user",
        "UPDATE user_account SET is_suspended = true WHERE id = :user",
    ],
)
def test_an_ended_membership_or_a_suspended_account_opens_nothing_from_the_next_page_on(
    browser, account, db, statement
):
    sign_in(browser, account)
    assert is_signed_in(browser)
    change(db, statement, user=account.user.id, yesterday=clock.today() - timedelta(days=1))
    assert browser.get("/").status_code == 303
    assert "belongs to no organisation" in browser.get("/", follow_redirects=True).text


def test_a_suspended_account_cannot_sign_in(browser, account, db):
    change(db, "UPDATE user_account SET is_suspended = true WHERE id = :user", user=account.user.id)
    assert give_password(browser, account).status_code == 422


def test_a_membership_that_ends_today_is_still_in_force_today(browser, account, db):
    change(
        db,
        "UPDATE membership SET ends_on = :today WHERE user_id = :user",
        user=account.user.id,
        today=clock.today(),
    )
    assert sign_in(browser, account).location == "/"
    assert is_signed_in(browser)


def test_only_the_hash_of_a_token_is_stored(browser, account, db):
    sign_in(browser, account)
    with browser.session_transaction() as cookie:
        token = cookie["_user_id"]
    stored = db.scalar(text("SELECT token_hash FROM user_session WHERE state = 'full'"))
    assert bytes(stored) == sessions.hashed(token)
    assert len(token) >= 43, "256 bits"
