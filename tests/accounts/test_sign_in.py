"""Signing in through the pages: both factors, once each, throttled."""

import re
import threading
from datetime import timedelta

import pytest

from portal import clock, database
from portal.accounts.actions import check_password, confirm_code
from portal.accounts.models import Organisation
from portal.authorisation.actor import Role
from portal.errors import TooMany
from tests.support import factories as make
from tests.support.accounts import PASSWORD, give_code, give_password, is_signed_in, make_account, sign_in


@pytest.fixture
def account(db):
    return make_account((make.make_authority(), Role.AUDITOR))


def test_password_and_code_open_the_first_page(browser, account):
    assert give_password(browser, account).location == "/sign-in/code"
    assert give_code(browser, account.code()).location == "/"
    page = browser.get("/")
    assert page.status_code == 200
    assert account.user.name in page.text


def test_the_password_alone_opens_nothing(browser, account):
    give_password(browser, account)
    assert browser.get("/").location == "/sign-in?next=/"


@pytest.mark.parametrize("password", ["", "wrong", PASSWORD + " ", PASSWORD.upper(), "x" * 5_000])
def test_a_wrong_password_is_refused(browser, account, password):
    response = give_password(browser, account, password)
    assert response.status_code == 422
    assert not is_signed_in(browser)


def test_an_unknown_address_reads_exactly_as_a_wrong_password(browser, account):
    browser.get("/sign-in")
    wrong = browser.send("/sign-in", {"email": "same@example.org", "password": "wrong"})
    account.user.email = "same@example.org"
    known = browser.send("/sign-in", {"email": "same@example.org", "password": "wrong"})
    assert wrong.status_code == known.status_code == 422
    assert _without_nonces(wrong) == _without_nonces(known)


def _without_nonces(page):
    return re.sub(r'nonce="[^"]+"|name="csrf_token" value="[^"]+"|id of this request[^<]*', "", page.text)


def test_the_address_may_be_typed_in_capitals_and_with_spaces(browser, account):
    browser.get("/sign-in")
    typed = {"email": f"  {account.email.upper()} ", "password": PASSWORD}
    assert browser.send("/sign-in", typed).location == "/sign-in/code"


@pytest.mark.parametrize("code", ["", "000000", "12345", "abcdef", "１２３４５６"])
def test_a_wrong_code_is_refused(browser, account, code):
    give_password(browser, account)
    assert give_code(browser, code).status_code == 422
    assert not is_signed_in(browser)


def test_a_code_may_be_typed_with_a_space(browser, account):
    give_password(browser, account)
    code = account.code()
    assert give_code(browser, f" {code[:3]} {code[3:]} ").status_code == 303


@pytest.mark.parametrize("steps", [-1, 1])
def test_a_telephone_may_be_30_seconds_off(browser, account, steps):
    assert sign_in(browser, account, steps=steps).status_code == 303


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_telephone_may_not_be_a_minute_off(browser, account, steps):
    assert sign_in(browser, account, steps=steps).status_code == 422


def test_a_code_works_once(app, browser, account):
    code = account.code()
    give_password(browser, account)
    assert give_code(browser, code).status_code == 303
    second = app.test_client()
    give_password(second, account)
    for used in (code, f" {code}", account.code(steps=-1)):
        assert give_code(second, used).status_code == 422
    assert give_code(second, account.code(steps=1)).status_code == 303


def test_ten_wrong_passwords_close_the_account_for_five_minutes_and_no_other(app, browser, account):
    other = make_account((make.make_authority(), Role.AUDITOR))
    for _ in range(10):
        assert give_password(browser, account, "wrong").status_code == 422
    assert give_password(browser, account).status_code == 429
    assert sign_in(app.test_client(), other).status_code == 303
    with clock.moved_to(clock.now() + timedelta(minutes=5, seconds=1)):
        assert give_password(browser, account).status_code == 303


def test_guessing_at_an_unknown_address_is_throttled_alike(browser, db):
    browser.get("/sign-in")
    typed = {"email": "nobody@example.org", "password": "guess"}
    statuses = [browser.send("/sign-in", typed).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]


def test_five_wrong_codes_close_the_second_step_even_over_fresh_passwords(app, browser, account):
    for _ in range(5):
        fresh = app.test_client()
        give_password(fresh, account)
        assert give_code(fresh, "000000").status_code == 422
    give_password(browser, account)
    assert give_code(browser, account.code()).status_code == 429


def test_the_code_is_asked_for_within_ten_minutes(browser, account):
    give_password(browser, account)
    with clock.moved_to(clock.now() + timedelta(minutes=10, seconds=1)):
        assert browser.get("/sign-in/code").location == "/sign-in"


@pytest.mark.parametrize(
    "address", ["https://thief.example.org/", "//thief.example.org", "/\\thief", "javascript:x", "", "/a\nb"]
)
def test_after_sign_in_only_addresses_of_the_portal_are_gone_to(browser, account, address):
    give_password(browser, account)
    browser.get("/sign-in/code")
    response = browser.post(
        "/sign-in/code",
        query_string={"next": address},
        data={"code": account.code(), "csrf_token": browser.token},
    )
    assert response.location == "/"


def test_a_form_without_its_token_is_refused(browser, account):
    browser.get("/sign-in")
    response = browser.post("/sign-in", data={"email": account.email, "password": PASSWORD})
    assert response.status_code == 400


def test_confirm_code_takes_a_fresh_code_once(db, account):
    actor = _actor(account)
    code = account.code()
    assert not confirm_code(actor, "000000")
    assert confirm_code(actor, code)
    assert not confirm_code(actor, code)


def _actor(account):
    membership = account.memberships[0]
    return make.actor_of(membership, account.user, database.db.get(Organisation, membership.organisation_id))


def test_many_guesses_at_the_same_moment_are_counted_one_by_one(app, committed):
    """Without a lock each looks before any other is counted, and more than ten get their try."""
    account = make_account((make.make_authority(), Role.AUDITOR))
    start, outcomes = threading.Barrier(14, timeout=20), []

    def guess():
        start.wait()
        try:
            outcomes.append(check_password(account.email, "wrong"))
            database.commit()
        except TooMany:
            outcomes.append("too many")
        finally:
            database.close()

    threads = [threading.Thread(target=guess) for _ in range(14)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=40)
    assert sorted(outcomes, key=str) == [None] * 10 + ["too many"] * 4
