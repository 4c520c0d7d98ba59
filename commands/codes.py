"""The six-digit code of a demonstration user, as an authenticator app would show it (RFC 6238)."""

import base64
import hmac
import json
import time
from dataclasses import dataclass
from pathlib import Path

from commands.failure import Failure
from commands.paths import PEOPLE

STEP = 30  # seconds a code lasts (RFC 6238, section 5.2)
DIGITS = 6


@dataclass(frozen=True)
class Person:
    """Somebody of the demonstration, as `var/demo/people.json` lists them."""

    email: str
    password: str
    totp_secret: str
    name: str
    organisation: str
    roles: str


def code_at(secret: str, moment: float) -> str:
    """Return the code for a base32 secret at a moment in seconds since 1970 (HMAC-SHA-1, cut as RFC 4226)."""
    padded = secret.upper() + "=" * (-len(secret) % 8)
    counter = int(moment // STEP).to_bytes(8, "big")
    digest = hmac.digest(base64.b32decode(padded), counter, "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def people(file: Path = PEOPLE) -> list[Person]:
    """Return who may sign in to the demonstration. Raises Failure when it was never loaded."""
    if not file.exists():
        raise Failure("There is no demonstration yet: start it with ./run demo")
    rows = json.loads(file.read_text(encoding="utf-8"))
    return [_person(row) for row in rows]


def print_code(email: str) -> int:
    """Print the current code of one person. Raises Failure when nobody has that e-mail."""
    for person in people():
        if person.email.casefold() == email.strip().casefold():
            print(code_at(person.totp_secret, time.time()))
            return 0
    raise Failure(f"Nobody in the demonstration has the e-mail {email}. ./run demo lists who has.")


def _person(row: dict[str, object]) -> Person:
    roles = row["roles"]
    return Person(
        email=str(row["email"]),
        password=str(row["password"]),
        totp_secret=str(row["totp_secret"]),
        name=str(row.get("name", "")),
        organisation=str(row.get("organisation", "")),
        roles=", ".join(str(role) for role in roles) if isinstance(roles, list) else str(roles),
    )
