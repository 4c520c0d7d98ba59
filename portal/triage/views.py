"""The queue and the page of one contact: take, give back, and what was just decided."""

from enum import StrEnum
from typing import TypeVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.authorisation.actor import Actor
from portal.authorisation.gate import requires
from portal.authorisation.permissions import Permission
from portal.contacts import actions as contacts
from portal.contacts.queries import About, Filters, Show, get_contact, place_in, queue_counts
from portal.database import commit
from portal.triage.chasing import count_owing
from portal.triage.queries import Contact, just_decided, queue_lines
from portal.triage.sheets import sheet_of
from portal.triage.words import ABOUT_WORDS, CALL_WORDS, EVENT_WORDS, SHOW_WORDS

blueprint = Blueprint("triage", __name__)

Choice = TypeVar("Choice", bound=StrEnum)


@blueprint.route("/queue")
@requires(Permission.CONTACT_LIST)
def queue(actor: Actor) -> ResponseReturnValue:
    """What waits for the contact team, nearest conference first."""
    show = _chosen(Show, "show", Show.OPEN)
    filters = Filters(
        show=show,
        about=_chosen(About, "about", About.ANYTHING),
        after=place_in(show, request.args.get("after")),
    )
    owing, overdue = count_owing(actor)
    return render_template(
        "triage/queue.html",
        page=queue_lines(actor, filters),
        filters=filters,
        counts=queue_counts(actor),
        show_words=SHOW_WORDS,
        about_words=ABOUT_WORDS,
        owing=owing,
        overdue=overdue,
        decided=just_decided(actor, request.args.get("decided")),
    )


@blueprint.post("/queue/take")
@requires(Permission.CONTACT_LIST)
def take_most_urgent(actor: Actor) -> ResponseReturnValue:
    """Hold the most urgent contact that nobody has taken, and go to it."""
    contact = contacts.claim_most_urgent(actor)
    commit()
    if contact is None:
        flash("Nothing waits that nobody has taken.", "important")
        return redirect(url_for("triage.queue"), 303)
    return redirect(url_for("triage.contact", contact_id=contact.id), 303)


@blueprint.route("/queue/<uuid:contact_id>")
@requires(Permission.CONTACT_WORK, on=get_contact)
def contact(actor: Actor, contact: Contact) -> ResponseReturnValue:
    """The thing itself, with what can be done with it."""
    return render_template(
        "triage/contact.html",
        sheet=sheet_of(actor, contact),
        event_words=EVENT_WORDS,
        call_words=CALL_WORDS,
        decided=just_decided(actor, request.args.get("decided")),
    )


@blueprint.post("/queue/<uuid:contact_id>/claim")
@requires(Permission.CONTACT_WORK, on=get_contact)
def claim(actor: Actor, contact: Contact) -> ResponseReturnValue:
    """Hold it for 30 minutes, or 30 minutes more; whoever is too late is told who was quicker."""
    contacts.claim(actor, contact)
    commit()
    return redirect(url_for("triage.contact", contact_id=contact.id), 303)


@blueprint.post("/queue/<uuid:contact_id>/release")
@requires(Permission.CONTACT_WORK, on=get_contact)
def release(actor: Actor, contact: Contact) -> ResponseReturnValue:
    """Give it back, so that a colleague can take it."""
    contacts.release(actor, contact)
    commit()
    flash("Given back to the queue.", "success")
    return redirect(url_for("triage.queue"), 303)


def _chosen(choices: type[Choice], name: str, usual: Choice) -> Choice:
    """What the address asks for; the usual where it asks for nothing we know."""
    try:
        return choices(request.args.get(name, usual))
    except ValueError:
        return usual
