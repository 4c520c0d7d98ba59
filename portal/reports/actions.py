"""What a practice does with a draft: start it, say who writes it, save a section, ask for a signature."""

import uuid
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from portal import clock
from portal.accounts.models import User
from portal.accounts.queries import staff_of
from portal.audit.actions import record_event
from portal.authorisation.actor import Actor, Role
from portal.conferences.letters import facts_for
from portal.conferences.models import ReportRequest
from portal.conferences.queries import situation_of
from portal.conferences.states import Progress, RequestState
from portal.database import db
from portal.errors import InvalidInput, NotReady, StaleEdit
from portal.notifications.actions import notify
from portal.notifications.catalogue import Message
from portal.questionnaire.raw_answers import left_over
from portal.questionnaire.registry import current
from portal.questionnaire.situation import SectionPart
from portal.reports.drafts import TAKES_A_REPORT, Key, RawAnswers, key_of, report_for
from portal.reports.models import Report, ReportSection, SetAsideSection
from portal.submissions.content import situation_to_json


@dataclass(frozen=True)
class Typed:
    """What was typed into a part: the answers, the revision they started from, the page they stood on."""

    answers: RawAnswers
    revision: int
    page: uuid.UUID
    turn: int = 0
    """Rises with each save of one page; 0 from a page without the script."""


def start_report(actor: Actor, request: ReportRequest) -> Report:
    """Start the report, or return the one started before. Whoever starts it writes it, unless somebody does.

    Raises NotReady when the request does not take a report any more.
    """
    _refuse_unless_open(request)
    if actor.user_id is None:
        raise InvalidInput
    db.execute(select(ReportRequest.id).where(ReportRequest.id == request.id).with_for_update())
    found = report_for(request)
    if found is not None:
        return found
    situation = situation_of(request)
    report = Report(
        authority_id=request.authority_id,
        practice_id=request.practice_id,
        request_id=request.id,
        questionnaire_version=current(situation.conference_type).version,
        situation=situation_to_json(situation),
        started_at=clock.now(),
        started_by_id=actor.user_id,
        started_by_name=actor.name,
    )
    db.add(report)
    request.opened_at = request.opened_at or clock.now()
    request.progress = Progress.DRAFTING
    if request.writer_id is None:
        _write_by(request, actor.user_id, actor.name)
    record_event(actor, "report_started", report)
    return report


def take_over(actor: Actor, request: ReportRequest) -> None:
    """Write this report from now on. Raises NotReady when the request does not take one any more."""
    _refuse_unless_open(request)
    if actor.user_id is None:
        raise InvalidInput
    _write_by(request, actor.user_id, actor.name)
    record_event(actor, "report_taken_over", request)


def assign_writer(actor: Actor, request: ReportRequest, user_id: uuid.UUID) -> None:
    """Say who writes, and write to them.

    Raises InvalidInput for somebody who is not at the practice, NotReady as `take_over`.
    """
    _refuse_unless_open(request)
    writer = _colleague(request, user_id, Role.CLINICIAN, Role.PRACTICE_ADMIN)
    _write_by(request, writer.id, writer.name)
    _tell(writer, request, Message.REQUEST_ASSIGNED)
    record_event(actor, "writer_assigned", request)


def ask_for_signature(actor: Actor, report: Report, clinician_id: uuid.UUID) -> None:
    """Hand the draft to a clinician to read and sign. Raises InvalidInput for anybody else."""
    request = report.request
    clinician = _colleague(request, clinician_id, Role.CLINICIAN)
    _write_by(request, clinician.id, clinician.name)
    if request.state == RequestState.OPEN:
        request.progress = Progress.WAITING_FOR_SIGNATURE
    _tell(clinician, request, Message.SIGNATURE_ASKED)
    record_event(actor, "signature_asked", report)


def _colleague(request: ReportRequest, user_id: uuid.UUID, *roles: Role) -> User:
    for user in staff_of(request.practice_id, *roles):
        if user.id == user_id:
            return user
    raise InvalidInput("Choose somebody from the list.")


def _refuse_unless_open(request: ReportRequest) -> None:
    if request.state not in TAKES_A_REPORT:
        raise NotReady("This request does not take a report any more.")


def _write_by(request: ReportRequest, user_id: uuid.UUID, name: str) -> None:
    """Somebody has the request in hand: it is opened, whether or not the report is started."""
    request.writer_id, request.writer_name = user_id, name
    request.opened_at = request.opened_at or clock.now()
    if request.progress == Progress.NOT_STARTED:
        request.progress = Progress.OPENED


def _tell(user: User, request: ReportRequest, message: Message) -> None:
    notify(user.email, message, f"/requests/{request.id}", facts_for(request), about_id=request.id)


