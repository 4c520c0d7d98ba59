"""From the text of one cell to a value, or to the reason why it has none."""

import re
from datetime import date, time

from portal.conferences.list_columns import COLUMN_BY_NAME
from portal.conferences.states import ConferenceType, PersonRole

ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00)?)?")
SLASHED_DATE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
CLOCK_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::00)?")
SPREADSHEET_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?E\+?[0-9]+|[0-9]{10}[.,]0+", re.IGNORECASE)
EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
WEB_ADDRESS = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
DIRECTION_MARK = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
YEAR_MONTH_DAY = "use year-month-day, for example 2026-12-25"


class CellRefused(Exception):
    """The cell has no usable value; the message is the reason in plain words."""


def writing_problem(column: str, text: str) -> str:
    """Return why this text cannot be kept at all, or an empty string."""
    longest = COLUMN_BY_NAME[column].longest
    if len(text) > longest:
        return f"longer than {longest:,} characters"
    if CONTROL_CHARACTER.search(text):
        return "has a character that cannot be read: type the text again"
    return ""


def without_direction_marks(text: str) -> str:
    """Return the text without the unseen marks that make a page write letters in another order."""
    return DIRECTION_MARK.sub("", text)


def day(text: str) -> date:
    """Return the date. Day first is taken only when it cannot be read as month first."""
    written = ISO_DATE.fullmatch(text)
    if written:
        return _calendar_day(*map(int, written.groups()))
    slashed = SLASHED_DATE.fullmatch(text)
    if slashed:
        first, second, year = map(int, slashed.groups())
        if first <= 12 and second <= 12 and first != second:
            raise CellRefused(f"could be two different dates: {YEAR_MONTH_DAY}")
        return _calendar_day(year, second, first)
    if re.fullmatch(r"[0-9]{5}", text):
        raise CellRefused(f"a spreadsheet has turned this date into a number: {YEAR_MONTH_DAY}")
    raise CellRefused(f"not a real date: {YEAR_MONTH_DAY}")


def is_day_first(text: str) -> bool:
    """Return whether a date is written in the order a spreadsheet leaves it, not year first."""
    return bool(SLASHED_DATE.fullmatch(text))


def _calendar_day(year: int, month: int, of_month: int) -> date:
    try:
        return date(year, month, of_month)
    except ValueError:
        raise CellRefused("not a real date: there is no such day in the calendar") from None


def clock_time(text: str) -> time:
    """Return the local time."""
    written = CLOCK_TIME.fullmatch(text)
    if written and int(written[1]) < 24 and int(written[2]) < 60:
        return time(int(written[1]), int(written[2]))
    raise CellRefused("not a real time: use hours and minutes, for example 14:30")


def nhs_number(text: str) -> str:
    """Return the 10 digits. Source of the check digit: NHS Data Dictionary, NHS NUMBER (modulus 11)."""
    if SPREADSHEET_NUMBER.fullmatch(text):
        raise CellRefused("a spreadsheet has changed this number: type all 10 digits again, as text")
    digits = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(r"[0-9]+", digits):
        raise CellRefused("not a number: use the 10 digits only")
    if len(digits) != 10:
        size = "short" if len(digits) < 10 else "long"
        raise CellRefused(f"too {size}: {len(digits)} digits where an NHS number has 10")
    remainder = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    if (0 if remainder == 11 else remainder) != int(digits[9]):
        raise CellRefused("check digit is wrong: one of the digits is mistyped")
    return digits


def yes_or_no(text: str) -> bool:
    """Return True for yes and False for no."""
    answer = {"yes": True, "y": True, "no": False, "n": False}.get(text.casefold())
    if answer is None:
        raise CellRefused("write yes or no")
    return answer


def responsibility(text: str) -> str:
    """Return "yes", "no" or "not known"."""
    answer = text.casefold().replace("_", " ")
    if answer not in ("yes", "no", "not known"):
        raise CellRefused("write yes, no or not known")
    return answer


def conference_type(text: str) -> ConferenceType:
    """Return the type, however it is capitalised."""
    try:
        return ConferenceType(text.casefold().replace(" ", "-").replace("_", "-"))
    except ValueError:
        raise CellRefused("not a known type: use initial, review, pre-birth or transfer-in") from None


def person_role(text: str) -> PersonRole:
    """Return the role, however it is capitalised."""
    try:
        return PersonRole(text.casefold().replace(" ", "_").replace("-", "_"))
    except ValueError:
        known = ", ".join(PersonRole)
        raise CellRefused(f"not a known role: use one of {known}") from None


def email_address(text: str) -> str:
    """Return the address in lower case."""
    if not EMAIL.fullmatch(text):
        raise CellRefused("not an e-mail address")
    return text.casefold()


def web_address(text: str) -> str:
    """Return the link unchanged. Anything but http and https could run in a reader's browser."""
    if not WEB_ADDRESS.fullmatch(text):
        raise CellRefused("not a web address: it starts with https://")
    return text


def person_refs(text: str) -> tuple[str, ...]:
    """Return the person_refs, each once, in the order given."""
    return tuple(dict.fromkeys(re.split(r"[\s,;|]+", text.strip(" ,;|")))) if text.strip(" ,;|") else ()
