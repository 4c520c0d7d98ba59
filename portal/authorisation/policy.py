"""The policy: one line for each permission. It answers who; the state tables answer when."""

from typing import Any

from portal.authorisation.actor import Actor, Role
from portal.authorisation.permissions import Permission
from portal.authorisation.rules import (
    Rule,
    anyone_signed_in,
    assigns_writers,
    at_authority_of,
    at_practice_of,
    chairs,
    has_role,
    takes_pack,
    whoever_typed,
    works_on_packs_of,
)

_practice_staff = at_practice_of(Role.CLINICIAN, Role.PRACTICE_ADMIN)
_clinician = at_practice_of(Role.CLINICIAN)
_contact_team = at_authority_of(Role.CONTACT)

POLICY: dict[Permission, Rule] = {
    Permission.ACCOUNT_USE: anyone_signed_in,
    Permission.PARKED_FORM_VIEW: whoever_typed,
    Permission.REQUEST_LIST: has_role(Role.CLINICIAN, Role.PRACTICE_ADMIN),
    Permission.REQUEST_VIEW: _practice_staff,
    Permission.REQUEST_ASSIGN: assigns_writers,
    Permission.REQUEST_TAKE_OVER: _clinician,
    Permission.REQUEST_SAY_LATE: _practice_staff,
    Permission.REQUEST_SAY_NOT_REGISTERED: _practice_staff,
    Permission.REQUEST_SAY_NOTHING_FOUND: _clinician,
    Permission.REPORT_DRAFT: _practice_staff,
    Permission.REPORT_SAVE: _practice_staff,
    Permission.REPORT_SIGN: _clinician,
    Permission.NEWS_ADD: _clinician,
    Permission.SUBMISSION_VIEW_OWN: _practice_staff,
    Permission.CONTACT_LIST: has_role(Role.CONTACT),
    Permission.CONTACT_WORK: _contact_team,
    Permission.SUBMISSION_VIEW: at_authority_of(Role.CONTACT, Role.CHAIR),
    Permission.SUBMISSION_TRIAGE: _contact_team,
    Permission.REPLY_RECORD: _contact_team,
    Permission.REQUEST_LOG_CALL: _contact_team,
    Permission.CONFERENCE_LIST: has_role(Role.CONTACT, Role.CHAIR),
    Permission.CONFERENCE_VIEW: at_authority_of(Role.CONTACT, Role.CHAIR),
    Permission.CONFERENCE_IMPORT: has_role(Role.CONTACT),
    Permission.CONFERENCE_LIST_TAKE_OVER: _contact_team,
    Permission.CONFERENCE_BOOK: has_role(Role.CONTACT),
    Permission.CONFERENCE_SETTLE: _contact_team,
    Permission.CONFERENCE_TAKE_OVER: at_authority_of(Role.CHAIR),
    Permission.PACK_REQUEST: works_on_packs_of,
    Permission.PACK_FOLLOW: takes_pack,
    Permission.PACK_DOWNLOAD: takes_pack,
    Permission.CHAIRS_ITEM_READ: chairs,
}


def allows(actor: Actor, permission: Permission, target: Any = None) -> bool:
    """Whether the policy lets `actor` do this to `target`; a permission without a line is refused."""
    rule = POLICY.get(permission)
    return rule is not None and rule(actor, target)