def save_section(actor: Actor, report: Report, part: SectionPart, typed: Typed) -> int:
    """Save what was typed, valid or not; returns the new revision.

    Raises StaleEdit when somebody else saved the part since `typed.revision` (0: nobody had saved it).
    Compare-and-set in SQL: of two who save at once, one finds no row to change. A page whose own last save
    got no answer may save again; a copy of an older save of the same page changes nothing. What is stored
    under questions that are not asked any more stays.
    """
    before = _row(report, part)
    if before is None:
        revision = _insert(actor, report, part, typed)
    else:
        answers = {**left_over(part, before.answers), **typed.answers}
        revision = _change(actor, before, replace(typed, answers=answers))
    if revision is None:
        return _overtaken(_row(report, part), part, typed)
    if before is None or before.saved_by_id != actor.user_id:
        record_event(actor, "section_written", report, section=part.section.key)
    return revision


def _row(report: Report, part: SectionPart) -> ReportSection | None:
    return db.scalar(
        select(ReportSection)
        .where(ReportSection.report_id == report.id, *_is(ReportSection, key_of(part)))
        .execution_options(populate_existing=True)
    )


def _overtaken(row: ReportSection | None, part: SectionPart, typed: Typed) -> int:
    """The revision that stands where the page itself saved this, or something later. Raises StaleEdit."""
    if row is not None and row.saved_from == typed.page:
        is_saved = row.answers == {**left_over(part, row.answers), **typed.answers}
        if is_saved or typed.turn < row.saved_turn:
            return row.revision
    raise StaleEdit("Somebody else saved this section while you were writing. Nothing of yours is lost.")


def _insert(actor: Actor, report: Report, part: SectionPart, typed: Typed) -> int | None:
    section, person_id = key_of(part)
    row = ReportSection(
        authority_id=report.authority_id,
        practice_id=report.practice_id,
        report_id=report.id,
        section=section,
        person_id=person_id,
        answers=dict(typed.answers),
        revision=1,
        saved_from=typed.page,
        saved_turn=typed.turn,
        saved_at=clock.now(),
        saved_by_id=actor.user_id,
        saved_by_name=actor.name,
    )
    columns = {column.name: getattr(row, column.name) for column in ReportSection.__table__.columns}
    return db.scalar(
        insert(ReportSection).values(columns).on_conflict_do_nothing().returning(ReportSection.revision)
    )


def _change(actor: Actor, before: ReportSection, typed: Typed) -> int | None:
    sealing = ReportSection(id=before.id, authority_id=before.authority_id, answers=dict(typed.answers))
    is_later = and_(ReportSection.saved_from == typed.page, ReportSection.saved_turn < typed.turn)
    changed = (
        update(ReportSection)
        .where(
            ReportSection.id == before.id,
            or_(ReportSection.revision == typed.revision, is_later),
        )
        .values(
            answers_sealed=sealing.answers_sealed,
            revision=ReportSection.revision + 1,
            saved_from=typed.page,
            saved_turn=typed.turn,
            saved_at=clock.now(),
            saved_by_id=actor.user_id,
            saved_by_name=actor.name,
        )
        .returning(ReportSection.revision)
        .execution_options(synchronize_session=False)
    )
    return db.scalar(changed)


def set_aside(actor: Actor, report: Report, part: SectionPart, typed: Typed) -> SetAsideSection:
    """Keep what could not be saved, until somebody puts both texts together; a page keeps one such row."""
    section, person_id = key_of(part)
    row = db.scalar(
        select(SetAsideSection).where(
            SetAsideSection.report_id == report.id,
            SetAsideSection.saved_from == typed.page,
            *_is(SetAsideSection, (section, person_id)),
        )
    )
    if row is None:
        row = SetAsideSection(
            authority_id=report.authority_id,
            practice_id=report.practice_id,
            report_id=report.id,
            section=section,
            person_id=person_id,
            saved_from=typed.page,
            saved_by_id=actor.user_id,
            saved_by_name=actor.name,
        )
        row.answers = dict(typed.answers)
        db.add(row)
    elif typed.turn < row.saved_turn:
        return row
    row.answers = {**left_over(part, row.answers), **typed.answers}
    row.saved_turn, row.saved_at = typed.turn, clock.now()
    return row


def settle(actor: Actor, report: Report, part: SectionPart, aside: SetAsideSection, together: Typed) -> int:
    """Save what was put together of two texts; the one set aside goes. Raises StaleEdit as `save_section`."""
    revision = save_section(actor, report, part, together)
    db.execute(delete(SetAsideSection).where(SetAsideSection.id == aside.id))
    record_event(actor, "section_versions_joined", report, section=part.section.key)
    return revision


def _is(
    model: type[ReportSection | SetAsideSection], key: Key
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    section, person_id = key
    return (model.section == section, model.person_id.is_not_distinct_from(person_id))
