"""How often one account may be guessed at. By account, never by address: practices share network exits."""

from datetime import timedelta

from sqlalchemy import func, select, text

from portal import clock
from portal.accounts.models import SignInAttempt
from portal.accounts.states import AttemptKind
from portal.crypto.keys import PLATFORM, keyed_digest
from portal.database import db
from portal.errors import TooMany

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(:account)")

WINDOW = timedelta(minutes=5)
MOST_WRONG = {AttemptKind.PASSWORD: 10, AttemptKind.CODE: 5}
"""Wrong guesses in a window. Cyber Essentials allows 10 in 5 minutes; codes are shorter, so 5."""


def account_hash(email: str) -> bytes:
    """Stands for an address, known or unknown, without storing it."""
    return keyed_digest(PLATFORM, "sign_in_attempt", email.strip().lower().encode())


def refuse_if_too_many(account: bytes, kind: AttemptKind) -> None:
    """Raise TooMany when this account has been guessed at too often just now.

    Until the transaction ends nobody else guesses at this account: many at once would all be counted first.
    """
    db.execute(_ONE_AT_A_TIME, {"account": int.from_bytes(account[:8], signed=True)})
    wrong = db.scalar(
        select(func.count()).where(
            SignInAttempt.account_hash == account,
            SignInAttempt.kind == kind,
            SignInAttempt.was_right.is_(False),
            SignInAttempt.attempted_at > clock.now() - WINDOW,
        )
    )
    if (wrong or 0) >= MOST_WRONG[kind]:
        raise TooMany("Too many attempts. Wait 5 minutes and try again.")


def remember(account: bytes, kind: AttemptKind, *, was_right: bool) -> None:
    db.add(SignInAttempt(account_hash=account, kind=kind, was_right=was_right, attempted_at=clock.now()))
