"""Whom an authority may name in a list: practices, its own chairs, and nurses who use the portal."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from portal.accounts.models import Membership, Organisation, User
from portal.accounts.queries import chairs_by_email, practices
from portal.authorisation.actor import Role
from portal.conferences.list_rows import Directory
from portal.database import db


@dataclass(frozen=True)
class Staff:
    """Practices by code and by id, chairs by address and by id; asked once for a whole list."""

    by_code: Mapping[str, Organisation]
    by_id: Mapping[uuid.UUID, Organisation]
    chair_ids: Mapping[str, uuid.UUID]
    chair_emails: Mapping[uuid.UUID, str]
    nurse_emails: frozenset[str]

    @property
    def for_reading(self) -> Directory:
        """What the reading of a list checks its cells against."""
        return Directory(
            practices={code: practice.name for code, practice in self.by_code.items()},
            chair_emails=frozenset(self.chair_ids),
            nurse_emails=self.nurse_emails,
        )


def staff_of_authority(authority_id: uuid.UUID) -> Staff:
    """Everybody a list of this authority may name; in its scope."""
    known = practices()
    chairs = chairs_by_email(authority_id)
    nurses = select(User.email).join(Membership, Membership.user_id == User.id)
    return Staff(
        by_code={practice.code.upper(): practice for practice in known},
        by_id={practice.id: practice for practice in known},
        chair_ids={email: user.id for email, user in chairs.items()},
        chair_emails={user.id: email for email, user in chairs.items()},
        nurse_emails=frozenset(db.scalars(nurses.where(Membership.role == Role.NURSE))),
    )
