"""Actors that need no row: for what looks only at who acts."""

from portal.authorisation.actor import Actor, OrganisationKind, Role
from portal.context import DatabaseRole
from portal.database import new_id

KINDS = {
    DatabaseRole.PRACTICE: (OrganisationKind.PRACTICE, Role.CLINICIAN),
    DatabaseRole.AUTHORITY: (OrganisationKind.AUTHORITY, Role.CONTACT),
}


def actor_at(scope_of_kind) -> Actor:
    """Somebody at an organisation of its own, of the kind that this makes scopes for."""
    organisation_id = new_id()
    kind, role = KINDS[scope_of_kind(organisation_id).role]
    return Actor("Somebody", role, organisation_id, kind, "Somewhere", user_id=new_id())
