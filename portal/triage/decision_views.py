"""The deeds on a contact: accept, undo, return, put off, close, open again."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from portal.authorisation.actor import Actor
from portal.authorisation.gate import requires
from portal.authorisation.permissions import Permission
from portal.contacts import actions as contacts
from portal.contacts.moves import must_hold
from portal.contacts.queries import get_contact, next_waiting
from portal.database import commit
from portal.triage import actions
from portal.triage.forms import CloseForm, DeferForm, ReopenForm, ReturnForm
from portal.triage.queries import Contact
from portal.triage.return_reasons import good_answers
from portal.triage.sheets import sheet_of
from portal.triage.views import blueprint


@blueprint.post("/queue/<uuid:contact_id>/accept")
@requires(Permission.SUBMISSION_TRIAGE, on=get_contact)
def accept(actor: Actor, contact: Contact) -> ResponseReturnValue:
    """It is in order."""
    actions.accept(actor, contact)
    return _onwards(actor, contact)


@blueprint.post("/queue/<uuid:contact_id>/undo")
@requires(Permission.SUBMISSION_TRIAGE, on=get_contact)
def undo(actor: Actor, contact: Contact) -> ResponseReturnValue:
    """Take back an acceptance before the practice is told."""
    actions.undo(actor, contact)
    commit()
    flash("Undone. The practice was not told. You hold it again.", "success")
    return redirect(url_for("triage.contact", contact_id=contact.id), 303)


@blueprint.route("/queue/<uuid:contact_id>/return", methods=["GET", "POST"])
@requires(Permission.SUBMISSION_TRIAGE, on=get_contact)
def return_to_practice(actor: Actor, contact: Contact) -> ResponseReturnValue:
    """Ask the practice to look again, and say why."""
    must_hold(actor, contact)
    form = ReturnForm()
    if form.validate_on_submit():
        actions.return_to_practice(actor, contact, form.chosen, form.text.data or "")
        return _onwards(actor, contact)
    return render_template(
        "triage/return_to_practice.html", sheet=sheet_of(actor, contact), form=form, hints=good_answers()
    )


@blueprint.route("/queue/<uuid:contact_id>/defer", methods=["GET", "POST"])
@requires(Permission.CONTACT_WORK, on=get_contact)
def defer(actor: Actor, contact: Contact) -> ResponseReturnValue:
    """Put it off until a day."""
    must_hold(actor, contact)
    form = DeferForm()
    form.latest = contacts.last_day_off(contact)
    if form.validate_on_submit() and form.until.data:
        contacts.defer(actor, contact, form.chosen, form.until.data, note=form.note.data)
        return _onwards(actor, contact, "Put off. It goes back into the queue by itself.")
    return render_template("triage/defer.html", sheet=sheet_of(actor, contact), form=form)


@blueprint.route("/queue/<uuid:contact_id>/close", methods=["GET", "POST"])
@requires(Permission.CONTACT_WORK, on=get_contact)
def close(actor: Actor, contact: Contact) -> ResponseReturnValue:
    """End it with a note of what was done."""
    must_hold(actor, contact)
    form = CloseForm()
    if form.validate_on_submit():
        actions.close(actor, contact, form.note.data or "")
        return _onwards(actor, contact)
    return render_template("triage/close.html", sheet=sheet_of(actor, contact), form=form)


@blueprint.route("/queue/<uuid:contact_id>/reopen", methods=["GET", "POST"])
@requires(Permission.CONTACT_WORK, on=get_contact)
def reopen(actor: Actor, contact: Contact) -> ResponseReturnValue:
    """Open what is closed again, with a reason."""
    form = ReopenForm()
    if form.validate_on_submit():
        actions.reopen(actor, contact, form.reason.data or "")
        commit()
        flash("Open again. You hold it.", "success")
        return redirect(url_for("triage.contact", contact_id=contact.id), 303)
    return render_template("triage/reopen.html", sheet=sheet_of(actor, contact), form=form)


def _onwards(actor: Actor, decided: Contact, message: str = "") -> Response:
    """Commit, and on to the most urgent contact that waits, or to the queue when none does."""
    following = next_waiting(actor)
    commit()
    if message:
        flash(message, "success")
    if following is None:
        return redirect(url_for("triage.queue", decided=decided.id), 303)
    return redirect(url_for("triage.contact", contact_id=following, decided=decided.id), 303)
