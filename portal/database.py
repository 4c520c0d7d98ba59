"""The session, the base of every model, the scope of every transaction, and the one way to commit."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Connection,
    DateTime,
    Engine,
    LargeBinary,
    MetaData,
    Text,
    create_engine,
    event,
    inspect,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Session, SessionTransaction, scoped_session, sessionmaker

from portal import context
from portal.context import NOBODY, Scope

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Model(DeclarativeBase):
    """Base of every model. Keys are UUIDs made here, so that no insert needs an answer."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: DateTime(timezone=True), str: Text(), bytes: LargeBinary()}

    def __init__(self, **values: Any) -> None:
        """Set the row's own id and its owner first: sealed columns are bound to both."""
        mapper = inspect(type(self))
        if "id" in mapper.columns:
            values.setdefault("id", new_id())
        for name in sorted(values, key=lambda each: each not in ("id", "authority_id")):
            if not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} has no {name}")
            setattr(self, name, values[name])


db: scoped_session[Session] = scoped_session(sessionmaker(expire_on_commit=False))
before_commit: list[Callable[[Session], None]] = []

_SET_SCOPE = text("SELECT set_config('role', :role, true), set_config('portal.scope', :scope, true)")


def connect(database_url: str, *, pool_size: int = 10) -> Engine:
    """Bind the session to the database; returns the engine."""
    engine = create_engine(database_url, pool_size=pool_size, pool_pre_ping=True, hide_parameters=True)
    db.remove()
    db.configure(bind=engine)
    return engine


@event.listens_for(Session, "after_begin")
def _enter_scope(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    if session.info.get("is_unscoped"):
        return
    connection.execute(_SET_SCOPE, _scope_parameters(context.scope()))


def _scope_parameters(scope: Scope) -> dict[str, str]:
    return {"role": scope.role.value, "scope": str(scope.organisation_id or "")}


def enter(scope: Scope) -> None:
    """From now on the database is asked in this scope; what is pending is written in the old one."""
    session = db()
    if session.in_transaction():
        session.flush()
        session.execute(_SET_SCOPE, _scope_parameters(scope))
    context.set_scope(scope)


@contextmanager
def acting_as(scope: Scope) -> Iterator[None]:
    """Within the block the database is asked in `scope`, inside the same transaction."""
    before = context.scope()
    enter(scope)
    try:
        yield
    except BaseException:
        context.set_scope(before)
        _restore_if_possible(before)
        raise
    enter(before)


def _restore_if_possible(before: Scope) -> None:
    """After an error the transaction may be unusable; then the rollback itself forgets the scope."""
    session = db()
    connection = session.connection() if session.in_transaction() and session.is_active else None
    if connection is not None and not _is_aborted(connection):
        connection.execute(_SET_SCOPE, _scope_parameters(before))


def _is_aborted(connection: Connection) -> bool:
    driver: Any = connection.connection.dbapi_connection
    return bool(driver.info.transaction_status.name == "INERROR")


def commit() -> None:
    """Append what was gathered for the trail, then commit. Only edges call this, once, last."""
    session = db()
    for append in before_commit:
        append(session)
    session.commit()


def is_login_above_row_security() -> bool:
    """Whether the role that the application logged in as could read past the policies."""
    above = text(
        "SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public'"
        " AND tableowner = session_user) FROM pg_roles WHERE rolname = session_user"
    )
    return bool(db.scalar(above))


def has_schema() -> bool:
    """Whether the migrations have been here."""
    return db.scalar(text("SELECT to_regclass('public.user_account')")) is not None


def rollback() -> None:
    db.rollback()


def close() -> None:
    """Give the connection back and forget who acted; at the end of every request, job and command."""
    db.remove()
    context.set_scope(NOBODY)


def one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    """A check that the column holds one of these words; an empty column passes where it may be empty."""
    words = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({words})", name=f"{column}_is_known")


def new_id() -> uuid.UUID:
    return uuid.uuid4()
