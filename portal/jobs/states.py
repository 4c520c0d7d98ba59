"""The states of a job and the moves between them: a pure table."""

from enum import StrEnum


class JobState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    """Given up after the last attempt; somebody must look."""


class JobMove(StrEnum):
    FINISH = "finish"
    GIVE_UP = "give_up"


JOB_MOVES: dict[tuple[JobState, JobMove], JobState] = {
    (JobState.WAITING, JobMove.FINISH): JobState.DONE,
    (JobState.WAITING, JobMove.GIVE_UP): JobState.FAILED,
}
