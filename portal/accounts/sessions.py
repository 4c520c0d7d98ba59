"""Sessions in a table of our own: ended in the database, they are ended in every browser."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta

from flask_login import UserMixin
from sqlalchemy import ColumnElement, Select, or_, select, update
from sqlalchemy.orm import joinedload

from portal import clock
from portal.accounts.models import Membership, User, UserSession
from portal.accounts.states import SESSION_MOVES, SessionMove, SessionState
from portal.authorisation.actor import Actor
from portal.database import db
from portal.errors import ImpossibleMove

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=8)
HALF = timedelta(minutes=10)
"""How long the code may be asked for after the password."""

Waiting = UserSession
"""A session that waits for a code: half, or idle."""


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """Whoever is signed in, for Flask-Login; the id it keeps in the cookie is the session's token."""

    token: str
    session_id: uuid.UUID
    actor: Actor
    has_several_memberships: bool = False

    def get_id(self) -> str:
        return self.token


def start(user_id: uuid.UUID) -> str:
    """Begin a session after a right password; returns its token. It opens nothing before the code."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    db.add(
        UserSession(
            token_hash=hashed(token),
            user_id=user_id,
            state=SessionState.HALF,
            started_at=now,
            last_seen_at=now,
        )
    )
    return token


def complete(session: UserSession, membership_id: uuid.UUID | None) -> str:
    """Make a half session whole after a right code; returns its new token (the old one is worth nothing)."""
    token = secrets.token_urlsafe(32)
    session.token_hash = hashed(token)
    move_session(session, SessionMove.CONFIRM)
    session.membership_id = membership_id
    session.last_seen_at = session.confirmed_at = clock.now()
    return token


def half_session(token: str) -> UserSession | None:
    """The session that waits for its code."""
    return db.scalar(
        _by_token(token).where(
            UserSession.state == SessionState.HALF, UserSession.started_at > clock.now() - HALF
        )
    )


def idle_session(token: str) -> UserSession | None:
    """A session that a code alone unlocks: idle too long, begun less than eight hours ago."""
    return db.scalar(_by_token(token).where(*_whole(), UserSession.last_seen_at <= clock.now() - IDLE))


def live_session(token: str, *, renews: bool) -> UserSession | None:
    """The session in force, seen now when `renews` (background polls do not)."""
    now = clock.now()
    live = (UserSession.token_hash == hashed(token), *_whole(), UserSession.last_seen_at > now - IDLE)
    if renews:
        seen = update(UserSession).where(*live).values(last_seen_at=now).returning(UserSession.id)
        if db.scalar(seen.execution_options(synchronize_session=False)) is None:
            return None
    return db.scalar(select(UserSession).where(*live).execution_options(populate_existing=True))


def owner_of_unended(token: str) -> uuid.UUID | None:
    """Whose session this is while nobody has ended it, expired or not, and their account is in force."""
    user_id = db.scalar(
        select(UserSession.user_id).where(
            UserSession.token_hash == hashed(token), UserSession.state == SessionState.FULL
        )
    )
    return user_id if user_id and memberships_of(user_id) else None


def memberships_of(user_id: uuid.UUID) -> list[Membership]:
    """The memberships in force of a user whose account is."""
    return list(db.scalars(_memberships(user_id)))


def end(token: str) -> uuid.UUID | None:
    """End this session and return whose it was; nothing is served to it from the next request on."""
    session = db.scalar(_by_token(token).where(UserSession.state != SessionState.ENDED).with_for_update())
    if session is None:
        return None
    move_session(session, SessionMove.END)
    session.ended_at = clock.now()
    return session.user_id


def move_session(session: UserSession, move: SessionMove) -> None:
    """Bring a session one step on. Raises ImpossibleMove when it has ended."""
    after = SESSION_MOVES.get((SessionState(session.state), move))
    if after is None:
        raise ImpossibleMove
    session.state = after


def hashed(token: str) -> bytes:
    """The token has 256 random bits: one round of SHA-256 is enough."""
    return hashlib.sha256(token.encode()).digest()


def _whole() -> tuple[ColumnElement[bool], ...]:
    return (UserSession.state == SessionState.FULL, UserSession.started_at > clock.now() - LONGEST)


def _by_token(token: str) -> Select[UserSession]:
    return select(UserSession).where(UserSession.token_hash == hashed(token))


def _memberships(user_id: uuid.UUID) -> Select[Membership]:
    return (
        select(Membership)
        .join(Membership.user)
        .join(Membership.organisation)
        .options(joinedload(Membership.user), joinedload(Membership.organisation))
        .where(
            Membership.user_id == user_id,
            or_(Membership.ends_on.is_(None), Membership.ends_on >= clock.today()),
            User.is_suspended.is_(False),
        )
        .order_by(Membership.id)
    )
