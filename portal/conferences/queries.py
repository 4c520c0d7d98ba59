"""Conferences and requests, looked up and listed: each query shows only what the actor may see."""

import uuid

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from portal.accounts.models import Organisation
from portal.authorisation.actor import Actor, OrganisationKind
from portal.conferences.board import ConferenceRow, conferences_for
from portal.conferences.family import (
    PersonRow,
    family_links,
    others_in,
    people_asked,
    people_in,
    situation_of,
)
from portal.conferences.inbox import RequestRow, requests_for
from portal.conferences.models import Conference, ConferenceEvent, ReportRequest
from portal.database import db
from portal.errors import NotFound

__all__ = [
    "Conference",
    "ConferenceRow",
    "PersonRow",
    "RequestRow",
    "authorities_asking",
    "conferences_for",
    "family_links",
    "get_conference",
    "get_request",
    "history_of",
    "others_in",
    "people_asked",
    "people_in",
    "requests_for",
    "requests_of",
    "situation_of",
]


def get_conference(actor: Actor, conference_id: uuid.UUID) -> Conference:
    """A conference of the actor's authority. Raises NotFound."""
    conference = db.scalar(
        select(Conference).where(
            Conference.id == conference_id, Conference.authority_id == actor.organisation_id
        )
    )
    if conference is None:
        raise NotFound
    return conference


def get_request(actor: Actor, request_id: uuid.UUID) -> ReportRequest:
    """A request to the actor's practice, or of the actor's authority. Raises NotFound."""
    is_authority = actor.organisation_kind is OrganisationKind.AUTHORITY
    owner = ReportRequest.authority_id if is_authority else ReportRequest.practice_id
    request = db.scalar(_requests().where(ReportRequest.id == request_id, owner == actor.organisation_id))
    if request is None:
        raise NotFound
    return request


def authorities_asking(actor: Actor) -> list[Organisation]:
    """Every authority that has ever asked the actor's practice, by name."""
    asking = select(ReportRequest.authority_id).where(ReportRequest.practice_id == actor.organisation_id)
    return list(
        db.scalars(select(Organisation).where(Organisation.id.in_(asking)).order_by(Organisation.name))
    )


def requests_of(conference: Conference) -> list[ReportRequest]:
    """Every request of a conference, by practice: for the authority's pages."""
    found = db.scalars(_requests().where(ReportRequest.conference_id == conference.id))
    return sorted(found, key=lambda request: request.practice.name)


def history_of(conference: Conference) -> list[ConferenceEvent]:
    """What happened to a conference, newest first."""
    return list(
        db.scalars(
            select(ConferenceEvent)
            .where(ConferenceEvent.conference_id == conference.id)
            .order_by(ConferenceEvent.happened_at.desc(), ConferenceEvent.id)
        )
    )


def _requests() -> Select[ReportRequest]:
    return select(ReportRequest).options(
        joinedload(ReportRequest.conference),
        joinedload(ReportRequest.practice),
        joinedload(ReportRequest.authority),
        selectinload(ReportRequest.people),
    )
