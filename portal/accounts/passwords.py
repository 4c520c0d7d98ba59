"""Passwords: argon2id, and what makes one acceptable."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 128  # characters; NCSC and OWASP ASVS 5.0, 6.2.1 and 6.2.9

_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """The argon2id hash to store."""
    return _hasher.hash(password)


def is_right(password: str, stored: str | None) -> bool:
    """Whether the password fits the stored hash; without one it takes as long and says no."""
    try:
        return _hasher.verify(stored or _nobodys_hash(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys_hash() -> str:
    """Verified for unknown addresses, so that they take as long as known ones."""
    return _hasher.hash("nobody has this password")
