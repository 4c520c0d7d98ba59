"""Who is who: organisations, and the people to tell."""

import uuid

from sqlalchemy import or_, select

from portal import clock
from portal.accounts.models import Credential, Membership, Organisation, User
from portal.authorisation.actor import OrganisationKind, Role
from portal.database import db
from portal.errors import NotFound


def user_with_credential(email: str) -> tuple[User, Credential] | None:
    """The account behind an address, with what opens it; only while signing in."""
    row = db.execute(
        select(User, Credential)
        .join(Credential, Credential.id == User.id)
        .where(User.email == email.strip().lower(), User.is_suspended.is_(False))
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def credential_of(user_id: uuid.UUID) -> Credential | None:
    return db.get(Credential, user_id, with_for_update=True)


def get_organisation(kind: OrganisationKind, code: str) -> Organisation:
    """The organisation with this code. Raises NotFound."""
    found = db.scalar(select(Organisation).where(Organisation.kind == kind, Organisation.code == code))
    if found is None:
        raise NotFound(f"There is no {kind} with the code {code}.")
    return found


def practices() -> list[Organisation]:
    """Every practice of the directory, by name."""
    return list(
        db.scalars(
            select(Organisation)
            .where(Organisation.kind == OrganisationKind.PRACTICE)
            .order_by(Organisation.name)
        )
    )


def get_authority(authority_id: uuid.UUID) -> Organisation:
    """An authority: its name, and its contact team's number and mailbox. Raises NotFound."""
    authority = db.get(Organisation, authority_id)
    if authority is None:
        raise NotFound
    return authority


def staff_of(organisation_id: uuid.UUID, *roles: Role) -> list[User]:
    """The people in force at an organisation, in one of these roles (any, when none is named), by name."""
    statement = (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.organisation_id == organisation_id,
            or_(Membership.ends_on.is_(None), Membership.ends_on >= clock.today()),
            User.is_suspended.is_(False),
        )
        .order_by(User.name)
        .distinct()
    )
    if roles:
        statement = statement.where(Membership.role.in_(roles))
    return list(db.scalars(statement))


def chairs_by_email(authority_id: uuid.UUID) -> dict[str, User]:
    """The chairs of an authority by their address."""
    return {user.email: user for user in staff_of(authority_id, Role.CHAIR)}


def has_invented_people() -> bool:
    """Whether an account's address is of a domain that is nobody's (RFC 2606): demonstration, or tests."""
    invented = or_(User.email.like("%@example.org"), User.email.like("%.example.org"))
    return db.scalar(select(User.id).where(invented).limit(1)) is not None


def only_authority() -> Organisation | None:
    """The authority, where the portal serves just one; else None."""
    found = list(
        db.scalars(select(Organisation).where(Organisation.kind == OrganisationKind.AUTHORITY).limit(2))
    )
    return found[0] if len(found) == 1 else None
