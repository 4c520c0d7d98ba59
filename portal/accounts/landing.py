"""Where each role's work is: the first page after sign-in."""

from portal.authorisation.actor import Role

_FIRST_PAGES = {
    Role.CLINICIAN: "reports.inbox",
    Role.PRACTICE_ADMIN: "reports.inbox",
    Role.CONTACT: "triage.queue",
    Role.CHAIR: "packs.conferences",
}


def first_page(role: Role) -> str | None:
    """The endpoint where this role's work is; None where there is none yet."""
    return _FIRST_PAGES.get(role)
