"""The inbox and the request: what is asked, why, of whom, by when, and who writes."""

import uuid
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.authorisation.actor import Actor
from portal.authorisation.gate import requires
from portal.authorisation.permissions import Permission
from portal.conferences.queries import others_in, people_asked, requests_for
from portal.conferences.wording import TYPE_WORDS
from portal.database import commit
from portal.partnership.working_days import working_days_between
from portal.reports import (
    actions,
    answer_views,
    joining_views,
    queries,
    section_views,
    sent_views,
    sign_views,
)
from portal.reports.forms import CHOOSE, WriterForm
from portal.reports.queries import ReportRequest, get_request
from portal.reports.section_views import blueprint
from portal.web.pagination import Page, typed_key

__all__ = ["answer_views", "blueprint", "joining_views", "section_views", "sent_views", "sign_views"]

PAGE_SIZE = 25
DONE_SIZE = 10


@blueprint.route("/requests")
@requires(Permission.REQUEST_LIST)
def inbox(actor: Actor) -> ResponseReturnValue:
    """Conferences for the practice's patients: what is open, due soonest first; below, what is done."""
    places = (request.args.get(name) for name in ("after", "done_after"))
    after, done_after = (typed_key(place, date, uuid.UUID) for place in places)
    open_rows = requests_for(actor, after=after, limit=PAGE_SIZE + 1)
    done_rows = requests_for(actor, is_open=False, after=done_after, limit=DONE_SIZE + 1)
    waiting = Page.of(open_rows, PAGE_SIZE, key=lambda row: row.key)
    done = Page.of(done_rows, DONE_SIZE, key=lambda row: row.key)
    return render_template(
        "reports/inbox.html",
        waiting=waiting,
        done=done,
        returned=queries.returned_among(actor, [row.id for row in (*waiting.items, *done.items)]),
        today=clock.today(),
        is_first=after is None and done_after is None,
    )


@blueprint.route("/requests/<uuid:request_id>")
@requires(Permission.REQUEST_VIEW, on=get_request)
def request_page(actor: Actor, asked: ReportRequest) -> ResponseReturnValue:
    """One request, with the ways to answer it and what was sent."""
    return render_template(
        "reports/request_page.html",
        asked=asked,
        conference=asked.conference,
        type_words=TYPE_WORDS,
        people=people_asked(asked),
        others=others_in(asked),
        report=queries.report_for(asked),
        has_report=queries.has_report(asked.id),
        sent=queries.sent_for(actor, asked),
        today=clock.today(),
        days_left=working_days_between(clock.today(), asked.due_on),
    )


@blueprint.post("/requests/<uuid:request_id>/start")
@requires(Permission.REPORT_DRAFT, on=get_request)
def start(actor: Actor, asked: ReportRequest) -> ResponseReturnValue:
    """Start the report, or go on with it."""
    actions.start_report(actor, asked)
    commit()
    return redirect(url_for("reports.task_list", request_id=asked.id), 303)


@blueprint.route("/requests/<uuid:request_id>/assign", methods=["GET", "POST"])
@requires(Permission.REQUEST_ASSIGN, on=get_request)
def assign(actor: Actor, asked: ReportRequest) -> ResponseReturnValue:
    """Say who writes the report."""
    form = WriterForm(writer=str(asked.writer_id or ""))
    form.writer.choices = CHOOSE | queries.writers_for(asked)
    if form.validate_on_submit():
        actions.assign_writer(actor, asked, uuid.UUID(form.writer.data))
        commit()
        flash("Saved who writes the report. They have been told by e-mail.", "success")
        return redirect(url_for("reports.request_page", request_id=asked.id), 303)
    return render_template("reports/assign.html", form=form, asked=asked)


@blueprint.post("/requests/<uuid:request_id>/take-over")
@requires(Permission.REQUEST_TAKE_OVER, on=get_request)
def take_over(actor: Actor, asked: ReportRequest) -> ResponseReturnValue:
    """Write the report oneself from now on."""
    actions.take_over(actor, asked)
    commit()
    flash("You write this report now.", "success")
    return redirect(url_for("reports.request_page", request_id=asked.id), 303)
