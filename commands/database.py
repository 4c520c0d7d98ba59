"""Which database a command works with: the one the environment names, or the embedded server's."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from commands import locks, postgres
from commands.failure import Failure
from commands.paths import ROLES
from commands.postgres_program import installed

NAME = "portal"
OWNER = "portal_owner"
APPLICATION = "portal_app"
ADMINISTRATOR = "postgres"


@contextmanager
def for_development(*, is_fresh: bool = False) -> Iterator[dict[str, str]]:
    """Give the settings of the development database. Raises Failure when those given are not enough."""
    if os.environ.get("DATABASE_URL"):
        yield _given(is_fresh)
        return
    with postgres.running("development") as socket_folder:
        with locks.held(postgres.starting_lock("development")):
            if is_fresh:
                _ask(
                    _address(ADMINISTRATOR, "postgres", socket_folder),
                    f"DROP DATABASE IF EXISTS {NAME} (FORCE)",
                )
            _make_roles_and_database(socket_folder)
        yield _settings(socket_folder)


@contextmanager
def for_tests() -> Iterator[dict[str, str]]:
    """Give the settings of the tests' server, reached as a role that may make roles and databases."""
    given = os.environ.get("DATABASE_URL")
    if given:
        make_roles(given)
        yield {"ADMIN_DATABASE_URL": given}
        return
    with postgres.running("tests") as socket_folder:
        with locks.held(postgres.starting_lock("tests")):
            _make_roles_and_database(socket_folder)
        administrator = _address(ADMINISTRATOR, "postgres", socket_folder)
        yield {**_settings(socket_folder), "ADMIN_DATABASE_URL": administrator}


def has_died() -> bool:
    """Say whether the embedded development server is gone; somebody else's server is not our business."""
    return not os.environ.get("DATABASE_URL") and not postgres.is_running("development")


def make_roles(administrator: str) -> None:
    """Make the portal's roles, or bring them up to date. Raises Failure when the server refuses."""
    if not ROLES.exists():
        raise Failure(f"{ROLES.name} is missing from migrations/.")
    _ask(administrator, file=ROLES)


def _given(is_fresh: bool) -> dict[str, str]:
    if is_fresh:
        raise Failure(
            "--fresh empties the embedded database only. DATABASE_URL names another: empty that yourself."
        )
    if not os.environ.get("MIGRATION_DATABASE_URL"):
        raise Failure(
            "With DATABASE_URL, MIGRATION_DATABASE_URL is needed too: the role that owns the tables."
        )
    return {name: os.environ[name] for name in ("DATABASE_URL", "MIGRATION_DATABASE_URL")}


def _make_roles_and_database(socket_folder: Path) -> None:
    administrator = _address(ADMINISTRATOR, "postgres", socket_folder)
    make_roles(administrator)
    if NAME not in _ask(administrator, "SELECT datname FROM pg_database").split():
        _ask(administrator, f"CREATE DATABASE {NAME} OWNER {OWNER}")


def _settings(socket_folder: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": _address(APPLICATION, NAME, socket_folder),
        "MIGRATION_DATABASE_URL": _address(OWNER, NAME, socket_folder),
    }


def _address(role: str, database: str, socket_folder: Path) -> str:
    return f"postgresql+psycopg://{role}@/{database}?host={socket_folder}"


def _ask(address: str, statement: str | None = None, *, file: Path | None = None) -> str:
    """Return psql's plain answer. Raises Failure with the server's words."""
    what = ["-c", statement] if statement else ["-f", str(file)]
    plain_address = address.replace("+psycopg", "", 1)
    command = [
        str(installed() / "psql"),
        "-X",
        "-q",
        "-A",
        "-t",
        "-v",
        "ON_ERROR_STOP=1",
        *what,
        plain_address,
    ]
    environment = {**os.environ, "PGOPTIONS": "-c client_min_messages=warning"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise Failure(f"The database refused:\n{done.stderr.strip()}")
    return done.stdout
