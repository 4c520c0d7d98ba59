"""The chair's pages: my conferences, who answered, each answer, packs to make and to take."""

import io
import uuid
from datetime import date

from flask import Blueprint, flash, jsonify, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from portal.authorisation.actor import Actor
from portal.authorisation.gate import can, requires
from portal.authorisation.once import commit_once
from portal.authorisation.permissions import Permission
from portal.conferences import actions as conference_actions
from portal.conferences.queries import conferences_for, get_conference
from portal.database import commit
from portal.documents.html import to_html
from portal.packs import actions, downloads, made, queries
from portal.packs.forms import PackForm, RetryForm, TakeOverForm
from portal.packs.states import Audience
from portal.submissions.queries import get_submission
from portal.web.pagination import Page, typed_key

blueprint = Blueprint("packs", __name__, url_prefix="/conferences-to-chair")

PAGE_SIZE = 50
FILE_TYPES = "any(pdf, docx)"


@blueprint.route("")
@requires(Permission.CONFERENCE_LIST)
def conferences(actor: Actor) -> ResponseReturnValue:
    """My conferences, soonest first; then everybody else's."""
    mine = conferences_for(actor, chair_id=actor.user_id, limit=PAGE_SIZE)
    held = conferences_for(actor, chair_id=actor.user_id, is_past=True, limit=10)
    after = typed_key(request.args.get("after"), date, uuid.UUID)
    rows = conferences_for(actor, after=after, limit=PAGE_SIZE + 1)
    page = Page.of(rows, PAGE_SIZE, key=lambda row: row.key)
    others = [row for row in page.items if row.chair_id != actor.user_id]
    return render_template(
        "packs/conferences.html",
        mine=mine,
        held=held,
        others=others,
        next_key=page.next_key,
        may_take_over=can(Permission.CONFERENCE_TAKE_OVER, queries.OwnAuthority(actor.organisation_id)),
    )


@blueprint.route("/<uuid:conference_id>")
@requires(Permission.CONFERENCE_VIEW, on=get_conference)
def conference(actor: Actor, conference: queries.Conference) -> ResponseReturnValue:
    """Who was asked, what came, what is missing; and the packs."""
    return _conference_page(actor, conference, _pack_form(actor, conference))


@blueprint.route("/<uuid:conference_id>/take-over", methods=["GET", "POST"])
@requires(Permission.CONFERENCE_TAKE_OVER, on=get_conference)
def take_over(actor: Actor, conference: queries.Conference) -> ResponseReturnValue:
    """Become the chair of a conference, with a reason."""
    form = TakeOverForm()
    if form.validate_on_submit():
        conference_actions.take_over(actor, conference, form.reason.data or "")
        commit()
        flash("You are now the chair of this conference.", "success")
        return redirect(url_for("packs.conference", conference_id=conference.id), 303)
    facts = queries.facts_of(conference)
    return render_template("packs/take_over.html", form=form, conference=conference, facts=facts)


@blueprint.post("/<uuid:conference_id>/packs")
@requires(Permission.PACK_REQUEST, on=get_conference)
def request_pack(actor: Actor, conference: queries.Conference) -> ResponseReturnValue:
    """Have a pack made."""
    form = _pack_form(actor, conference)
    if form is not None and form.validate_on_submit():
        audience, person_id = _reader(form.reader.data)
        actions.request_pack(actor, conference, audience, person_id)
        return commit_once(url_for("packs.conference", conference_id=conference.id, _anchor="packs"))
    return _conference_page(actor, conference, form)


@blueprint.post("/packs/<uuid:pack_id>/retry")
@requires(Permission.PACK_FOLLOW, on=queries.get_pack)
def retry(actor: Actor, pack: queries.Pack) -> ResponseReturnValue:
    """Have a failed pack made after all."""
    RetryForm()
    actions.retry(actor, pack)
    commit()
    return redirect(url_for("packs.conference", conference_id=pack.conference_id, _anchor="packs"), 303)


@blueprint.route("/packs/<uuid:pack_id>/progress")
@requires(Permission.PACK_FOLLOW, on=queries.get_pack)
def progress(_actor: Actor, pack: queries.Pack) -> ResponseReturnValue:
    """How a pack is coming on, for the page that waits for it."""
    return jsonify(text=made.progress_words(pack), ready=pack.state not in made.MAKING)


@blueprint.route(f"/packs/<uuid:pack_id>/<{FILE_TYPES}:file_type>")
@requires(Permission.PACK_DOWNLOAD, on=queries.get_pack)
def download(actor: Actor, pack: queries.Pack, file_type: str) -> ResponseReturnValue:
    """One file of a pack, compared with its checksum first."""
    found = downloads.file_of(actor, pack, file_type)
    return send_file(
        io.BytesIO(found.content), found.media_type, as_attachment=True, download_name=found.name, etag=False
    )


@blueprint.route("/answers/<uuid:submission_id>")
@requires(Permission.SUBMISSION_VIEW, on=get_submission)
def answer(actor: Actor, submission: queries.Submission) -> ResponseReturnValue:
    """One answer to read on screen, with the words of the packs."""
    practice, given, document = queries.answer_document(actor, submission)
    return render_template(
        "packs/answer.html",
        practice=practice,
        given=given,
        conference=submission.conference,
        text=to_html(document, 1),
    )


def _conference_page(
    actor: Actor, conference: queries.Conference, form: PackForm | None
) -> ResponseReturnValue:
    return render_template(
        "packs/conference.html",
        conference=conference,
        board=queries.board_of(actor, conference),
        packs=made.packs_of(actor, conference),
        form=form,
    )


def _pack_form(actor: Actor, conference: queries.Conference) -> PackForm | None:
    """The form for packs, for those who may have one made."""
    if not can(Permission.PACK_REQUEST, conference):
        return None
    form = PackForm()
    form.reader.choices = {"": "Choose", **queries.readers_for(actor, conference)}
    return form


def _reader(choice: str) -> tuple[Audience, uuid.UUID | None]:
    """A choice of the form: an audience by its name, a family member by id."""
    if choice in (Audience.CHAIR, Audience.PROFESSIONALS):
        return Audience(choice), None
    return Audience.FAMILY, uuid.UUID(choice)
