"""The work in the background: build a pack; make packs when reports are due, and when one comes late."""

import logging
import uuid
from datetime import datetime, time

from sqlalchemy import func, or_, select

from portal import clock
from portal.accounts.models import Organisation
from portal.accounts.sessions import memberships_of
from portal.audit.actions import record_event
from portal.authorisation.actor import OrganisationKind, system_for_authority
from portal.authorisation.crossing import acting_for
from portal.conferences.letters import tell_chair, tell_contact_team
from portal.conferences.models import Conference
from portal.conferences.states import ConferenceState
from portal.database import db
from portal.jobs.queue import enqueue, is_waiting
from portal.jobs.worker import Run
from portal.notifications.catalogue import Message
from portal.packs.actions import BUILD, NOT_ALLOWED, fail_pack, may_have_made, move_pack, request_pack
from portal.packs.building import fill_pack
from portal.packs.models import Pack
from portal.packs.states import Audience, PackMove, PackState

__all__ = ["ARRIVAL", "BUILD", "DUE", "arrival", "ask_for_due", "build", "due", "is_due"]

log = logging.getLogger("portal.packs")

ARRIVAL = "packs.arrival"
DUE = "packs.due"
AUTOMATIC = (Audience.CHAIR, Audience.PROFESSIONALS)
"""Made without being asked for. A family member's copy never is: somebody decides that it is given."""

STILL_TO_COME = (ConferenceState.PLANNED, ConferenceState.POSTPONED)


def build(run: Run) -> None:
    """Make a pack that was asked for, if whoever asked may still have it. Safe to run twice.

    What goes wrong is raised, so that the worker tries again; the last time the pack fails, and chair and
    contact team are told.
    """
    pack = db.get(Pack, run.id("pack_id"), with_for_update=True, populate_existing=True)
    if pack is None or pack.state != PackState.REQUESTED:
        return
    actor = system_for_authority(run.organisation_id)
    if not _may_still_have(run.on_behalf_of_id, pack):
        fail_pack(actor, pack, NOT_ALLOWED)
        return
    move_pack(pack, PackMove.BUILD)
    db.flush()
    try:
        with db.begin_nested():
            fill_pack(actor, pack)
    except Exception as error:  # whoever waits for it must be told, whatever went wrong
        if not run.is_last_attempt:
            raise
        log.exception("pack_failed")
        fail_pack(actor, pack, type(error).__name__)
        _tell_of_failure(pack.conference)
        return
    record_event(actor, "pack_built", pack, audience=pack.audience, number=pack.number)
    if pack.is_for_chair and pack.requested_by_id is None:
        tell_chair(pack.conference, Message.PACK_READY)


def _tell_of_failure(conference: Conference) -> None:
    tell_chair(conference, Message.PACK_FAILED)
    tell_contact_team(conference, Message.PACK_FAILED, f"/conferences-to-chair/{conference.id}")


def _may_still_have(user_id: uuid.UUID | None, pack: Pack) -> bool:
    if user_id is None:
        return True
    actors = [membership.as_actor() for membership in memberships_of(user_id)]
    return any(may_have_made(actor, pack.conference, Audience(pack.audience)) for actor in actors)


def arrival(run: Run) -> None:
    """Something has come: from the due day on, the chair's and the professionals' packs are made anew."""
    conference = db.get(Conference, run.id("conference_id"))
    if conference is not None and conference.state != ConferenceState.CANCELLED and is_due(conference):
        for audience in AUTOMATIC:
            request_pack(system_for_authority(run.organisation_id), conference, audience)


def due(run: Run) -> None:
    """Ask for the packs of every conference whose reports are due by now."""
    for conference, audience in _lacking():
        request_pack(system_for_authority(run.organisation_id), conference, audience)


def ask_for_due() -> None:
    """Enqueue `due` for each authority where a pack is lacking, unless it waits already."""
    authorities = select(Organisation.id).where(Organisation.kind == OrganisationKind.AUTHORITY)
    for authority_id in db.scalars(authorities).all():
        with acting_for(authority_id):
            if _lacking() and not is_waiting(DUE, authority_id):
                enqueue(DUE)


def is_due(conference: Conference) -> bool:
    """Whether reports were due before now: on the due day itself, or from its hour on (Europe/London)."""
    return clock.now() >= _due_moment(conference)


def _due_moment(conference: Conference) -> datetime:
    return datetime.combine(conference.due_on, conference.due_at or time.min, clock.LONDON)


def _lacking() -> list[tuple[Conference, Audience]]:
    """In the authority's scope: conferences to come whose reports are due, and the packs not asked for since.

    A pack asked for earlier does not count: what it lacked then may have come.
    """
    today = clock.today()
    found = db.scalars(
        select(Conference)
        .where(Conference.state.in_(STILL_TO_COME), Conference.held_on >= today, Conference.due_on <= today)
        .order_by(Conference.held_on, Conference.id)
    )
    conferences = [conference for conference in found if is_due(conference)]
    asked = _last_asked(conferences)
    return [
        (conference, audience)
        for conference in conferences
        for audience in AUTOMATIC
        if not (when := asked.get((conference.id, audience))) or when < _due_moment(conference)
    ]


def _last_asked(conferences: list[Conference]) -> dict[tuple[uuid.UUID, str], datetime]:
    """When each pack was last asked for. One that failed for a person may not have failed for the portal."""
    rows = db.execute(
        select(Pack.conference_id, Pack.audience, func.max(Pack.requested_at))
        .where(
            Pack.conference_id.in_([conference.id for conference in conferences]),
            or_(Pack.state != PackState.FAILED, Pack.requested_by_id.is_(None)),
        )
        .group_by(Pack.conference_id, Pack.audience)
    )
    return {(conference_id, audience): when for conference_id, audience, when in rows}
