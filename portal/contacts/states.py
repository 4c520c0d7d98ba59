"""The states of a contact and the moves between them: a pure table."""

from enum import StrEnum


class ContactKind(StrEnum):
    REPORT = "report"
    NOTHING_FOUND = "nothing_found"
    NOT_REGISTERED = "not_registered"
    NEWS = "news"
    WILL_BE_LATE = "will_be_late"
    SHORT_NOTICE_CALL = "short_notice_call"
    PRACTICE_UNKNOWN = "practice_unknown"
    REASON_MISSING = "reason_missing"
    EQUAL_NHS_NUMBER = "equal_nhs_number"
    CONFERENCE_OMITTED = "conference_omitted"


class ContactState(StrEnum):
    WAITING = "waiting"
    HELD = "held"
    DEFERRED = "deferred"
    CLOSED = "closed"


class ContactMove(StrEnum):
    CLAIM = "claim"
    RELEASE = "release"
    CLOSE = "close"
    DEFER = "defer"
    REOPEN = "reopen"


CONTACT_MOVES: dict[tuple[ContactState, ContactMove], ContactState] = {
    (ContactState.WAITING, ContactMove.CLAIM): ContactState.HELD,
    (ContactState.HELD, ContactMove.RELEASE): ContactState.WAITING,
    (ContactState.HELD, ContactMove.CLOSE): ContactState.CLOSED,
    (ContactState.HELD, ContactMove.DEFER): ContactState.DEFERRED,
    (ContactState.DEFERRED, ContactMove.REOPEN): ContactState.WAITING,
    (ContactState.CLOSED, ContactMove.REOPEN): ContactState.WAITING,
}
