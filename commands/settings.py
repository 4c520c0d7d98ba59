"""Settings of the application: secrets made once per clone for development, asked for in production."""

import base64
import os
import secrets
from collections.abc import Mapping

from commands.failure import Failure
from commands.paths import SECRETS, make_var

NEEDED_IN_PRODUCTION = (
    *("PORTAL_ENVIRONMENT", "PUBLIC_ADDRESS", "DATABASE_URL"),
    *("SECRET_KEY", "DATA_KEYS", "BLIND_INDEX_KEY"),
    *("SMTP_HOST", "MAIL_SENDER"),
)


def for_environment(name: str, database: Mapping[str, str]) -> dict[str, str]:
    """Return the whole environment of a program of ours: what is set, secrets where none is, the database.

    `name` is development, test or demonstration.
    """
    given = {key: value for key, value in os.environ.items() if not (key.endswith("DATABASE_URL"))}
    return {**made_secrets(), **given, **database, "PORTAL_ENVIRONMENT": name}


def for_production() -> dict[str, str]:
    """Return the environment as it is. Raises Failure naming every setting that is missing."""
    missing = [name for name in NEEDED_IN_PRODUCTION if not os.environ.get(name)]
    if missing:
        raise Failure(f"Missing settings: {', '.join(missing)}. README.md says what each is.")
    if os.environ["PORTAL_ENVIRONMENT"] != "production":
        raise Failure("PORTAL_ENVIRONMENT must be production here. For anything else there is ./run demo")
    return dict(os.environ)


def made_secrets() -> dict[str, str]:
    """Return this clone's own secrets, made at the first call into a file only its owner can read."""
    if not SECRETS.exists():
        _make()
    lines = SECRETS.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def _make() -> None:
    make_var()
    text = (
        "# Made by ./run for this clone. Losing it makes what was sealed with it unreadable.\n"
        f"SECRET_KEY={secrets.token_urlsafe(48)}\n"
        f"DATA_KEYS=first:{_key()}\n"
        f"BLIND_INDEX_KEY={_key()}\n"
    )
    unfinished = SECRETS.with_name(f"secrets.{os.getpid()}.new")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    try:
        # A link never replaces: of two commands at once, the second keeps the first one's secrets.
        os.link(unfinished, SECRETS)
    except FileExistsError:
        pass
    finally:
        unfinished.unlink()


def _key() -> str:
    """256 random bits in base64, for AES-256-GCM and for the blind index."""
    return base64.b64encode(secrets.token_bytes(32)).decode("ascii")
