"""The draft: its list of sections, a page for each, saving while typing, and two texts put together."""

import uuid

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.authorisation.actor import Actor
from portal.authorisation.gate import requires
from portal.authorisation.permissions import Permission
from portal.conferences.queries import PersonRow, people_asked
from portal.database import commit
from portal.errors import StaleEdit
from portal.questionnaire.model import Rows
from portal.questionnaire.page_fields import page_fields
from portal.questionnaire.problems import Problem
from portal.questionnaire.raw_answers import RawAnswers, raw_from_form, without_row
from portal.questionnaire.situation import SectionPart
from portal.reports import actions, queries
from portal.reports.forms import JoinForm, SectionForm
from portal.reports.merging import Keep, differences, put_together
from portal.reports.queries import Draft, Report, draft_of, get_report
from portal.reports.tasks import part_problems, task_groups
from portal.reports.wording import APPROVED_BY, LEGAL_BASIS, WHY_SHARE
from portal.web.forms import FormError, mark_form_refused

blueprint = Blueprint("reports", __name__)
"""All of the practice's pages; the other modules of views add theirs."""

FAMILY = "family"
"""Stands in an address for a section that is about nobody in particular."""


@blueprint.app_template_global()
def section_url(report: Report, part: SectionPart, endpoint: str = "reports.section") -> str:
    """The address of a section's page."""
    about = part.person.id if part.person else FAMILY
    return url_for(endpoint, request_id=report.request_id, section=part.section.key, about=about)


@blueprint.route("/requests/<uuid:request_id>/report")
@requires(Permission.REPORT_DRAFT, on=get_report)
def task_list(_actor: Actor, report: Report) -> ResponseReturnValue:
    """What of the report is still to do."""
    draft = draft_of(report)
    return render_template("reports/task_list.html", report=report, draft=draft, groups=task_groups(draft))


@blueprint.route("/requests/<uuid:request_id>/report/<section>/<about>", methods=["GET", "POST"])
@requires(Permission.REPORT_DRAFT, on=get_report)
def section(actor: Actor, report: Report, section: str, about: str) -> ResponseReturnValue:
    """One section about one person: shown, saved, checked when the writer goes on."""
    draft = draft_of(report)
    part = _part(draft, section, about)
    if request.method == "GET":
        return _page(draft, part, draft.raw(part), draft.revision(part))
    raw = _after_removal(part, raw_from_form(part, request.form))
    try:
        revision = actions.save_section(actor, report, part, _typed(raw))
    except StaleEdit:
        return redirect(_set_aside(actor, report, part, raw), 303)
    commit()
    return _onwards(draft_of(report), part, raw, revision)


@blueprint.post("/requests/<uuid:request_id>/report/<section>/<about>/save")
@requires(Permission.REPORT_SAVE, on=get_report)
def save(actor: Actor, report: Report, section: str, about: str) -> ResponseReturnValue:
    """Save while typing; answers the script in the page."""
    part = _part(draft_of(report), section, about)
    raw = raw_from_form(part, request.form)
    try:
        revision = actions.save_section(actor, report, part, _typed(raw))
    except StaleEdit:
        return jsonify(conflict_url=_set_aside(actor, report, part, raw)), 409
    commit()
    return jsonify(saved_at=f"{clock.local(clock.now()):%H:%M}", revision=revision)


@blueprint.route("/requests/<uuid:request_id>/report/set-aside/<uuid:aside_id>", methods=["GET", "POST"])
@requires(Permission.REPORT_DRAFT, on=get_report)
def both(actor: Actor, report: Report, aside_id: uuid.UUID) -> ResponseReturnValue:
    """Two texts of one section, side by side, to be put together."""
    draft = draft_of(report)
    aside = queries.get_aside(report, aside_id)
    part = draft.part(aside.section, aside.person_id)
    found = differences(part, draft.raw(part), aside.answers, draft.situation)
    form = JoinForm(revision=str(draft.revision(part)))
    chosen = {each.key: _kept(each.key) for each in found}
    if form.validate_on_submit():
        is_fresh = form.revision.data == str(draft.revision(part))
        if is_fresh and all(chosen.values()):
            keep = {key: value for key, value in chosen.items() if value is not None}
            together = put_together(part, draft.raw(part), aside.answers, keep)
            typed = actions.Typed(together, draft.revision(part), uuid.uuid4())
            actions.settle(actor, report, part, aside, typed)
            commit()
            flash("Both texts are put together and saved.", "success")
            return redirect(section_url(report, part), 303)
        _refuse_join(form, is_fresh=is_fresh)
    form.revision.data = str(draft.revision(part))
    return render_template(
        "reports/both.html",
        form=form,
        report=report,
        part=part,
        aside=aside,
        saved=draft.saved.get((aside.section, aside.person_id)),
        found=found,
        chosen=chosen,
    )


