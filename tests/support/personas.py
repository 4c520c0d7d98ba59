"""Who the policy is asked about: one of each role, and whatever they might do it to."""

import uuid
from dataclasses import replace
from types import SimpleNamespace

from portal.authorisation.actor import Actor, OrganisationKind, Role
from portal.authorisation.permissions import Permission
from portal.authorisation.policy import POLICY

AUTHORITY, PRACTICE, ELSEWHERE = (uuid.UUID(int=number) for number in (1, 2, 3))


def _actor(role: Role, kind: OrganisationKind, organisation_id: uuid.UUID = ELSEWHERE) -> Actor:
    return Actor("Somebody", role, organisation_id, kind, "Somewhere", user_id=uuid.uuid4())


def _practice(role: Role) -> Actor:
    return _actor(role, OrganisationKind.PRACTICE, PRACTICE)


def _authority(role: Role) -> Actor:
    return _actor(role, OrganisationKind.AUTHORITY, AUTHORITY)


PERSONAS: dict[str, Actor] = {
    "clinician": _practice(Role.CLINICIAN),
    "safeguarding lead": replace(_practice(Role.CLINICIAN), is_safeguarding_lead=True),
    "practice administrator": _practice(Role.PRACTICE_ADMIN),
    "contact team": _authority(Role.CONTACT),
    "chair": _authority(Role.CHAIR),
    "another chair": _authority(Role.CHAIR),
    "authority administrator": _authority(Role.AUTHORITY_ADMIN),
    "auditor": _authority(Role.AUDITOR),
    "nurse": _actor(Role.NURSE, OrganisationKind.NURSING_SERVICE),
    "named professional": _actor(Role.NAMED_PROFESSIONAL, OrganisationKind.HEALTH_SAFEGUARDING),
    "platform administrator": _actor(Role.PLATFORM_ADMIN, OrganisationKind.PLATFORM),
}
"""One of each, at the practice and authority that the sample target belongs to; `chair` chairs it."""


def sample_target(*, is_own: bool = True, is_for_chair: bool = False) -> SimpleNamespace:
    """Stands for any object the policy looks at: it has every attribute that a rule may ask for."""
    target = SimpleNamespace(
        authority_id=AUTHORITY if is_own else uuid.uuid4(),
        practice_id=PRACTICE if is_own else uuid.uuid4(),
        user_id=PERSONAS["clinician"].user_id if is_own else uuid.uuid4(),
        chair_id=PERSONAS["chair"].user_id,
        is_for_chair=is_for_chair,
    )
    target.conference = target
    return target


def needs_target(permission: Permission) -> bool:
    """Whether the policy looks at what is acted on, and not only at who acts."""
    for actor in PERSONAS.values():
        try:
            POLICY[permission](actor, None)
        except AttributeError:  # the rule asked the absent target for something
            return True
    return False


def allowed(permission: Permission, *, is_own: bool = True, is_for_chair: bool = False) -> set[str]:
    """Which personas the policy lets do this to such a target."""
    target = sample_target(is_own=is_own, is_for_chair=is_for_chair)
    return {name for name, actor in PERSONAS.items() if POLICY[permission](actor, target)}
