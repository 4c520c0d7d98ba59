"""The states of a submission and the moves between them: a pure table. The content never changes."""

from enum import StrEnum


class SubmissionKind(StrEnum):
    REPORT = "report"
    NOTHING_FOUND = "nothing_found"
    NOT_REGISTERED = "not_registered"
    NEWS = "news"
    RECORDED = "recorded"
    """A reply that came by e-mail, telephone or paper; the portal holds where it is filed."""


class SubmissionState(StrEnum):
    RECEIVED = "received"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class SubmissionMove(StrEnum):
    ACCEPT = "accept"
    RETURN = "return"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    SUPERSEDE = "supersede"


SUBMISSION_MOVES: dict[tuple[SubmissionState, SubmissionMove], SubmissionState] = {
    (SubmissionState.RECEIVED, SubmissionMove.ACCEPT): SubmissionState.ACCEPTED,
    (SubmissionState.RECEIVED, SubmissionMove.RETURN): SubmissionState.RETURNED,
    (SubmissionState.RECEIVED, SubmissionMove.WITHDRAW): SubmissionState.WITHDRAWN,
    (SubmissionState.ACCEPTED, SubmissionMove.WITHDRAW): SubmissionState.WITHDRAWN,
    (SubmissionState.ACCEPTED, SubmissionMove.REOPEN): SubmissionState.RECEIVED,
    (SubmissionState.RECEIVED, SubmissionMove.SUPERSEDE): SubmissionState.SUPERSEDED,
    (SubmissionState.ACCEPTED, SubmissionMove.SUPERSEDE): SubmissionState.SUPERSEDED,
    (SubmissionState.RETURNED, SubmissionMove.SUPERSEDE): SubmissionState.SUPERSEDED,
}

EVENT_OF = {
    SubmissionMove.ACCEPT: "accepted",
    SubmissionMove.RETURN: "returned",
    SubmissionMove.WITHDRAW: "withdrawn",
    SubmissionMove.REOPEN: "reopened",
    SubmissionMove.SUPERSEDE: "superseded",
}
"""What each move is called once it has been made."""