def _refuse_join(form: JoinForm, *, is_fresh: bool) -> None:
    stale = "Somebody has saved this section again. Look at both texts once more"
    form.refuse("Choose what to keep for each question" if is_fresh else stale)


def _kept(key: str) -> Keep | None:
    value = request.form.get(f"keep-{key}", "")
    return Keep(value) if value in set(Keep) else None


def _part(draft: Draft, section: str, about: str) -> SectionPart:
    """The part an address names; 404 when the report does not ask it."""
    if about == FAMILY:
        return draft.part(section, None)
    try:
        return draft.part(section, uuid.UUID(about))
    except ValueError:
        abort(404)


def _person_row(draft: Draft, part: SectionPart) -> PersonRow | None:
    """Whom a section is about, to be found in the practice's own records."""
    people = people_asked(draft.report.request) if part.person else []
    return next((row for row in people if part.person and str(row.id) == part.person.id), None)


def _typed(raw: RawAnswers) -> actions.Typed:
    form = SectionForm()
    return actions.Typed(raw, form.started_from, form.page_id)


def _set_aside(actor: Actor, report: Report, part: SectionPart, raw: RawAnswers) -> str:
    """Keep what could not be saved; returns where both texts can be seen."""
    aside = actions.set_aside(actor, report, part, _typed(raw))
    commit()
    return url_for("reports.both", request_id=report.request_id, aside_id=aside.id)


def _after_removal(part: SectionPart, raw: RawAnswers) -> RawAnswers:
    """The answers without the row whose "Remove" was pressed."""
    key, _, index = request.form.get("remove", "").rpartition("-")
    rows = next((each for each in part.questions if isinstance(each, Rows) and each.key == key), None)
    return without_row(rows, raw, int(index)) if rows and index.isdecimal() else raw


def _onwards(draft: Draft, part: SectionPart, raw: RawAnswers, revision: int) -> ResponseReturnValue:
    """After a save: the same page for one more row, the list for later, else the next section."""
    pressed = request.form
    if "add" in pressed or "remove" in pressed:
        key = pressed.get("add") or pressed.get("remove", "").rpartition("-")[0]
        return redirect(f"{section_url(draft.report, part)}#{key}", 303)
    if pressed.get("go") == "later":
        return redirect(url_for("reports.task_list", request_id=draft.report.request_id), 303)
    found = part_problems(draft, part)
    if found:
        mark_form_refused()
        return _page(draft, part, raw, revision, found)
    following = draft.after(part)
    if following is None:
        return redirect(url_for("reports.check", request_id=draft.report.request_id), 303)
    return redirect(section_url(draft.report, following), 303)


def _page(
    draft: Draft,
    part: SectionPart,
    raw: RawAnswers,
    revision: int,
    found: tuple[Problem, ...] = (),
) -> ResponseReturnValue:
    form = SectionForm(formdata=None, revision=str(revision))
    return render_template(
        "reports/section.html",
        form=form,
        report=draft.report,
        part=part,
        place=draft.parts.index(part) + 1,
        count=len(draft.parts),
        saved=draft.saved.get((part.section.key, uuid.UUID(part.person.id) if part.person else None)),
        aside=draft.aside_for(part),
        fields_of_part=page_fields(part, raw, found, draft.people),
        error_lines=[FormError(each.message, f"#{each.field}") for each in found],
        person=_person_row(draft, part),
        why_share=WHY_SHARE if part.section.key.startswith("told") else (),
        legal_basis=LEGAL_BASIS,
        approved_by=APPROVED_BY,
    )
