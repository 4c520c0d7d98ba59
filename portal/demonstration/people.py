"""Who can sign in to the demonstration: one authority, twelve practices, and everybody's accounts."""

import base64
import csv
import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import select

from portal.accounts import actions as accounts
from portal.accounts.models import Organisation, User
from portal.accounts.passwords import hash_password
from portal.authorisation.actor import ROLE_NAMES, OrganisationKind, Role
from portal.context import DatabaseRole, Scope
from portal.database import acting_as, db

PLATFORM = Scope(DatabaseRole.PLATFORM, uuid.UUID(int=1))
AUTHORITY_CODE = "BROMSLEY"
PASSWORD = "demonstration only"  # noqa: S105 (invented people on an invented council's machine)
PRACTICES = Path(__file__).parent / "practices.csv"


@dataclass(frozen=True)
class Part:
    """One membership: where, as what."""

    organisation: Organisation
    role: Role
    is_lead: bool = False

    @property
    def words(self) -> str:
        return ROLE_NAMES[self.role] + (" and safeguarding lead" if self.is_lead else "")


@dataclass(frozen=True)
class Somebody:
    """Somebody who can sign in."""

    name: str
    email: str
    parts: tuple[Part, ...]

    @property
    def totp_secret(self) -> str:
        """The same each time, so that an authenticator app goes on working when the data is loaded anew."""
        return base64.b32encode(hashlib.sha256(f"demonstration {self.email}".encode()).digest()[:20]).decode()


@dataclass(frozen=True)
class Listed:
    """A line of `people.json`."""

    name: str
    email: str
    password: str
    totp_secret: str
    roles: str
    organisation: str


def load_people() -> list[Somebody]:
    """Create organisations and accounts that are not there yet; returns everybody who can sign in."""
    with acting_as(PLATFORM):
        everybody = list(_everybody())
        password_hash = hash_password(PASSWORD)  # one for all: it is slow on purpose
        for somebody in everybody:
            if db.scalar(select(User.id).where(User.email == somebody.email)) is None:
                _create(somebody, password_hash)
    return everybody


def write_list(everybody: Iterable[Somebody], path: Path) -> None:
    """Write who can sign in, with both factors, for people and for `./run code`."""
    lines = [
        asdict(
            Listed(
                name=each.name,
                email=each.email,
                password=PASSWORD,
                totp_secret=each.totp_secret,
                roles=" / ".join(part.words for part in each.parts),
                organisation=" / ".join(part.organisation.name for part in each.parts),
            )
        )
        for each in everybody
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(lines, indent=2, ensure_ascii=False) + "\n")


def _everybody() -> Iterator[Somebody]:
    authority = _organisation(
        OrganisationKind.AUTHORITY,
        AUTHORITY_CODE,
        "Bromsley Council",
        "0121 496 0100",
        "contact.team@children.example.org",
    )
    yield from _authority_staff(authority)
    nursing = _organisation(
        OrganisationKind.NURSING_SERVICE,
        "BESTSTART",
        "Bromsley Best Start",
        "0121 496 0150",
        "beststart@nursing.example.org",
    )
    for number, name in enumerate(("Rosa Bianchi", "Ngozi Eze", "Hannah Pike"), 1):
        yield Somebody(name, f"beststart{number}@nursing.example.org", (Part(nursing, Role.NURSE),))
    practices = [_practice(row) for row in _rows(PRACTICES)]
    for number, practice in enumerate(practices):
        yield from _practice_staff(practice, number)
    locum = tuple(Part(practice, Role.CLINICIAN) for practice in (practices[0], practices[3]))
    yield Somebody("Dr Femi Locke", "locum@nhs.example.org", locum)


def _authority_staff(authority: Organisation) -> Iterator[Somebody]:
    contact_team = (("Priya Nair", "contact1"), ("Tom Ashby", "contact2"))
    chairs = ("Margaret Osei", "David Holt", "Anita Sahota", "Peter Lowndes")
    for name, address in contact_team:
        yield Somebody(name, f"{address}@children.example.org", (Part(authority, Role.CONTACT),))
    for number, name in enumerate(chairs, 1):
        yield Somebody(name, f"chair{number}@children.example.org", (Part(authority, Role.CHAIR),))
    yield Somebody("Gwen Parry", "admin@children.example.org", (Part(authority, Role.AUTHORITY_ADMIN),))
    yield Somebody("Colin Webb", "auditor@children.example.org", (Part(authority, Role.AUDITOR),))


def _practice_staff(practice: Organisation, number: int) -> Iterator[Somebody]:
    code = practice.code.lower()
    leads = ("Amara Bello", "Sian Morgan", "Imran Qureshi", "Laura Finch", "Owen Price", "Nadia Rahman")
    others = ("Joe Carter", "Mei Chen", "Ruth Adler", "Sam Okoro", "Beth Larkin", "Ravi Menon")
    administrators = ("Carol Dent", "Jo Whitty", "Linda Marsh", "Keith Royle", "Asha Patel", "Maria Lopes")
    turn = number % 6
    lead = (Part(practice, Role.CLINICIAN, is_lead=True),)
    yield Somebody(f"Dr {leads[turn]}", f"lead@{code}.nhs.example.org", lead)
    yield Somebody(f"Dr {others[turn]}", f"gp@{code}.nhs.example.org", (Part(practice, Role.CLINICIAN),))
    administrator = (Part(practice, Role.PRACTICE_ADMIN),)
    yield Somebody(administrators[turn], f"admin@{code}.nhs.example.org", administrator)


def _practice(row: dict[str, str]) -> Organisation:
    return _organisation(
        OrganisationKind.PRACTICE, row["ods_code"], row["name"], row["telephone"], row["safeguarding_email"]
    )


def _organisation(kind: OrganisationKind, code: str, name: str, telephone: str, email: str) -> Organisation:
    found = db.scalar(select(Organisation).where(Organisation.kind == kind, Organisation.code == code))
    return found or accounts.add_organisation(kind, code, name, telephone=telephone, email=email)


def _create(somebody: Somebody, password_hash: str) -> None:
    user = accounts.add_user(somebody.email, somebody.name, password_hash, somebody.totp_secret)
    for part in somebody.parts:
        accounts.add_membership(user, part.organisation, part.role, is_safeguarding_lead=part.is_lead)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
