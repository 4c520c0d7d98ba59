"""The pages on which a conference list comes in: upload, preview, progress, what was left out."""

from datetime import date

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from portal.authorisation.actor import Actor
from portal.authorisation.gate import requires
from portal.authorisation.once import commit_once
from portal.authorisation.permissions import Permission
from portal.conferences import list_import
from portal.conferences.forms import ConfirmForm, UploadForm
from portal.conferences.list_columns import COLUMNS, template_csv
from portal.conferences.list_import import ConferenceList, get_list
from portal.conferences.list_writing import left_out_csv
from portal.conferences.states import ListState
from portal.conferences.views import blueprint
from portal.database import commit, rollback
from portal.errors import ImpossibleMove
from portal.web.words import date_and_time

REFRESH_SECONDS = 2
PAGE_OF = {
    ListState.READ: "conferences.preview",
    ListState.APPLYING: "conferences.progress",
    ListState.APPLIED: "conferences.progress",
    ListState.FAILED: "conferences.progress",
    ListState.DISCARDED: "conferences.upload",
}


@blueprint.route("/conferences/lists/new", methods=["GET", "POST"])
@requires(Permission.CONFERENCE_IMPORT)
def upload(actor: Actor) -> ResponseReturnValue:
    form = UploadForm()
    if form.validate_on_submit():
        kept = list_import.keep_list(actor, form.file.data.read())
        return commit_once(url_for("conferences.preview", list_id=kept.id))
    return render_template("conferences/upload.html", form=form, columns=COLUMNS)


@blueprint.route("/conferences/lists/template")
@requires(Permission.CONFERENCE_IMPORT)
def template(_actor: Actor) -> ResponseReturnValue:
    return _csv(template_csv().encode("utf-8-sig"), "conference-list-template.csv")


@blueprint.route("/conferences/lists/<uuid:list_id>")
@requires(Permission.CONFERENCE_LIST_TAKE_OVER, on=get_list)
def preview(actor: Actor, row: ConferenceList) -> ResponseReturnValue:
    if not row.is_unconfirmed:
        return _lead_on(actor, row)
    found = list_import.preview(row)
    return render_template("conferences/preview.html", found=found, row=row, form=ConfirmForm())


@blueprint.post("/conferences/lists/<uuid:list_id>/confirm")
@requires(Permission.CONFERENCE_LIST_TAKE_OVER, on=get_list)
def confirm(actor: Actor, row: ConferenceList) -> ResponseReturnValue:
    """Have it taken over. What lifts somebody's protection needs a tick of its own."""
    form = ConfirmForm()
    if row.is_unconfirmed and not form.lifts_protection.data:
        found = list_import.preview(row)
        if found.lifting:
            form.refuse("Check who may now be told about whom, and tick the box", "lifts_protection")
            return render_template("conferences/preview.html", found=found, row=row, form=form)
    try:
        list_import.confirm(actor, row)
    except ImpossibleMove:  # sent twice, or a colleague was quicker: see where it stands
        rollback()
    else:
        commit()
    return _lead_on(actor, row)


@blueprint.post("/conferences/lists/<uuid:list_id>/go-on")
@requires(Permission.CONFERENCE_LIST_TAKE_OVER, on=get_list)
def go_on(actor: Actor, row: ConferenceList) -> ResponseReturnValue:
    """Take over the rest of a list that has stopped; what is done is not done again."""
    if row.has_stopped:
        list_import.go_on(actor, row)
        commit()
    return redirect(_page_of(row), 303)


@blueprint.post("/conferences/lists/<uuid:list_id>/discard")
@requires(Permission.CONFERENCE_LIST_TAKE_OVER, on=get_list)
def discard(actor: Actor, row: ConferenceList) -> ResponseReturnValue:
    if row.is_unconfirmed:
        list_import.discard(actor, row)
        commit()
    return redirect(_page_of(row), 303)


@blueprint.route("/conferences/lists/<uuid:list_id>/progress")
@requires(Permission.CONFERENCE_LIST_TAKE_OVER, on=get_list)
def progress(actor: Actor, row: ConferenceList) -> ResponseReturnValue:
    """How far the list is; the page asks again by itself, without a script, until it is done."""
    if row.is_unconfirmed or row.is_set_aside:
        return _lead_on(actor, row)
    response = make_response(render_template("conferences/progress.html", row=row))
    if row.is_under_way:
        response.headers["Refresh"] = str(REFRESH_SECONDS)
    return response


@blueprint.route("/conferences/lists/<uuid:list_id>/left-out")
@requires(Permission.CONFERENCE_LIST_TAKE_OVER, on=get_list)
def left_out(_actor: Actor, row: ConferenceList) -> ResponseReturnValue:
    """The lines that stayed out, each with its reasons, to correct and send again."""
    name = f"conferences-left-out-{_day(row).isoformat()}.csv"
    return _csv(left_out_csv(list_import.read_again(row)), name)


def _lead_on(actor: Actor, row: ConferenceList) -> Response:
    """To the page where the list stands now; whoever finds it set aside by a colleague is told so."""
    if row.is_set_aside and row.replaced_by_id is not None:
        other = get_list(actor, row.replaced_by_id)
        when = date_and_time(other.confirmed_at)
        what = f"{other.confirmed_by_name} confirmed another list on {when}, so this one was set aside."
        flash(f"{what} Upload yours again.", "important")
    return redirect(_page_of(row), 303)


def _page_of(row: ConferenceList) -> str:
    endpoint = PAGE_OF[ListState(row.state)]
    return url_for(endpoint) if row.is_set_aside else url_for(endpoint, list_id=row.id)


def _day(row: ConferenceList) -> date:
    return row.uploaded_at.date()


def _csv(content: bytes, name: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
