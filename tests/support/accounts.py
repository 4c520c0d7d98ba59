"""Accounts that can sign in through the pages, and the codes of their second factor."""

from dataclasses import dataclass

import pyotp

from portal import clock
from portal.accounts import actions, codes
from portal.accounts.models import Membership, Organisation, User
from portal.accounts.passwords import hash_password
from portal.authorisation.actor import Role
from portal.database import acting_as, commit, db
from tests.support import factories as make

PASSWORD = "correct horse battery staple"


@dataclass
class Account:
    user: User
    secret: str
    memberships: list[Membership]

    @property
    def email(self) -> str:
        return self.user.email

    def code(self, *, steps: int = 0) -> str:
        """The code an authenticator app shows now, or some steps of 30 seconds later."""
        step = int(clock.now().timestamp()) // codes.STEP_SECONDS + steps
        return pyotp.TOTP(self.secret).generate_otp(step)


def make_account(*places: tuple[Organisation, Role], email: str = "") -> Account:
    """Somebody with both factors and a membership at each place."""
    secret = codes.new_secret()
    with acting_as(make.PLATFORM):
        number = next(make._numbers)
        user = actions.add_user(
            email or f"signs.in{number}@example.org", f"Person {number}", hash_password(PASSWORD), secret
        )
        memberships = [actions.add_membership(user, place, role) for place, role in places]
        db.flush()
    commit()
    return Account(user, secret, memberships)


def give_password(browser, account, password=PASSWORD, path="/sign-in"):
    """Type address and password."""
    browser.get(path)
    return browser.send(path, {"email": account.email, "password": password})


def give_code(browser, code, path="/sign-in/code"):
    """Type a code."""
    browser.get(path)
    return browser.send(path, {"code": code})


def sign_in(browser, account, **keywords):
    """Go through both steps."""
    give_password(browser, account)
    return give_code(browser, account.code(**keywords))


def is_signed_in(browser):
    return browser.get("/").status_code == 200
