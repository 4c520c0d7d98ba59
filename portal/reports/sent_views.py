"""What was sent: the receipt, our own copy to read and print, and news afterwards."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from portal.authorisation.actor import Actor
from portal.authorisation.gate import requires
from portal.authorisation.once import commit_once
from portal.authorisation.permissions import Permission
from portal.conferences.queries import get_request as get_whole_request
from portal.conferences.queries import people_asked
from portal.questionnaire.readers import FamilyLinks, Reader, ReaderKind
from portal.reports import sending
from portal.reports.forms import NewsForm
from portal.reports.queries import (
    KIND_WORDS,
    ReportRequest,
    Submission,
    get_request,
    get_submission,
    named_on_receipt,
    without_answer,
)
from portal.reports.section_views import blueprint
from portal.submissions.reading import content_of, read_report
from portal.submissions.states import SubmissionKind


@blueprint.route("/sent/<uuid:submission_id>/receipt")
@requires(Permission.SUBMISSION_VIEW_OWN, on=get_submission)
def receipt(actor: Actor, sent: Submission) -> ResponseReturnValue:
    """That it has arrived, under which reference, and what happens next."""
    asked = get_whole_request(actor, sent.request_id)
    return render_template(
        "reports/receipt.html",
        sent=sent,
        asked=asked,
        named=named_on_receipt(actor, sent),
        kind_words=KIND_WORDS[SubmissionKind(sent.kind)],
        still_due=without_answer(people_asked(asked)) if sent.kind == SubmissionKind.NOT_REGISTERED else [],
    )


@blueprint.route("/sent/<uuid:submission_id>")
@requires(Permission.SUBMISSION_VIEW_OWN, on=get_submission)
def own_copy(actor: Actor, sent: Submission) -> ResponseReturnValue:
    """What this practice sent, whole: it wrote it."""
    return render_template(
        "reports/own_copy.html",
        sent=sent,
        asked=get_whole_request(actor, sent.request_id),
        content=content_of(sent),
        parts=read_report(sent, Reader(ReaderKind.CHAIR), FamilyLinks()),
        kind_words=KIND_WORDS[SubmissionKind(sent.kind)],
        practice=actor.organisation_name,
    )


@blueprint.route("/requests/<uuid:request_id>/news", methods=["GET", "POST"])
@requires(Permission.NEWS_ADD, on=get_request)
def news(actor: Actor, asked: ReportRequest) -> ResponseReturnValue:
    """Add what came up after the answer, in one box."""
    form = NewsForm()
    if form.validate_on_submit():
        sent = sending.add_news(actor, asked, form.text.data or "", form.idempotency_key.key)
        return commit_once(url_for("reports.receipt", submission_id=sent.id))
    return render_template("reports/news.html", form=form, asked=asked)
