"""The ground a conference list stands on: an authority with its chairs, the practices and nurses it names."""

import csv
import io
from dataclasses import dataclass, field

from portal.accounts import actions as accounts
from portal.accounts.models import Credential, Organisation, User
from portal.authorisation.actor import Actor, OrganisationKind, Role, authority_scope
from portal.conferences import list_import
from portal.context import Scope
from portal.database import acting_as, db
from tests.support import factories as make
from tests.support.lists.list_samples import sample

CHAIRS = [f"chair{number}@children.example.org" for number in range(1, 5)]
NURSES = [f"beststart{number}@nursing.example.org" for number in range(1, 4)]


@dataclass
class Ground:
    authority: Organisation
    contact: Actor
    practices: dict[str, Organisation] = field(default_factory=dict)
    chairs: dict[str, Actor] = field(default_factory=dict)

    @property
    def scope(self) -> Scope:
        return authority_scope(self.authority.id)

    def take_over(self, raw: bytes):
        """Have a list kept and taken over at once; returns its row."""
        with acting_as(self.scope):
            row = list_import.keep_list(self.contact, raw)
            list_import.take_over_at_once(self.contact, row)
            db.flush()
            return row


def make_ground() -> Ground:
    """Everything that the sample lists name."""
    authority = make.make_authority()
    ground = Ground(authority, make.make_actor(authority, Role.CONTACT, name="Dana Reid"))
    for row in csv.DictReader(io.StringIO(sample("practices.csv").decode(), newline="")):
        with acting_as(make.PLATFORM):
            ground.practices[row["ods_code"]] = accounts.add_organisation(
                OrganisationKind.PRACTICE,
                row["ods_code"],
                row["name"],
                telephone=row["telephone"],
                email=row["safeguarding_email"],
            )
    for email in CHAIRS:
        ground.chairs[email] = make_person_of(authority, Role.CHAIR, email)
    nursing = make.make_organisation(OrganisationKind.NURSING_SERVICE, "Best Start nursing")
    for email in NURSES:
        make_person_of(nursing, Role.NURSE, email)
    return ground


def make_person_of(
    organisation: Organisation, role: Role, email: str, *, is_safeguarding_lead: bool = False
) -> Actor:
    """Somebody with this very address."""
    with acting_as(make.PLATFORM):
        user = User(email=email, name=email.partition("@")[0].capitalize(), is_suspended=False)
        db.add(user)
        db.flush()
        db.add(Credential(id=user.id, password_hash="-", totp_secret="-", totp_last_step=0))
        membership = accounts.add_membership(
            user, organisation, role, is_safeguarding_lead=is_safeguarding_lead
        )
        db.flush()
        return make.actor_of(membership, user, organisation)
