"""Who acts: a person in one membership, or the system for one organisation."""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from portal.context import DatabaseRole, Scope


class OrganisationKind(StrEnum):
    AUTHORITY = "authority"
    PRACTICE = "practice"
    NURSING_SERVICE = "nursing_service"
    HEALTH_SAFEGUARDING = "health_safeguarding"
    PLATFORM = "platform"


class Role(StrEnum):
    """What a membership makes of a person; never held by a user as such."""

    CLINICIAN = "clinician"
    PRACTICE_ADMIN = "practice_admin"
    CONTACT = "contact"
    CHAIR = "chair"
    AUTHORITY_ADMIN = "authority_admin"
    AUDITOR = "auditor"
    NURSE = "nurse"
    NAMED_PROFESSIONAL = "named_professional"
    PLATFORM_ADMIN = "platform_admin"
    SYSTEM = "system"


ROLES_OF = {
    OrganisationKind.PRACTICE: frozenset({Role.CLINICIAN, Role.PRACTICE_ADMIN}),
    OrganisationKind.AUTHORITY: frozenset({Role.CONTACT, Role.CHAIR, Role.AUTHORITY_ADMIN, Role.AUDITOR}),
    OrganisationKind.NURSING_SERVICE: frozenset({Role.NURSE}),
    OrganisationKind.HEALTH_SAFEGUARDING: frozenset({Role.NAMED_PROFESSIONAL}),
    OrganisationKind.PLATFORM: frozenset({Role.PLATFORM_ADMIN}),
}
"""Which roles a membership of each kind of organisation may carry."""

ROLE_NAMES = {
    Role.CLINICIAN: "clinician",
    Role.PRACTICE_ADMIN: "practice administrator",
    Role.CONTACT: "contact team",
    Role.CHAIR: "conference chair",
    Role.AUTHORITY_ADMIN: "authority administrator",
    Role.AUDITOR: "auditor",
    Role.NURSE: "family nurse",
    Role.NAMED_PROFESSIONAL: "named professional",
    Role.PLATFORM_ADMIN: "platform administrator",
    Role.SYSTEM: "the portal",
}

_DATABASE_ROLES = {
    OrganisationKind.AUTHORITY: DatabaseRole.AUTHORITY,
    OrganisationKind.PRACTICE: DatabaseRole.PRACTICE,
    OrganisationKind.NURSING_SERVICE: DatabaseRole.NURSING,
    OrganisationKind.HEALTH_SAFEGUARDING: DatabaseRole.NURSING,
    OrganisationKind.PLATFORM: DatabaseRole.PLATFORM,
}


@dataclass(frozen=True)
class Actor:
    """A person acting for one organisation, or the system acting for it (`user_id` is then None)."""

    name: str
    role: Role
    organisation_id: uuid.UUID
    organisation_kind: OrganisationKind
    organisation_name: str
    user_id: uuid.UUID | None = None
    membership_id: uuid.UUID | None = None
    is_safeguarding_lead: bool = False

    @property
    def scope(self) -> Scope:
        """In whose name the database is asked while this actor acts."""
        return scope_of(self.organisation_kind, self.organisation_id)

    @property
    def role_name(self) -> str:
        return ROLE_NAMES[self.role]


def scope_of(kind: OrganisationKind, organisation_id: uuid.UUID) -> Scope:
    return Scope(_DATABASE_ROLES[kind], organisation_id)


def authority_scope(authority_id: uuid.UUID) -> Scope:
    return Scope(DatabaseRole.AUTHORITY, authority_id)


def practice_scope(practice_id: uuid.UUID) -> Scope:
    return Scope(DatabaseRole.PRACTICE, practice_id)


def system_for_authority(authority_id: uuid.UUID, name: str = "The portal") -> Actor:
    """The system acting for one authority: jobs and commands. It never sees two authorities at once."""
    return Actor(name, Role.SYSTEM, authority_id, OrganisationKind.AUTHORITY, name)
