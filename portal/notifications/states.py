"""The states of a message in the outbox and the moves between them: a pure table."""

from enum import StrEnum


class NotificationState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    """Refused for good: the address is wrong, or the server will never take it. Somebody must look."""
    WITHDRAWN = "withdrawn"


class NotificationMove(StrEnum):
    SEND = "send"
    FAIL = "fail"
    WITHDRAW = "withdraw"


NOTIFICATION_MOVES: dict[tuple[NotificationState, NotificationMove], NotificationState] = {
    (NotificationState.WAITING, NotificationMove.SEND): NotificationState.SENT,
    (NotificationState.WAITING, NotificationMove.FAIL): NotificationState.FAILED,
    (NotificationState.WAITING, NotificationMove.WITHDRAW): NotificationState.WITHDRAWN,
}
