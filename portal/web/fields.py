"""Form fields of our own: a date in three parts and a key that makes sending twice harmless."""

import calendar
import re
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from wtforms import Field, HiddenField
from wtforms.utils import unset_value
from wtforms.validators import StopValidation, ValidationError

from portal import clock
from portal.web.typed_text import clean_line

PARTS = ("day", "month", "year")
MONTHS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}


class DateParts(Field):
    """A date typed as day, month and year; `data` is a date or None, `parts` is what was typed.

    `noun` starts each message ("Date last seen must be a real date"); it is the label unless given.
    A month may be typed as a word.
    """

    def __init__(
        self, label: str = "", validators: Sequence[Any] = (), *, noun: str | None = None, **options: Any
    ) -> None:
        """Take the same options as any field, and the noun for messages."""
        super().__init__(label, list(validators), **options)
        self.noun = noun or label
        self.parts: dict[str, str] = dict.fromkeys(PARTS, "")
        self.wrong_parts: tuple[str, ...] = ()

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read the three inputs `<name>-day`, `<name>-month`, `<name>-year`, or the date given."""
        del extra_filters
        self.process_errors = []
        given = self.default() if callable(self.default) else self.default
        self.object_data = given if data is unset_value else data
        if not formdata:
            self.data = self.object_data
            self.parts = _as_parts(self.data)
            self.raw_data = []
            return
        self.parts = {part: clean_line(formdata.get(f"{self.name}-{part}", "")) for part in PARTS}
        self.raw_data = [" ".join(self.parts.values()).strip()]
        self.data = self._read()

    def pre_validate(self, form: Any) -> None:
        """Stop at a date that cannot be read, so that "Enter a date" does not hide the better message."""
        del form
        if self.process_errors:
            raise StopValidation()

    @property
    def first_wrong_id(self) -> str:
        """The id of the input that the error summary jumps to."""
        return f"{self.id}-{self.wrong_parts[0] if self.wrong_parts else 'day'}"

    def _read(self) -> date | None:
        try:
            return _read_parts(self.parts)
        except UnreadableDate as unreadable:
            self.wrong_parts = unreadable.parts
            self.process_errors = [f"{self.noun} {unreadable.reason}"]
            return None


class UnreadableDate(Exception):
    """Three parts that make no date: why, and which of them."""

    def __init__(self, reason: str, parts: tuple[str, ...]) -> None:
        """Take the rest of the sentence "<noun> …" and the names of the parts."""
        super().__init__(reason)
        self.reason = reason
        self.parts = parts


def _read_parts(parts: dict[str, str]) -> date | None:
    """The date, None when nothing was typed; raises UnreadableDate."""
    missing = tuple(part for part in PARTS if not parts[part])
    if len(missing) == len(PARTS):
        return None
    if missing:
        raise UnreadableDate(f"must include a {' and '.join(missing)}", missing)
    if not re.fullmatch(r"[0-9]{4}", parts["year"]):
        raise UnreadableDate("must have a year of 4 numbers", ("year",))
    month = MONTHS.get(parts["month"].lower()) or _number(parts["month"])
    try:
        return date(int(parts["year"]), month, _number(parts["day"]))
    except ValueError:
        raise UnreadableDate("must be a real date", PARTS) from None


def _number(typed: str) -> int:
    """The number typed, or 0, which no date accepts."""
    return int(typed) if re.fullmatch(r"[0-9]{1,2}", typed) else 0


def _as_parts(day: date | None) -> dict[str, str]:
    if day is None:
        return dict.fromkeys(PARTS, "")
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


class NotInFuture:
    """Refuses a date after today."""

    def __call__(self, form: Any, field: Any) -> None:
        """Raise ValidationError when the field's date is after today in London."""
        del form
        if field.data and field.data > clock.today():
            raise ValidationError(f"{getattr(field, 'noun', field.label.text)} must be today or in the past")


class IdempotencyKey(HiddenField):
    """A key made when the form is shown: the same key sent twice is one deed, not two."""

    def __init__(self, label: str = "", validators: Sequence[Any] = (), **options: Any) -> None:
        """Make a fresh key for each form shown; a form shown again after an error keeps its key."""
        options.setdefault("default", lambda: str(uuid4()))
        super().__init__(label, list(validators), **options)

    @property
    def key(self) -> UUID:
        """The key; raises ValueError when the form has not been validated and it is not one."""
        return UUID(str(self.data))

    def pre_validate(self, form: Any) -> None:
        """Refuse a form whose key is missing or broken."""
        del form
        try:
            UUID(str(self.data))
        except ValueError:
            self.data = str(uuid4())
            raise StopValidation("Your form did not arrive whole. Check it and send it again") from None
