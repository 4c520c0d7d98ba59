"""Everything anybody may be allowed to do, as `resource:verb`."""

from enum import StrEnum


class Permission(StrEnum):
    ACCOUNT_USE = "account:use"
    PARKED_FORM_VIEW = "parked_form:view"

    REQUEST_LIST = "request:list"
    REQUEST_VIEW = "request:view"
    REQUEST_ASSIGN = "request:assign"
    REQUEST_TAKE_OVER = "request:take_over"
    REQUEST_SAY_LATE = "request:say_late"
    REQUEST_SAY_NOT_REGISTERED = "request:say_not_registered"
    REQUEST_SAY_NOTHING_FOUND = "request:say_nothing_found"
    REPORT_DRAFT = "report:draft"
    REPORT_SAVE = "report:save"
    """Saves keystrokes and shows nothing: the page it is typed into has left its trace."""
    REPORT_SIGN = "report:sign"
    NEWS_ADD = "news:add"
    SUBMISSION_VIEW_OWN = "submission:view_own"

    CONTACT_LIST = "contact:list"
    CONTACT_WORK = "contact:work"
    SUBMISSION_VIEW = "submission:view"
    SUBMISSION_TRIAGE = "submission:triage"
    REPLY_RECORD = "reply:record"
    REQUEST_LOG_CALL = "request:log_call"

    CONFERENCE_LIST = "conference:list"
    CONFERENCE_VIEW = "conference:view"
    CONFERENCE_IMPORT = "conference:import"
    CONFERENCE_LIST_TAKE_OVER = "conference_list:take_over"
    CONFERENCE_BOOK = "conference:book"
    CONFERENCE_SETTLE = "conference:settle"
    CONFERENCE_TAKE_OVER = "conference:take_over"

    PACK_REQUEST = "pack:request"
    PACK_FOLLOW = "pack:follow"
    PACK_DOWNLOAD = "pack:download"
    CHAIRS_ITEM_READ = "chairs_item:read"


SHOWS_PERSONAL_DATA = frozenset(
    {
        Permission.PARKED_FORM_VIEW,
        Permission.REQUEST_LIST,
        Permission.REQUEST_VIEW,
        Permission.REPORT_DRAFT,
        Permission.REPORT_SIGN,
        Permission.REQUEST_SAY_NOT_REGISTERED,
        Permission.REQUEST_SAY_NOTHING_FOUND,
        Permission.SUBMISSION_VIEW_OWN,
        Permission.NEWS_ADD,
        Permission.CONTACT_LIST,
        Permission.CONTACT_WORK,
        Permission.SUBMISSION_VIEW,
        Permission.SUBMISSION_TRIAGE,
        Permission.REPLY_RECORD,
        Permission.REQUEST_LOG_CALL,
        Permission.CONFERENCE_LIST,
        Permission.CONFERENCE_VIEW,
        Permission.CONFERENCE_LIST_TAKE_OVER,
        Permission.CONFERENCE_SETTLE,
        Permission.PACK_REQUEST,
        Permission.PACK_DOWNLOAD,
    }
)
"""Each use of one of these leaves a record of who saw whom."""
