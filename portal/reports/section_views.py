"""The draft: its list of sections, a page for each, and saving, while typing too."""

import uuid

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
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
from portal.reports import actions
from portal.reports.forms import WHOLE, SectionForm
from portal.reports.kept_text import kept_text, not_asked
from portal.reports.queries import Draft, Report, draft_of, get_report, get_report_to_save, why_too_late
from portal.reports.tasks import part_problems, task_groups
from portal.reports.wording import APPROVED_BY, LEGAL_BASIS, WHY_SHARE
from portal.web.forms import FormError, mark_form_refused

blueprint = Blueprint("reports", __name__)
"""All of the practice's pages; the other modules of views add theirs."""

FAMILY = "family"
"""Stands in an address for a section that is about nobody in particular."""

NOT_WHOLE = "Your form did not arrive whole"
NOTHING_CHANGED = (
    "It was not saved, and what was saved before is unchanged. Copy what you need from here, open the section"
    " again and save it there."
)
IN_THE_DRAFT = (
    "What you typed is kept in your practice’s draft. It has not been sent. Copy what you need from here."
)


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


@blueprint.get("/requests/<uuid:request_id>/report/<section>/<about>")
@requires(Permission.REPORT_DRAFT, on=get_report)
def section(_actor: Actor, report: Report, section: str, about: str) -> ResponseReturnValue:
    """One section about one person."""
    draft = draft_of(report)
    part = draft.part(section, _person_id(about))
    return _page(draft, part)


@blueprint.post("/requests/<uuid:request_id>/report/<section>/<about>")
@requires(Permission.REPORT_DRAFT, on=get_report_to_save)
def write_section(actor: Actor, report: Report, section: str, about: str) -> ResponseReturnValue:
    """Save a section, and check it when the writer goes on."""
    draft = draft_of(report)
    part = draft.part_once_asked(section, _person_id(about))
    form, raw = SectionForm(), raw_from_form(part, request.form)
    if not (form.is_whole and _pressed_on_page(part)):
        return _kept_page(draft, part, raw, NOT_WHOLE, NOTHING_CHANGED), 422
    revision, conflict_url = _saved(actor, report, part, _typed(form, _after_removal(part, raw)))
    why = why_too_late(draft, part)
    if why:
        return _kept_page(draft, part, raw, why, IN_THE_DRAFT), 409
    if revision is None:
        return redirect(conflict_url, 303)
    return _onwards(draft_of(report), part)


@blueprint.post("/requests/<uuid:request_id>/report/<section>/<about>/save")
@requires(Permission.REPORT_SAVE, on=get_report_to_save)
def save(actor: Actor, report: Report, section: str, about: str) -> ResponseReturnValue:
    """Save while typing; answers the script in the page."""
    draft = draft_of(report)
    part = draft.part_once_asked(section, _person_id(about))
    form = SectionForm()
    if not form.is_whole:
        return jsonify(message=f"{NOT_WHOLE}. {NOTHING_CHANGED}"), 422
    typed = _typed(form, raw_from_form(part, request.form))
    revision, conflict_url = _saved(actor, report, part, typed)
    why = why_too_late(draft, part)
    if why:
        return jsonify(message=f"{why}. What you typed is kept, and will not be sent."), 409
    if revision is None:
        return jsonify(conflict_url=conflict_url), 409
    return jsonify(saved_at=f"{clock.local(clock.now()):%H:%M}", revision=revision)


def _saved(actor: Actor, report: Report, part: SectionPart, typed: actions.Typed) -> tuple[int | None, str]:
    """Save and commit: the new revision; or None and where the two texts can be seen, both of them kept."""
    try:
        revision = actions.save_section(actor, report, part, typed)
    except StaleEdit:
        aside = actions.set_aside(actor, report, part, typed)
        commit()
        return None, url_for("reports.both", request_id=report.request_id, aside_id=aside.id)
    commit()
    return revision, ""


def _kept_page(draft: Draft, part: SectionPart, raw: RawAnswers, why: str, what_now: str) -> str:
    """What was typed, to be copied, where it could not simply be saved."""
    texts = kept_text(part, part.section.questions, raw, draft.people)
    return render_template("reports/write_section.html", why=why, what_now=what_now, part=part, texts=texts)


def _person_id(about: str) -> uuid.UUID | None:
    """Whom an address names, None for the family; 404 when it names nobody."""
    try:
        return None if about == FAMILY else uuid.UUID(about)
    except ValueError:
        abort(404)


def _person_row(draft: Draft, part: SectionPart) -> PersonRow | None:
    """Whom a section is about, to be found in the practice's own records."""
    people = people_asked(draft.report.request) if part.person else []
    return next((row for row in people if part.person and str(row.id) == part.person.id), None)


def _typed(form: SectionForm, raw: RawAnswers) -> actions.Typed:
    return actions.Typed(raw, form.started_from, form.page_id, form.saved_in_turn)


def _pressed_on_page(part: SectionPart) -> bool:
    """Whether "Add" and "Remove", where they were pressed, name rows that the section has."""
    rows = [each for each in part.section.questions if isinstance(each, Rows)]
    removable = {f"{each.key}-{index}" for each in rows for index in range(each.maximum)}
    pressed = request.form
    return ("add" not in pressed or pressed["add"] in {each.key for each in rows}) and (
        "remove" not in pressed or pressed["remove"] in removable
    )


def _after_removal(part: SectionPart, raw: RawAnswers) -> RawAnswers:
    """The answers without the row whose "Remove" was pressed."""
    key, _, index = request.form.get("remove", "").rpartition("-")
    rows = next((each for each in part.questions if isinstance(each, Rows) and each.key == key), None)
    return without_row(rows, raw, int(index)) if rows else raw


def _onwards(draft: Draft, part: SectionPart) -> ResponseReturnValue:
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
        return _page(draft, part, found)
    following = draft.after(part)
    if following is None:
        return redirect(url_for("reports.check", request_id=draft.report.request_id), 303)
    return redirect(section_url(draft.report, following), 303)


def _page(draft: Draft, part: SectionPart, found: tuple[Problem, ...] = ()) -> ResponseReturnValue:
    form = SectionForm(formdata=None, revision=str(draft.revision(part)))
    return render_template(
        "reports/section.html",
        form=form,
        report=draft.report,
        part=part,
        whole=WHOLE,
        place=draft.parts.index(part) + 1,
        count=len(draft.parts),
        saved=draft.saved.get((part.section.key, uuid.UUID(part.person.id) if part.person else None)),
        aside=draft.aside_for(part),
        left_over=kept_text(part, not_asked(part), draft.stored(part), draft.people),
        fields_of_part=page_fields(part, draft.stored(part), found, draft.people),
        error_lines=[FormError(each.message, f"#{each.field}") for each in found],
        person=_person_row(draft, part),
        why_share=WHY_SHARE if part.section.key.startswith("told") else (),
        legal_basis=LEGAL_BASIS,
        approved_by=APPROVED_BY,
    )
