"""The states of a session, and the kinds of guess that are throttled."""

from enum import StrEnum


class SessionState(StrEnum):
    HALF = "half"
    """The password was right; the code is still asked for."""
    FULL = "full"
    ENDED = "ended"


class AttemptKind(StrEnum):
    PASSWORD = "password"  # noqa: S105 (the kind of a guess, not a password)
    CODE = "code"
