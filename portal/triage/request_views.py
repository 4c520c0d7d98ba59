"""What practices owe: the overview, calls to them, and replies that came another way."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.authorisation.actor import Actor
from portal.authorisation.gate import requires
from portal.authorisation.once import commit_once
from portal.authorisation.permissions import Permission
from portal.conferences.queries import get_request
from portal.contacts.moves import must_hold
from portal.contacts.queries import get_contact
from portal.database import commit
from portal.submissions.queries import get_submission
from portal.submissions.withdrawing import withdraw_record
from portal.triage import actions, replies
from portal.triage.chasing import count_owing, owing_by_conference, place_among_owing
from portal.triage.forms import CallForm, RecordReplyForm, WithdrawForm
from portal.triage.queries import Contact, ReportRequest, Submission
from portal.triage.sheets import sheet_of
from portal.triage.views import blueprint
from portal.triage.words import CALL_WORDS


@blueprint.route("/waiting-for-practices")
@requires(Permission.CONTACT_LIST)
def waiting_for_practices(actor: Actor) -> ResponseReturnValue:
    """Requests that are open, by conference, with whom to ring."""
    is_overdue_only = request.args.get("show") == "overdue"
    owing, overdue = count_owing(actor)
    return render_template(
        "triage/waiting_for_practices.html",
        page=owing_by_conference(
            actor, is_overdue_only=is_overdue_only, after=place_among_owing(request.args.get("after"))
        ),
        is_overdue_only=is_overdue_only,
        owing=owing,
        overdue=overdue,
        is_later_page=bool(request.args.get("after")),
        call_words=CALL_WORDS,
    )


@blueprint.route("/requests/<uuid:request_id>/log-call", methods=["GET", "POST"])
@requires(Permission.REQUEST_LOG_CALL, on=get_request)
def log_call(actor: Actor, asked: ReportRequest) -> ResponseReturnValue:
    """Record a call to a practice that has not answered."""
    form = CallForm()
    if form.validate_on_submit():
        actions.log_call(actor, asked, form.chosen, form.who, form.note.data or "")
        flash("Call recorded.", "success")
        return commit_once(url_for("triage.waiting_for_practices"))
    return render_template(
        "triage/log_call.html",
        asked=asked,
        form=form,
        calls=replies.calls_for(actor, asked),
        call_words=CALL_WORDS,
        back_url=url_for("triage.waiting_for_practices"),
    )


@blueprint.route("/queue/<uuid:contact_id>/log-call", methods=["GET", "POST"])
@requires(Permission.CONTACT_WORK, on=get_contact)
def ring_about_contact(actor: Actor, contact: Contact) -> ResponseReturnValue:
    """Record a call that the queue asked for."""
    must_hold(actor, contact)
    form = CallForm()
    sheet = sheet_of(actor, contact)
    if form.validate_on_submit():
        actions.ring_about_contact(actor, contact, sheet.asked, form.chosen, form.who, form.note.data or "")
        flash("Call recorded.", "success")
        return commit_once(url_for("triage.contact", contact_id=contact.id))
    return render_template(
        "triage/log_call.html",
        asked=sheet.asked,
        form=form,
        calls=sheet.calls,
        call_words=CALL_WORDS,
        back_url=url_for("triage.contact", contact_id=contact.id),
    )


@blueprint.route("/requests/<uuid:request_id>/record-reply", methods=["GET", "POST"])
@requires(Permission.REPLY_RECORD, on=get_request)
def record_reply(actor: Actor, asked: ReportRequest) -> ResponseReturnValue:
    """Record a reply that came by e-mail, telephone or on paper, and where it is filed."""
    form = RecordReplyForm()
    if form.validate_on_submit():
        replies.record(actor, asked, form.reply(), form.idempotency_key.key)
        flash("Recorded. The practice has answered.", "success")
        return commit_once(url_for("triage.waiting_for_practices"))
    return render_template(
        "triage/record_reply.html",
        asked=asked,
        form=form,
        sent=replies.sent_for(actor, asked),
        back_url=url_for("triage.waiting_for_practices"),
    )


@blueprint.route("/recorded-replies/<uuid:submission_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.REPLY_RECORD, on=get_submission)
def withdraw_reply(actor: Actor, recorded: Submission) -> ResponseReturnValue:
    """Take back a reply that was recorded on the wrong request."""
    form = WithdrawForm()
    if form.validate_on_submit():
        withdraw_record(actor, recorded, form.reason.data or "")
        commit()
        flash("Withdrawn. See below whether the practice has still to answer.", "success")
        return redirect(url_for("triage.record_reply", request_id=recorded.request_id), 303)
    return render_template("triage/withdraw_reply.html", recorded=recorded, form=form)
