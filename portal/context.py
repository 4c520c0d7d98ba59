"""What is true of the work under way: the request's id, and in whose name the database is asked."""

import uuid
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum


class DatabaseRole(StrEnum):
    """The PostgreSQL roles the application can take; row policies are written to these."""

    SIGN_IN = "portal_sign_in"
    WORKER = "portal_worker"
    AUTHORITY = "portal_authority"
    PRACTICE = "portal_practice"
    NURSING = "portal_nursing"
    PLATFORM = "portal_platform"
    KEEPER = "portal_keeper"


@dataclass(frozen=True)
class Scope:
    """In whose name the database is asked: a role and, but for sign-in and worker, one organisation."""

    role: DatabaseRole
    organisation_id: uuid.UUID | None = None


NOBODY = Scope(DatabaseRole.SIGN_IN)

_scope: ContextVar[Scope] = ContextVar("scope", default=NOBODY)
_request_id: ContextVar[str] = ContextVar("request_id", default="-")


def scope() -> Scope:
    """The scope in force; `NOBODY` when nobody acts."""
    return _scope.get()


def set_scope(value: Scope) -> None:
    _scope.set(value)


def request_id() -> str:
    """The id of the request under way, shown on error pages and written in logs."""
    return _request_id.get()


def new_request_id() -> str:
    _request_id.set(uuid.uuid4().hex[:16])
    return _request_id.get()
