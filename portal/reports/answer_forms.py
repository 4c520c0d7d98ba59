"""The forms of the short answers: the same few fields for each person the practice is asked about."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.validators import Optional

from portal import clock
from portal.conferences.queries import PersonRow
from portal.submissions.short_answers import SINCE, PersonLooked, PersonNotHere, RecordRead, Since
from portal.web.forms import DateParts, IdempotencyKey, MaxLength, NotInFuture, PortalForm

EARLIEST_YEAR = 1900


class AnswerForm(PortalForm):
    """Base of both; the fields of each person carry its place in the list."""

    idempotency_key = IdempotencyKey()
    was_read = HiddenField(default="")
    """What the writer has been shown that the conference will read."""

    def field(self, name: str, index: int) -> Any:
        """One person's field."""
        return self[f"{name}_{index}"]


def nothing_found_form(people: Sequence[PersonRow]) -> AnswerForm:
    """The form that says nothing relevant was found, with fields for each person."""
    fields: dict[str, Any] = {}
    for index, person in enumerate(people):
        fields[f"record_{index}"] = RadioField(
            f"Which record of {person.name} did you read?",
            choices={RecordRead.FULL.value: "Full record", RecordRead.SUMMARY.value: "Summary only"},
            validators=[Optional()],
            validate_choice=False,
        )
        fields[f"back_to_{index}"] = StringField(
            f"Back to which year did you read for {person.name}?",
            [MaxLength(10)],
            description="For example, 2015",
        )
        fields[f"last_seen_{index}"] = DateParts(
            f"When was {person.name} last seen?", [NotInFuture()], noun="Date last seen"
        )
        fields[f"never_{index}"] = BooleanField(f"{person.name} was never seen here")
    return cast(AnswerForm, type("NothingFoundForm", (AnswerForm,), fields)())


def read_nothing_found(form: AnswerForm, people: Sequence[PersonRow]) -> list[PersonLooked]:
    """What was answered for each person; what is missing is refused at its field."""
    return [_looked(form, index, person) for index, person in enumerate(people)]


def _looked(form: AnswerForm, index: int, person: PersonRow) -> PersonLooked:
    record, back_to = form.field("record", index).data, (form.field("back_to", index).data or "").strip()
    seen, is_never = form.field("last_seen", index).data, form.field("never", index).data
    if record not in set(RecordRead):
        form.refuse(f"Choose which record of {person.name} you read", f"record_{index}")
    if not _is_year(back_to):
        form.refuse(f"Enter the year back to which you read for {person.name}", f"back_to_{index}")
    if bool(seen) == bool(is_never) and not form.field("last_seen", index).errors:
        form.refuse(f"Say when {person.name} was last seen, or that it was never", f"last_seen_{index}")
    kind = RecordRead(record) if record in set(RecordRead) else RecordRead.SUMMARY
    return PersonLooked(str(person.id), person.name, kind, back_to, seen)


def _is_year(text: str) -> bool:
    return (
        len(text) == 4 and text.isascii() and text.isdecimal() and EARLIEST_YEAR <= int(text) <= _this_year()
    )


def _this_year() -> int:
    today: date = clock.today()
    return today.year


def not_registered_form(people: Sequence[PersonRow]) -> AnswerForm:
    """The form that says who is not registered, with fields for each person."""
    fields: dict[str, Any] = {}
    for index, person in enumerate(people):
        fields[f"who_{index}"] = BooleanField(f"{person.name} is not registered with us")
        fields[f"since_{index}"] = RadioField(
            f"Since when is {person.name} not registered with you?",
            choices={each.value: words for each, words in SINCE.items()},
            validators=[Optional()],
            validate_choice=False,
        )
        fields[f"left_on_{index}"] = DateParts(
            f"When did {person.name} leave?", [NotInFuture()], noun="Date of leaving"
        )
        fields[f"practice_{index}"] = StringField(
            f"New practice of {person.name}, if you know it",
            [MaxLength(120)],
            description="You do not have to say.",
        )
    return cast(AnswerForm, type("NotRegisteredForm", (AnswerForm,), fields)())


def read_not_registered(form: AnswerForm, people: Sequence[PersonRow]) -> list[PersonNotHere]:
    """Who was ticked, and since when; what is missing is refused at its field."""
    ticked = [(index, person) for index, person in enumerate(people) if form.field("who", index).data]
    if not ticked:
        form.refuse("Choose who is not registered with you", "who_0" if people else None)
    return [_not_here(form, index, person) for index, person in ticked]


def _not_here(form: AnswerForm, index: int, person: PersonRow) -> PersonNotHere:
    since, left_on = form.field("since", index).data, form.field("left_on", index).data
    if since not in set(Since):
        form.refuse(f"Say since when {person.name} is not registered with you", f"since_{index}")
    kind = Since(since) if since in set(Since) else Since.CANNOT_TELL
    if kind is Since.LEFT and left_on is None and not form.field("left_on", index).errors:
        form.refuse(f"Enter the day {person.name} left", f"left_on_{index}")
    practice = (form.field("practice", index).data or "").strip()
    return PersonNotHere(str(person.id), person.name, kind, left_on if kind is Since.LEFT else None, practice)
