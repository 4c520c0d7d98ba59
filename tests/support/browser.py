"""The test client: signs people in, keeps CSRF tokens, and checks every page it fetches."""

import re

from flask.testing import FlaskClient

from portal import clock
from portal.accounts import sessions
from portal.accounts.models import UserSession
from portal.accounts.states import SessionState
from portal.context import NOBODY
from portal.database import acting_as, db, new_id
from tests.support.browser_page import check_page

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Browser(FlaskClient):
    """A browser of one person. `send` posts a form with the token of the last page fetched."""

    token = ""

    def open(self, *arguments, **keywords):
        response = super().open(*arguments, **keywords)
        if response.mimetype == "text/html":
            check_page(response)
            found = TOKEN.search(response.get_data(as_text=True))
            self.token = found.group(1) if found else self.token
        return response

    def sign_in_as(self, actor):
        """Be this actor: a whole session, without going through the pages of signing in."""
        token = new_id().hex
        now = clock.now()
        with acting_as(NOBODY):
            db.add(
                UserSession(
                    token_hash=sessions.hashed(token),
                    user_id=actor.user_id,
                    membership_id=actor.membership_id,
                    state=SessionState.FULL,
                    started_at=now,
                    last_seen_at=now,
                    confirmed_at=now,
                )
            )
        db.commit()
        with self.session_transaction() as cookie:
            cookie.clear()
            cookie["_user_id"] = token
        return self

    def send(self, path, data=None, **keywords):
        """Post a form as the page at `path` would, with its CSRF token."""
        if not self.token:
            self.get("/information/privacy")
            self.get(path)
        return self.post(path, data={"csrf_token": self.token, **(data or {})}, **keywords)
