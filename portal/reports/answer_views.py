"""The short answers: not registered here, nothing relevant found, will be late."""

import hashlib

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.authorisation.actor import Actor
from portal.authorisation.gate import requires
from portal.authorisation.once import commit_once
from portal.authorisation.permissions import Permission
from portal.conferences.queries import people_asked
from portal.errors import InvalidInput, NotReady
from portal.reports import sending
from portal.reports.answer_forms import (
    not_registered_form,
    nothing_found_form,
    read_not_registered,
    read_nothing_found,
)
from portal.reports.forms import LateForm
from portal.reports.queries import (
    ReportRequest,
    drafting_names,
    get_request,
    has_report,
    with_records,
    without_answer,
)
from portal.reports.section_views import blueprint
from portal.submissions.arrivals import REPORT_IS_SENT
from portal.web.forms import form_was_refused


@blueprint.route("/requests/<uuid:request_id>/not-registered", methods=["GET", "POST"])
@requires(Permission.REQUEST_SAY_NOT_REGISTERED, on=get_request)
def not_registered(actor: Actor, asked: ReportRequest) -> ResponseReturnValue:
    """Say who is not this practice's patient."""
    people = without_answer(people_asked(asked))
    form = not_registered_form(people)
    if form.validate_on_submit():
        answers = read_not_registered(form, people)
        if not form_was_refused():
            try:
                sent = sending.say_not_registered(actor, asked, answers, form.idempotency_key.key)
            except InvalidInput as error:  # a colleague was quicker
                form.refuse(error.message)
            else:
                return commit_once(url_for("reports.receipt", submission_id=sent.id))
    return render_template("reports/not_registered.html", form=form, asked=asked, people=people)


@blueprint.route("/requests/<uuid:request_id>/nothing-found", methods=["GET", "POST"])
@requires(Permission.REQUEST_SAY_NOTHING_FOUND, on=get_request)
def nothing_found(actor: Actor, asked: ReportRequest) -> ResponseReturnValue:
    """Say that nothing relevant was found; sent only when what the conference will read has been read."""
    if has_report(asked.id):
        raise NotReady(REPORT_IS_SENT)
    everybody = people_asked(asked)
    people = with_records(without_answer(everybody) or everybody)
    drafting = drafting_names(asked)
    form = nothing_found_form(people, has_draft=bool(drafting))
    sentences: tuple[str, ...] = ()
    if form.validate_on_submit():
        answers = read_nothing_found(form, people)
        if not form_was_refused():
            sentences = tuple(each.sentence(actor.organisation_name) for each in answers)
            if form.was_read.data == _mark(sentences):
                sent = sending.say_nothing_found(actor, asked, answers, form.idempotency_key.key)
                return commit_once(url_for("reports.receipt", submission_id=sent.id))
    form.was_read.data = _mark(sentences) if sentences else ""
    return render_template(
        "reports/nothing_found.html",
        form=form,
        asked=asked,
        people=people,
        sentences=sentences,
        drafting=drafting,
    )


@blueprint.route("/requests/<uuid:request_id>/late", methods=["GET", "POST"])
@requires(Permission.REQUEST_SAY_LATE, on=get_request)
def late(actor: Actor, asked: ReportRequest) -> ResponseReturnValue:
    """Say who will send the report, and by when."""
    form = LateForm(writer=asked.late_writer or asked.writer_name or actor.name)
    if form.validate_on_submit() and form.until.data:
        try:
            sending.say_late(actor, asked, form.writer.data or "", form.until.data)
        except InvalidInput as error:
            form.refuse(error.message, "until")
        else:
            flash("The contact team knows that the report will be late. It is still due.", "success")
            return commit_once(url_for("reports.request_page", request_id=asked.id))
    return render_template("reports/late.html", form=form, asked=asked)


def _mark(sentences: tuple[str, ...]) -> str:
    """Stands for exactly these sentences: what is sent is what was read."""
    return hashlib.sha256("\n".join(sentences).encode()).hexdigest()
