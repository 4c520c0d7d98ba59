"""The work in the background: build a pack; make packs when reports are due, and when one comes late."""

import logging
import uuid
from datetime import date, datetime

from sqlalchemy import exists, select

from portal import clock
from portal.accounts.models import Organisation
from portal.accounts.sessions import memberships_of
from portal.audit.actions import record_event
from portal.authorisation.actor import OrganisationKind, system_for_authority
from portal.authorisation.crossing import acting_for
from portal.conferences.letters import tell_chair
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
    """Make a pack that was asked for, if whoever asked may still have it. Safe to run twice."""
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
        log.exception("pack_failed")
        fail_pack(actor, pack, type(error).__name__)
        return
    record_event(actor, "pack_built", pack, audience=pack.audience, number=pack.number)
    if pack.is_for_chair and pack.requested_by_id is None:
        tell_chair(pack.conference, Message.PACK_READY)


def _may_still_have(user_id: uuid.UUID | None, pack: Pack) -> bool:
    if user_id is None:
        return True
    actors = [membership.as_actor() for membership in memberships_of(user_id)]
    return any(may_have_made(actor, pack.conference, Audience(pack.audience)) for actor in actors)


def arrival(run: Run) -> None:
    """Something has come: from the due day on, the chair's and the professionals' packs are made anew."""
    conference = db.get(Conference, run.id("conference_id"))
    if conference is not None and conference.state != ConferenceState.CANCELLED and is_due(conference):
        _request_automatic(run.organisation_id, conference)


def due(run: Run) -> None:
    """Ask for the first packs of every conference whose reports are due by now."""
    for conference in _without_packs():
        _request_automatic(run.organisation_id, conference)


def ask_for_due() -> None:
    """Enqueue `due` for each authority that has such a conference, unless it waits already."""
    authorities = select(Organisation.id).where(Organisation.kind == OrganisationKind.AUTHORITY)
    for authority_id in db.scalars(authorities).all():
        with acting_for(authority_id):
            if _without_packs() and not is_waiting(DUE, authority_id):
                enqueue(DUE)


def _request_automatic(authority_id: uuid.UUID, conference: Conference) -> None:
    for audience in AUTOMATIC:
        request_pack(system_for_authority(authority_id), conference, audience)


def is_due(conference: Conference) -> bool:
    """Whether reports were due before now: on the due day itself, or from its hour on (Europe/London)."""
    return _is_past(conference, clock.local(clock.now()))


def _is_past(conference: Conference, now: datetime) -> bool:
    if now.date() == conference.due_on and conference.due_at is not None:
        return now.time() >= conference.due_at
    return now.date() >= conference.due_on


def _without_packs() -> list[Conference]:
    """In the authority's scope: conferences to come whose reports are due, with no pack yet."""
    today: date = clock.today()
    found = db.scalars(
        select(Conference)
        .where(
            Conference.state.in_(STILL_TO_COME),
            Conference.held_on >= today,
            Conference.due_on <= today,
            ~exists().where(Pack.conference_id == Conference.id, Pack.audience.in_(AUTOMATIC)),
        )
        .order_by(Conference.held_on, Conference.id)
    )
    return [conference for conference in found if is_due(conference)]
