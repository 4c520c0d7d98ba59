from portal.authorisation.actor import Role
from tests.support import factories as make


def test_home_when_nobody_is_signed_in(browser):
    response = browser.get("/")
    assert response.status_code == 303
    assert response.location == "/sign-in?next=/"


def test_home_when_a_nurse_is(browser):
    authority = make.make_authority()
    actor = make.make_actor(authority, Role.AUDITOR)
    response = browser.sign_in_as(actor).get("/")
    assert response.status_code == 200
    assert actor.name in response.text


def test_sign_in_page(browser):
    assert browser.get("/sign-in").status_code == 200
