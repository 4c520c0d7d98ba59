"""Two texts of one section, typed at the same time: shown side by side and put together."""

import uuid

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.authorisation.actor import Actor
from portal.authorisation.gate import requires
from portal.authorisation.permissions import Permission
from portal.database import commit
from portal.reports import actions, queries
from portal.reports.forms import JoinForm
from portal.reports.merging import Keep, differences, put_together
from portal.reports.queries import Report, draft_of, get_report
from portal.reports.section_views import blueprint, section_url


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
            together = put_together(part, draft.stored(part), aside.answers, keep)
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
