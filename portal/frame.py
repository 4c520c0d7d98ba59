"""What stands on every page: who is signed in, what they may do, and the contact team's name and number."""

import uuid
from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request
from flask_login import current_user

from portal.accounts import queries
from portal.accounts.models import Organisation
from portal.authorisation.actor import Actor, OrganisationKind, Role
from portal.authorisation.gate import can
from portal.conferences.queries import authorities_asking


@dataclass(frozen=True)
class ContactTeam:
    name: str
    telephone: str


@dataclass(frozen=True)
class NavigationLink:
    text: str
    endpoint: str

    @property
    def is_current(self) -> bool:
        return request.endpoint == self.endpoint


NAVIGATION = {
    Role.CONTACT: (
        NavigationLink("Queue", "triage.queue"),
        NavigationLink("Waiting for practices", "triage.waiting_for_practices"),
        NavigationLink("Conferences", "conferences.board"),
    ),
}
"""Where a role's pages are, from any page; who has one first page reaches it by the portal's name."""


def configure_frame(app: Flask) -> None:
    """Give every template `actor`, `can`, `contact_teams`, and `contact_team` where there is just one."""
    app.context_processor(frame)


def frame() -> dict[str, Any]:
    actor: Actor | None = current_user.actor if current_user.is_authenticated else None
    teams = tuple(ContactTeam(f"{each.name} contact team", each.telephone) for each in _authorities(actor))
    return {
        "actor": actor,
        "can": can,
        "contact_team": teams[0] if len(teams) == 1 else None,
        "contact_teams": teams,
        "navigation": NAVIGATION.get(actor.role, ()) if actor else (),
        "has_several_memberships": actor is not None and current_user.has_several_memberships,
    }


def _authorities(actor: Actor | None) -> list[Organisation]:
    """The authority that the page is about, else the actor's own, else the only one there is.

    Of several, a practice's page shows every one that has asked it: it must always know whom to ring.
    """
    about: uuid.UUID | None = getattr(g.get("page_target"), "authority_id", None)
    if about is None and actor is not None and actor.organisation_kind is OrganisationKind.AUTHORITY:
        about = actor.organisation_id
    if about is not None:
        return [queries.get_authority(about)]
    only = queries.only_authority()
    if only is not None:
        return [only]
    if actor is not None and actor.organisation_kind is OrganisationKind.PRACTICE:
        return authorities_asking(actor)
    return []
