"""The predicates the policy is made of: pure, they look at attributes of actor and target only."""

from collections.abc import Callable
from typing import Any

from portal.authorisation.actor import Actor, Role

Rule = Callable[[Actor, Any], bool]


def anyone_signed_in(actor: Actor, _target: Any) -> bool:
    return actor.user_id is not None


def whoever_typed(actor: Actor, parked: Any) -> bool:
    """What somebody typed is theirs alone, in whatever membership they act."""
    return actor.user_id is not None and parked.user_id == actor.user_id


def has_role(*roles: Role) -> Rule:
    """Whoever acts in one of these roles; for what has no target, such as a list."""
    allowed = frozenset(roles)

    def rule(actor: Actor, _target: Any) -> bool:
        return actor.role in allowed

    return rule


def at_practice_of(*roles: Role) -> Rule:
    """Whoever acts in one of these roles for the practice the target belongs to."""
    allowed = frozenset(roles)

    def rule(actor: Actor, target: Any) -> bool:
        return actor.role in allowed and target.practice_id == actor.organisation_id

    return rule


def at_authority_of(*roles: Role) -> Rule:
    """Whoever acts in one of these roles for the authority the target belongs to."""
    allowed = frozenset(roles)

    def rule(actor: Actor, target: Any) -> bool:
        return actor.role in allowed and target.authority_id == actor.organisation_id

    return rule


def assigns_writers(actor: Actor, target: Any) -> bool:
    """The practice's lead or administrator says who writes."""
    at_practice = target.practice_id == actor.organisation_id
    return at_practice and (actor.is_safeguarding_lead or actor.role is Role.PRACTICE_ADMIN)


def chairs(actor: Actor, conference: Any) -> bool:
    """The chair of this very conference; another chair of the authority takes over first."""
    at_authority = conference.authority_id == actor.organisation_id
    return at_authority and actor.role is Role.CHAIR and conference.chair_id == actor.user_id


def works_on_packs_of(actor: Actor, conference: Any) -> bool:
    """The chair of the conference, or the contact team, which passes copies on."""
    return chairs(actor, conference) or at_authority_of(Role.CONTACT)(actor, conference)


def takes_pack(actor: Actor, pack: Any) -> bool:
    """The chair of the conference takes any pack; the contact team all but the chair's own."""
    if chairs(actor, pack.conference):
        return True
    return at_authority_of(Role.CONTACT)(actor, pack) and not pack.is_for_chair
