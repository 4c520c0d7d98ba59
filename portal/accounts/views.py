"""The pages of signing in and out, and the first page."""

import uuid

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError

from portal.accounts import actions, parking, sessions
from portal.accounts.forms import ActingForm, CodeForm, SignInForm
from portal.accounts.landing import first_page
from portal.accounts.sign_in import HALF_TOKEN, SESSION_TOKEN, begin_full, begin_half, keep_typed, safe_next
from portal.authorisation.actor import ROLE_NAMES, Actor, Role
from portal.authorisation.gate import public, requires
from portal.authorisation.permissions import Permission
from portal.authorisation.posted_forms import comes_from_our_page
from portal.database import commit
from portal.web.errors import accepts_only_json, csrf_refused, page_of_form
from portal.web.typed_form import fields_to_send, typed_texts

blueprint = Blueprint("accounts", __name__)
SIGNING_IN = ("accounts.sign_in", "accounts.code", "accounts.unlock")


@blueprint.route("/")
@requires(Permission.ACCOUNT_USE)
def home(actor: Actor) -> ResponseReturnValue:
    """Lead everybody to the page where their work is."""
    endpoint = first_page(actor.role)
    if endpoint:
        return redirect(url_for(endpoint), 303)
    return render_template("accounts/home.html")


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public("whoever is not signed in must be able to")
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if form.validate_on_submit():
        token = actions.check_password(form.email.data or "", form.password.data or "")
        commit()
        if token:
            begin_half(token)
            return redirect(url_for("accounts.code", next=request.args.get("next")), 303)
        form.refuse(actions.WRONG_PAIR, "email")
    return render_template("accounts/sign_in.html", form=form)


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@public("the second step of signing in; it needs the half session of the first")
def code() -> ResponseReturnValue:
    waiting = sessions.half_session(session.get(HALF_TOKEN, ""))
    if waiting is None:
        return redirect(url_for("accounts.sign_in", next=request.args.get("next")), 303)
    return _ask_for_code("accounts/code.html", waiting)


@blueprint.route("/unlock", methods=["GET", "POST"])
@public("unlocks an idle session by a code; it needs that session")
def unlock() -> ResponseReturnValue:
    idle = sessions.idle_session(session.get(SESSION_TOKEN, ""))
    if idle is None and sessions.live_session(session.get(SESSION_TOKEN, ""), renews=False):
        return redirect(safe_next(request.args.get("next")), 303)  # unlocked in another tab
    if idle is None:
        return redirect(url_for("accounts.sign_in", next=request.args.get("next")), 303)
    return _ask_for_code("accounts/unlock.html", idle)


def _ask_for_code(template: str, waiting: sessions.Waiting) -> ResponseReturnValue:
    form = CodeForm()
    if form.validate_on_submit():
        token = actions.check_code(waiting, form.code.data or "")
        commit()
        if token:
            begin_full(token)
            if waiting.membership_id is None:
                return redirect(url_for("accounts.acting_for", next=request.args.get("next")), 303)
            return redirect(_onwards(waiting.user_id), 303)
        form.refuse(actions.WRONG_CODE, "code")
    return render_template(template, form=form)


@blueprint.route("/acting-for", methods=["GET", "POST"])
@public("chooses a membership after both factors; it needs the whole session")
def acting_for() -> ResponseReturnValue:
    row = sessions.live_session(session.get(SESSION_TOKEN, ""), renews=True)
    if row is None:
        return redirect(url_for("accounts.sign_in"), 303)
    memberships = sessions.memberships_of(row.user_id)
    form = ActingForm()
    form.membership.choices = [
        (str(each.id), f"{each.organisation.name}, as {ROLE_NAMES[Role(each.role)]}") for each in memberships
    ]
    if form.validate_on_submit():
        actions.act_for(row, uuid.UUID(form.membership.data))
        commit()
        return redirect(_onwards(row.user_id), 303)
    return render_template("accounts/acting_for.html", form=form, memberships=memberships)


def _onwards(user_id: uuid.UUID) -> str:
    """Where to go once signed in: to what was typed and not sent, else where one wanted to go."""
    wanted = safe_next(request.args.get("next"))
    waiting = [url_for("accounts.parked", parked_id=each) for each in parking.waiting_for(user_id)]
    return wanted if wanted in waiting or not waiting else waiting[0]


@blueprint.get("/parked/<uuid:parked_id>")
@requires(Permission.PARKED_FORM_VIEW, on=parking.get_parked)
def parked(actor: Actor, parked: parking.Parked) -> ResponseReturnValue:
    """What somebody typed and could not send, to read, copy and send."""
    if parking.give_back(actor, parked):
        commit()
    return render_template(
        "accounts/parked.html",
        parked=parked,
        texts=typed_texts(parked.fields),
        fields=fields_to_send(parked.fields),
        page_url=page_of_form(parked.path),
        kept_until=parking.kept_until(parked),
        others=parking.waiting_for(parked.user_id),
    )


@blueprint.app_errorhandler(CSRFError)
def stale_form(error: CSRFError) -> ResponseReturnValue:
    """Whoever is signed in gets back at once what was typed into a page of an earlier sign-in."""
    if accepts_only_json() or not comes_from_our_page() or not current_user.is_authenticated:
        return csrf_refused(error)
    if request.endpoint in SIGNING_IN:
        return redirect(safe_next(request.args.get("next")), 303)  # signed in already, in another tab
    address = keep_typed(current_user.actor.user_id)
    return redirect(address, 303) if address else csrf_refused(error)


@blueprint.post("/sign-out")
@public("ends whatever session there is")
def sign_out() -> ResponseReturnValue:
    actions.sign_out(session.get(SESSION_TOKEN) or session.get(HALF_TOKEN, ""))
    commit()
    session.clear()
    response = redirect(url_for("accounts.sign_in"), 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
