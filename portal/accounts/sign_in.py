"""Signing in: password, then code, then for whom to act; and who is asking, at every request."""

import uuid

from flask import Flask, flash, redirect, request, session, url_for
from sqlalchemy import text
from werkzeug.wrappers import Response as AnyResponse

from portal import context, database
from portal.accounts import parking, sessions
from portal.accounts.sessions import SignedIn
from portal.authorisation.posted_forms import fields_sent, is_typed_by_a_person
from portal.database import commit, db
from portal.extensions import login_manager
from portal.web.typed_form import typed_texts

SESSION_TOKEN = "_user_id"  # noqa: S105 (where Flask-Login keeps what get_id() returns)
NOT_KEPT = "What you just sent did not arrive, because you were signed out. Sign in, then do it again."
HALF_TOKEN = "half"  # noqa: S105 (a key of the cookie, not a token)


def configure_sign_in(app: Flask) -> None:
    """Let Flask-Login ask our table who is signed in, before every request but those for files."""
    login_manager.init_app(app)
    login_manager.user_loader(load_signed_in)
    login_manager.unauthorized_handler(ask_to_sign_in)
    app.teardown_appcontext(lambda _error: database.close())


def load_signed_in(token: str) -> SignedIn | None:
    """Who holds this token, or None; from here on the database is asked in their name."""
    db.execute(text("SET LOCAL synchronous_commit = off"))  # a lost "last seen" costs nothing
    row = sessions.live_session(token, renews="X-Background" not in request.headers)
    memberships = sessions.memberships_of(row.user_id) if row else []
    commit()
    membership = next((each for each in memberships if row and each.id == row.membership_id), None)
    if row is None or membership is None:
        return None
    signed_in = SignedIn(token, row.id, membership.as_actor(), len(memberships) > 1)
    context.set_scope(signed_in.actor.scope)
    return signed_in


def ask_to_sign_in() -> AnyResponse:
    """Send a person to what is missing, and afterwards back to this page.

    Missing is signing in, unlocking what has been idle, or a membership to act in: none was chosen yet,
    or the one chosen has ended. What was typed under a session that nobody ended waits behind it.
    """
    token = session.get(SESSION_TOKEN, "")
    back_to = _here()
    if request.method == "POST":
        owner = sessions.owner_of_unended(token)
        back_to = keep_typed(owner) if owner else None
        if back_to is None:
            flash(NOT_KEPT, "important")
    return redirect(url_for(_missing_step(token), next=back_to), 303)


def keep_typed(user_id: uuid.UUID) -> str | None:
    """Keep what was just typed and sent: the address that gives it back, or None when there was nothing."""
    if not is_typed_by_a_person() or not typed_texts(fields_sent()):
        return None
    parked_id = parking.park(user_id, request.full_path.rstrip("?"), fields_sent())
    commit()
    return url_for("accounts.parked", parked_id=parked_id)


def _missing_step(token: str) -> str:
    if sessions.idle_session(token):
        return "accounts.unlock"
    if sessions.live_session(token, renews=False):
        return "accounts.acting_for"
    return "accounts.sign_in"


def safe_next(address: str | None) -> str:
    """A path on this portal to go to after sign-in; anything else becomes the first page."""
    path = address or ""
    is_ours = path.startswith("/") and not path.startswith("//")
    is_plain = is_ours and "\\" not in path and path.isprintable()
    return path if is_plain else url_for("accounts.home")


def begin_half(token: str) -> None:
    """Keep the half session in the browser; a new CSRF token goes with it."""
    session.clear()
    session[HALF_TOKEN] = token


def begin_full(token: str) -> None:
    session.clear()
    session[SESSION_TOKEN] = token
    session["_fresh"] = True


def _here() -> str | None:
    if request.method != "GET":
        return None
    return request.full_path.rstrip("?")
