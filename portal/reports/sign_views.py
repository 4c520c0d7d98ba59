"""Check the answers and who will read what, ask a clinician to sign, sign and send."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.actions import WRONG_CODE, confirm_code
from portal.authorisation.actor import Actor
from portal.authorisation.gate import requires
from portal.authorisation.once import commit_once, earlier_location
from portal.authorisation.permissions import Permission
from portal.conferences.queries import people_asked
from portal.database import commit
from portal.reports import actions, queries, sending
from portal.reports.copies import copies_of, get_copy
from portal.reports.forms import CHOOSE, SignatureForm, SignForm
from portal.reports.queries import Draft, Report, draft_of, get_report
from portal.reports.reading import check_parts
from portal.reports.section_views import blueprint
from portal.reports.tasks import all_problems


@blueprint.route("/requests/<uuid:request_id>/report/check")
@requires(Permission.REPORT_DRAFT, on=get_report)
def check(_actor: Actor, report: Report) -> ResponseReturnValue:
    """Every answer, what is to be put right, and who will read what."""
    draft = draft_of(report)
    return render_template(
        "reports/check.html",
        report=report,
        draft=draft,
        parts=check_parts(draft),
        found=all_problems(draft),
        copies=copies_of(draft),
    )


@blueprint.route("/requests/<uuid:request_id>/report/copies/<reader>")
@requires(Permission.REPORT_DRAFT, on=get_report)
def copy(_actor: Actor, report: Report, reader: str) -> ResponseReturnValue:
    """What one reader's copy would hold if the draft were sent as it stands."""
    found = get_copy(draft_of(report), reader)
    return render_template("reports/copy.html", report=report, copy=found)


@blueprint.route("/requests/<uuid:request_id>/report/ask-for-signature", methods=["GET", "POST"])
@requires(Permission.REPORT_DRAFT, on=get_report)
def ask_for_signature(actor: Actor, report: Report) -> ResponseReturnValue:
    """Hand the draft to a clinician, who reads and signs it."""
    form = SignatureForm()
    form.clinician.choices = CHOOSE | queries.clinicians_for(report.request)
    if form.validate_on_submit():
        actions.ask_for_signature(actor, report, uuid.UUID(form.clinician.data))
        commit()
        flash("Sent to a clinician to read and sign. They have been told by e-mail.", "success")
        return redirect(url_for("reports.request_page", request_id=report.request_id), 303)
    return render_template("reports/ask_for_signature.html", form=form, report=report)


@blueprint.route("/requests/<uuid:request_id>/report/sign", methods=["GET", "POST"])
@requires(Permission.REPORT_SIGN, on=get_report)
def sign(actor: Actor, report: Report) -> ResponseReturnValue:
    """Declare, confirm with a code, and send."""
    draft = draft_of(report)
    if all_problems(draft) or draft.aside:
        return redirect(url_for("reports.check", request_id=report.request_id), 303)
    form = SignForm()
    if not form.is_submitted():
        form.edition.data = draft.edition
    form.declaration.label.text = sending.declaration_for(actor, draft)
    if form.validate_on_submit() and _is_what_was_read(draft, form):
        if confirm_code(actor, form.code.data or ""):
            sent = sending.submit_report(actor, draft, form.idempotency_key.key)
            return commit_once(url_for("reports.receipt", submission_id=sent.id))
        commit()  # a wrong guess must be remembered
        earlier = earlier_location(actor)
        if earlier:  # the same form, sent twice at once: the other one used the code and sent the report
            return redirect(earlier, 303)
        form.refuse(WRONG_CODE, "code")
    return _sign_page(draft, form)


def _is_what_was_read(draft: Draft, form: SignForm) -> bool:
    """Whether nobody saved anything since the form was opened; refuses the form otherwise, for good."""
    is_same = bool(form.edition.data == draft.edition)
    if not is_same:
        form.refuse("The report has changed since you read it. It was not sent. Check the answers again")
    return is_same


def _sign_page(draft: Draft, form: SignForm) -> ResponseReturnValue:
    form.code.data = ""
    return render_template(
        "reports/sign.html",
        form=form,
        report=draft.report,
        has_changed=form.edition.data != draft.edition,
        people=people_asked(draft.report.request),
        copies=copies_of(draft),
    )
