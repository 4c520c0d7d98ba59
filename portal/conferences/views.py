"""The contact team's pages of conferences: the list, one conference, booking by hand, what is to settle."""

import uuid
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.queries import chairs_by_email, practices
from portal.authorisation.actor import Actor
from portal.authorisation.gate import requires
from portal.authorisation.once import commit_once, earlier_location
from portal.authorisation.permissions import Permission
from portal.conferences import confidential, hand_booking, list_import, queries, settling
from portal.conferences.forms import AddressForm, BookingForm, PracticeForm, ReasonForm
from portal.conferences.overview import overview_of
from portal.conferences.queries import Conference, get_conference
from portal.database import commit
from portal.errors import NotFound, StaleEdit
from portal.web.pagination import Page, typed_key
from portal.web.typed_text import clean_line

blueprint = Blueprint("conferences", __name__)
PAGE_SIZE = 50


@blueprint.route("/conferences")
@requires(Permission.CONFERENCE_LIST)
def board(actor: Actor) -> ResponseReturnValue:
    search, is_past = clean_line(request.args.get("search", "")), "past" in request.args
    after = typed_key(request.args.get("after"), date, uuid.UUID)
    rows = queries.conferences_for(actor, search=search, is_past=is_past, after=after, limit=PAGE_SIZE + 1)
    page = Page.of(rows, PAGE_SIZE, key=lambda row: row.key)
    stopped = list_import.stopped_lists(actor)
    return render_template(
        "conferences/board.html", page=page, search=search, is_past=is_past, stopped=stopped
    )


@blueprint.route("/conferences/<uuid:conference_id>")
@requires(Permission.CONFERENCE_VIEW, on=get_conference)
def conference(_actor: Actor, target: Conference) -> ResponseReturnValue:
    return render_template("conferences/conference.html", overview=overview_of(target), conference=target)


@blueprint.route("/conferences/new", methods=["GET", "POST"])
@requires(Permission.CONFERENCE_BOOK)
def book(actor: Actor) -> ResponseReturnValue:
    form = BookingForm()
    chairs = {email: user.name for email, user in chairs_by_email(actor.organisation_id).items()}
    form.offer(chairs, {practice.code: practice.name for practice in practices()})
    if form.validate_on_submit():
        booked = hand_booking.book_by_hand(actor, form.conference_row(), form.people_rows())
        if not isinstance(booked, list):
            flash("Conference booked. The practices have been asked.", "success")
            return commit_once(url_for("conferences.conference", conference_id=booked.id))
        earlier = earlier_location(actor)
        if earlier:  # the same form, sent twice at once: the other one booked it
            return redirect(earlier, 303)
        for refusal in booked:
            form.refuse_column(refusal.column, refusal.person, refusal.reason)
    return render_template("conferences/book.html", form=form)


@blueprint.route(
    "/conferences/<uuid:conference_id>/people/<uuid:person_id>/practice", methods=["GET", "POST"]
)
@requires(Permission.CONFERENCE_SETTLE, on=get_conference)
def practice(actor: Actor, target: Conference, person_id: uuid.UUID) -> ResponseReturnValue:
    person = _person_in(target, person_id)
    form = PracticeForm()
    form.practice.choices = {"": "Choose a practice", **{str(each.id): each.name for each in practices()}}
    if form.validate_on_submit():
        settling.give_practice(actor, target, person_id, uuid.UUID(form.practice.data))
        commit()
        flash("Practice saved. It has been asked.", "success")
        return redirect(url_for("conferences.conference", conference_id=target.id), 303)
    return render_template("conferences/practice.html", form=form, person=person, conference=target)


@blueprint.route("/conferences/<uuid:conference_id>/reason", methods=["GET", "POST"])
@requires(Permission.CONFERENCE_SETTLE, on=get_conference)
def reason(actor: Actor, target: Conference) -> ResponseReturnValue:
    form = ReasonForm(data={"reason": target.reason or "", "questions": target.questions or ""})
    seen, is_stale = form.revision.data or "", False
    if form.validate_on_submit():
        try:
            settling.say_why(actor, target, form.reason.data or "", form.questions.data or "", seen=seen)
        except StaleEdit as error:
            form.refuse(error.message)
            is_stale = True
        else:
            commit()
            flash("Reason saved. It stands on every request.", "success")
            return redirect(url_for("conferences.conference", conference_id=target.id), 303)
    if is_stale or not form.is_submitted():
        form.revision.data = settling.revision_of(target)
    return render_template("conferences/reason.html", form=form, conference=target, is_stale=is_stale)


@blueprint.route("/conferences/<uuid:conference_id>/people/<uuid:person_id>/address", methods=["GET", "POST"])
@requires(Permission.CONFERENCE_SETTLE, on=get_conference)
def address(actor: Actor, target: Conference, person_id: uuid.UUID) -> ResponseReturnValue:
    """Say that a confidential address is confidential no longer, and why."""
    person = _person_in(target, person_id)
    if not person.is_address_confidential:
        return redirect(url_for("conferences.conference", conference_id=target.id), 303)
    form = AddressForm()
    if form.validate_on_submit():
        confidential.lift(actor, target, person_id, form.reason.data or "")
        commit()
        flash("The address is no longer confidential.", "success")
        return redirect(url_for("conferences.conference", conference_id=target.id), 303)
    return render_template("conferences/address.html", form=form, person=person, conference=target)


def _person_in(conference: Conference, person_id: uuid.UUID) -> queries.PersonRow:
    """Somebody of this family, in full. Raises NotFound."""
    person = next((each for each in queries.people_in(conference) if each.id == person_id), None)
    if person is None:
        raise NotFound
    return person
