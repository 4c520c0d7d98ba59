"""The states of a message in the outbox."""

from enum import StrEnum


class NotificationState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
