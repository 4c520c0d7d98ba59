"""Configuration, built from the environment: a missing or weak secret stops the start, by name."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SHORTEST_SECRET = 32  # bytes: 256 bits


class ConfigurationError(Exception):
    """A setting is missing or weak; the message names it and says what it must be."""


class Environment(StrEnum):
    DEVELOPMENT = "development"
    TEST = "test"
    DEMONSTRATION = "demonstration"
    PRODUCTION = "production"


@dataclass(frozen=True)
class Mail:
    """Where mail goes. Without a host it is written to `folder` as .eml files."""

    host: str | None
    port: int
    user: str | None
    password: str | None = field(repr=False)
    starts_tls: bool
    sender: str
    folder: Path


@dataclass(frozen=True)
class Config:
    environment: Environment
    secret_key: str = field(repr=False)
    data_keys: Mapping[str, bytes] = field(repr=False)
    current_data_key: str
    blind_index_key: bytes = field(repr=False)
    database_url: str = field(repr=False)
    mail: Mail
    public_address: str
    service_name: str = "GP reports to child protection conferences"
    largest_request: int = 8 * 1024 * 1024  # bytes

    @property
    def is_demonstration(self) -> bool:
        return self.environment is Environment.DEMONSTRATION

    @property
    def is_production(self) -> bool:
        return self.environment is Environment.PRODUCTION


def from_environment(environ: Mapping[str, str]) -> Config:
    """Read every setting from `environ`.

    Raises ConfigurationError naming the first setting that is missing or weak.
    """
    environment = _environment(environ)
    data_keys = _data_keys(environ)
    blind_index_key = _key(environ, "BLIND_INDEX_KEY", _required(environ, "BLIND_INDEX_KEY"))
    if blind_index_key in data_keys.values():
        raise ConfigurationError("BLIND_INDEX_KEY must not be one of DATA_KEYS.")
    return Config(
        environment=environment,
        secret_key=_secret_text(environ, "SECRET_KEY"),
        data_keys=data_keys,
        current_data_key=next(iter(data_keys)),
        blind_index_key=blind_index_key,
        database_url=_required(environ, "DATABASE_URL"),
        mail=_mail(environ, environment),
        public_address=_public_address(environ, environment),
    )


def _environment(environ: Mapping[str, str]) -> Environment:
    name = environ.get("PORTAL_ENVIRONMENT", Environment.DEVELOPMENT)
    try:
        return Environment(name)
    except ValueError as error:
        known = ", ".join(Environment)
        raise ConfigurationError(f"PORTAL_ENVIRONMENT must be one of {known}.") from error


def _required(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name, "")
    if not value:
        raise ConfigurationError(f"{name} is missing.")
    return value


def _secret_text(environ: Mapping[str, str], name: str) -> str:
    value = _required(environ, name)
    if len(value) < SHORTEST_SECRET or len(set(value)) < SHORTEST_SECRET // 3:
        raise ConfigurationError(f"{name} is weak: it must be {SHORTEST_SECRET} random characters or more.")
    return value


def _data_keys(environ: Mapping[str, str]) -> dict[str, bytes]:
    """`DATA_KEYS` is `id:base64,id:base64`; the first is the one that seals, all of them open."""
    keys: dict[str, bytes] = {}
    for pair in _required(environ, "DATA_KEYS").split(","):
        name, _, value = pair.strip().partition(":")
        if not name.isalnum() or len(name) > 16:
            raise ConfigurationError("DATA_KEYS must be id:base64 pairs, each id 1 to 16 letters or digits.")
        keys[name] = _key(environ, "DATA_KEYS", value)
    return keys


def _key(environ: Mapping[str, str], name: str, value: str) -> bytes:
    try:
        key = base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise ConfigurationError(f"{name} is not base64.") from error
    if len(key) != SHORTEST_SECRET or len(set(key)) < SHORTEST_SECRET // 4:
        raise ConfigurationError(f"{name} is weak: it must be {SHORTEST_SECRET} random bytes in base64.")
    if environ.get("SECRET_KEY") == value:
        raise ConfigurationError(f"{name} must not be the same as SECRET_KEY.")
    return key


def _public_address(environ: Mapping[str, str], environment: Environment) -> str:
    if environment is not Environment.PRODUCTION:
        return environ.get("PUBLIC_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
    address = _required(environ, "PUBLIC_ADDRESS").rstrip("/")
    if not address.startswith("https://"):
        raise ConfigurationError("PUBLIC_ADDRESS must start with https:// in production.")
    return address


def _mail(environ: Mapping[str, str], environment: Environment) -> Mail:
    """Read where mail goes; in production into no folder, where nobody would ever read it."""
    if environment is Environment.PRODUCTION:
        for name in ("SMTP_HOST", "MAIL_SENDER"):
            _required(environ, name)
    sender = environ.get("MAIL_SENDER", "conferences@portal.example.org")
    if "@" not in sender:
        raise ConfigurationError("MAIL_SENDER must be an e-mail address.")
    try:
        port = int(environ.get("SMTP_PORT", "587"))
    except ValueError as error:
        raise ConfigurationError("SMTP_PORT must be a number.") from error
    return Mail(
        host=environ.get("SMTP_HOST") or None,
        port=port,
        user=environ.get("SMTP_USER") or None,
        password=environ.get("SMTP_PASSWORD") or None,
        starts_tls=environ.get("SMTP_STARTTLS", "yes") == "yes",
        sender=sender,
        folder=Path(environ.get("MAIL_FOLDER") or ROOT / "var" / "mail"),
    )
