"""The states of a session and the moves between them, and the kinds of guess that are throttled."""

from enum import StrEnum


class SessionState(StrEnum):
    HALF = "half"
    """The password was right; the code is still asked for."""
    FULL = "full"
    ENDED = "ended"


class SessionMove(StrEnum):
    CONFIRM = "confirm"
    """A right code: the second step of signing in, or the unlocking of an idle session."""
    END = "end"


SESSION_MOVES: dict[tuple[SessionState, SessionMove], SessionState] = {
    (SessionState.HALF, SessionMove.CONFIRM): SessionState.FULL,
    (SessionState.FULL, SessionMove.CONFIRM): SessionState.FULL,
    (SessionState.HALF, SessionMove.END): SessionState.ENDED,
    (SessionState.FULL, SessionMove.END): SessionState.ENDED,
}


class AttemptKind(StrEnum):
    PASSWORD = "password"  # noqa: S105 (the kind of a guess, not a password)
    CODE = "code"
