"""The states of a pack and the moves between them: a pure table."""

from enum import StrEnum


class PackState(StrEnum):
    REQUESTED = "requested"
    BUILDING = "building"
    READY = "ready"
    FAILED = "failed"
    """Given up; whoever tries again asks for another."""
    SUPERSEDED = "superseded"


class PackMove(StrEnum):
    BUILD = "build"
    FINISH = "finish"
    FAIL = "fail"
    SUPERSEDE = "supersede"


class Audience(StrEnum):
    CHAIR = "chair"
    PROFESSIONALS = "professionals"
    FAMILY = "family"


PACK_MOVES: dict[tuple[PackState, PackMove], PackState] = {
    (PackState.REQUESTED, PackMove.BUILD): PackState.BUILDING,
    (PackState.BUILDING, PackMove.FINISH): PackState.READY,
    (PackState.REQUESTED, PackMove.FAIL): PackState.FAILED,
    (PackState.BUILDING, PackMove.FAIL): PackState.FAILED,
    (PackState.READY, PackMove.SUPERSEDE): PackState.SUPERSEDED,
}
