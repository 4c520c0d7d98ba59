"""The states of conferences and requests, and the moves between them: pure tables."""

from enum import StrEnum


class ConferenceType(StrEnum):
    INITIAL = "initial"
    REVIEW = "review"
    PRE_BIRTH = "pre-birth"
    TRANSFER_IN = "transfer-in"


class ConferenceState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CLOSED = "closed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class PersonRole(StrEnum):
    """A person's part in a conference, in the words of the conference list."""

    SUBJECT = "subject"
    SIBLING = "sibling"
    MOTHER = "mother"
    FATHER = "father"
    PARTNER = "partner"
    OTHER_ADULT = "other_adult"

    @property
    def is_child(self) -> bool:
        return self in (PersonRole.SUBJECT, PersonRole.SIBLING)


class LinkKind(StrEnum):
    PARENT_OF = "parent_of"
    MUST_NOT_SEE = "must_not_see"


class ListState(StrEnum):
    """A conference list: read, and waiting to be confirmed; then being taken over; then done."""

    READ = "read"
    APPLYING = "applying"
    APPLIED = "applied"
    FAILED = "failed"
    """Stopped half way; somebody must look, and let it go on."""
    DISCARDED = "discarded"


class ListMove(StrEnum):
    CONFIRM = "confirm"
    FINISH = "finish"
    FAIL = "fail"
    GO_ON = "go_on"
    DISCARD = "discard"


class RequestState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    NOTHING_FOUND = "nothing_found"
    NOT_REGISTERED = "not_registered"
    WITHDRAWN = "withdrawn"


class RequestMove(StrEnum):
    ANSWER = "answer"
    FIND_NOTHING = "find_nothing"
    DISOWN = "disown"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


class Progress(StrEnum):
    """How far the practice is; drafts themselves are invisible to the authority."""

    NOT_STARTED = "not_started"
    OPENED = "opened"
    DRAFTING = "drafting"
    WAITING_FOR_SIGNATURE = "waiting_for_signature"


class Sight(StrEnum):
    """What a practice sees of a person: everything it is asked about, the outline, or nothing."""

    ASKED = "asked"
    OUTLINE = "outline"
    HIDDEN = "hidden"


class PersonAnswer(StrEnum):
    """What a practice answered about one person it was asked about."""

    REPORTED = "reported"
    NOTHING_FOUND = "nothing_found"
    NOT_REGISTERED = "not_registered"


REQUEST_MOVES: dict[tuple[RequestState, RequestMove], RequestState] = {
    (RequestState.OPEN, RequestMove.ANSWER): RequestState.ANSWERED,
    (RequestState.OPEN, RequestMove.FIND_NOTHING): RequestState.NOTHING_FOUND,
    (RequestState.OPEN, RequestMove.DISOWN): RequestState.NOT_REGISTERED,
    (RequestState.OPEN, RequestMove.WITHDRAW): RequestState.WITHDRAWN,
    (RequestState.ANSWERED, RequestMove.REOPEN): RequestState.OPEN,
    (RequestState.ANSWERED, RequestMove.ANSWER): RequestState.ANSWERED,
    (RequestState.NOTHING_FOUND, RequestMove.REOPEN): RequestState.OPEN,
    (RequestState.NOTHING_FOUND, RequestMove.ANSWER): RequestState.ANSWERED,
    (RequestState.NOT_REGISTERED, RequestMove.REOPEN): RequestState.OPEN,
    (RequestState.WITHDRAWN, RequestMove.REOPEN): RequestState.OPEN,
}

REQUEST_EVENTS = {
    RequestMove.ANSWER: "request_answered",
    RequestMove.FIND_NOTHING: "request_nothing_found",
    RequestMove.DISOWN: "request_not_registered",
    RequestMove.WITHDRAW: "request_withdrawn",
    RequestMove.REOPEN: "request_reopened",
}
"""What each move is called once it has been made."""

LIST_MOVES: dict[tuple[ListState, ListMove], ListState] = {
    (ListState.READ, ListMove.CONFIRM): ListState.APPLYING,
    (ListState.READ, ListMove.DISCARD): ListState.DISCARDED,
    (ListState.APPLYING, ListMove.FINISH): ListState.APPLIED,
    (ListState.APPLYING, ListMove.FAIL): ListState.FAILED,
    (ListState.FAILED, ListMove.GO_ON): ListState.APPLYING,
    (ListState.FAILED, ListMove.DISCARD): ListState.DISCARDED,
}
