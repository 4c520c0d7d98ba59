"""The states of a job."""

from enum import StrEnum


class JobState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    """Given up after the last attempt; somebody must look."""
