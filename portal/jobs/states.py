"""The states of a job and the moves between them: a pure table."""

from enum import StrEnum


class JobState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    """Given up after the last attempt; somebody must look: `/readyz` and the log say so."""


class JobMove(StrEnum):
    FINISH = "finish"
    GIVE_UP = "give_up"
    RETRY = "retry"
    SETTLE = "settle"
    """Somebody has looked, and there is nothing more to do."""


JOB_MOVES: dict[tuple[JobState, JobMove], JobState] = {
    (JobState.WAITING, JobMove.FINISH): JobState.DONE,
    (JobState.WAITING, JobMove.GIVE_UP): JobState.FAILED,
    (JobState.FAILED, JobMove.RETRY): JobState.WAITING,
    (JobState.FAILED, JobMove.SETTLE): JobState.DONE,
}
