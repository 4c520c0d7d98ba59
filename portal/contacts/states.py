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
    MAIL_UNDELIVERABLE = "mail_undeliverable"
    """To a practice about a request, or to the chair about a conference: refused for good."""


RECEIVED_KINDS = frozenset(
    {ContactKind.REPORT, ContactKind.NOTHING_FOUND, ContactKind.NOT_REGISTERED, ContactKind.NEWS}
)
"""What a practice sent: the source is a submission."""

TO_SETTLE_KINDS = frozenset(
    {
        ContactKind.PRACTICE_UNKNOWN,
        ContactKind.REASON_MISSING,
        ContactKind.EQUAL_NHS_NUMBER,
        ContactKind.CONFERENCE_OMITTED,
        ContactKind.MAIL_UNDELIVERABLE,
    }
)
"""What a conference list left open, and mail that will not arrive."""


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


class ClosedAs(StrEnum):
    """How a contact ended."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    SUPERSEDED = "superseded"
    SPOKEN = "spoken"
    SETTLED = "settled"
    SEEN = "seen"


class DeferReason(StrEnum):
    """What a contact that was put off waits for; anything more is a sealed note."""

    PRACTICE = "practice"
    SOCIAL_WORKER = "social_worker"
    CHAIR = "chair"
    NEXT_LIST = "next_list"
    OTHER = "other"


class CallOutcome(StrEnum):
    SPOKE = "spoke"
    LEFT_MESSAGE = "left_message"
    NO_ANSWER = "no_answer"


EVENT_OF = {
    ContactMove.CLAIM: "claimed",
    ContactMove.RELEASE: "released",
    ContactMove.CLOSE: "closed",
    ContactMove.DEFER: "deferred",
    ContactMove.REOPEN: "reopened",
}
"""What each move is called once it has been made."""

CONTACT_MOVES: dict[tuple[ContactState, ContactMove], ContactState] = {
    (ContactState.WAITING, ContactMove.CLAIM): ContactState.HELD,
    (ContactState.HELD, ContactMove.RELEASE): ContactState.WAITING,
    (ContactState.HELD, ContactMove.CLOSE): ContactState.CLOSED,
    (ContactState.HELD, ContactMove.DEFER): ContactState.DEFERRED,
    (ContactState.DEFERRED, ContactMove.REOPEN): ContactState.WAITING,
    (ContactState.CLOSED, ContactMove.REOPEN): ContactState.WAITING,
}
