"""The forms of the short answers: the same few fields for each person the practice is asked about."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.validators import DataRequired, Optional

from portal import clock
from portal.conferences.queries import PersonRow
from portal.submissions.short_answers import SINCE, PersonLooked, PersonNotHere, RecordRead, Since
from portal.web.forms import DateParts, IdempotencyKey, MaxLength, NotInFuture, PortalForm

EARLIEST_YEAR = 1900


class AnswerForm(PortalForm):
    """Base of both; the fields carry the person's id: the list may be shorter when the form comes back."""

    idempotency_key = IdempotencyKey()
    was_read = HiddenField(default="")
    """What the writer has been shown that the conference will read."""

    def field(self, name: str, person: PersonRow) -> Any:
        """One person's field."""
        return self[f"{name}_{person.id}"]


def nothing_found_form(people: Sequence[PersonRow], *, has_draft: bool = False) -> AnswerForm:
    """The form that says nothing relevant was found, with fields for each person.

    Where somebody is drafting a report, it asks whether nothing was found all the same.
    """
    fields: dict[str, Any] = {}
    if has_draft:
        fields["despite_draft"] = BooleanField(
            "Nothing relevant was found all the same, and I have asked whoever is writing",
            [DataRequired("Say that nothing relevant was found all the same, or go on with the report")],
        )
    for person in people:
        fields[f"record_{person.id}"] = RadioField(
            f"Which record of {person.name} did you read?",
            choices={RecordRead.FULL.value: "Full record", RecordRead.SUMMARY.value: "Summary only"},
            validators=[Optional()],
            validate_choice=False,
        )
        fields[f"back_to_{person.id}"] = StringField(
            f"Back to which year did you read for {person.name}?",
            [MaxLength(10)],
            description="For example, 2015",
        )
        fields[f"last_seen_{person.id}"] = DateParts(
            f"When was {person.name} last seen?", [NotInFuture()], noun="Date last seen"
        )
        fields[f"never_{person.id}"] = BooleanField(f"{person.name} was never seen here")
    return cast(AnswerForm, type("NothingFoundForm", (AnswerForm,), fields)())


def read_nothing_found(form: AnswerForm, people: Sequence[PersonRow]) -> list[PersonLooked]:
    """What was answered for each person; what is missing is refused at its field."""
    return [_looked(form, person) for person in people]


def _looked(form: AnswerForm, person: PersonRow) -> PersonLooked:
    record, back_to = form.field("record", person).data, (form.field("back_to", person).data or "").strip()
    seen, is_never = form.field("last_seen", person).data, form.field("never", person).data
    if record not in set(RecordRead):
        form.refuse(f"Choose which record of {person.name} you read", f"record_{person.id}")
    if not _is_year(back_to):
        form.refuse(f"Enter the year back to which you read for {person.name}", f"back_to_{person.id}")
    if bool(seen) == bool(is_never) and not form.field("last_seen", person).errors:
        form.refuse(f"Say when {person.name} was last seen, or that it was never", f"last_seen_{person.id}")
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
    for person in people:
        fields[f"who_{person.id}"] = BooleanField(f"{person.name} is not registered with us")
        fields[f"since_{person.id}"] = RadioField(
            f"Since when is {person.name} not registered with you?",
            choices={each.value: words for each, words in SINCE.items()},
            validators=[Optional()],
            validate_choice=False,
        )
        fields[f"left_on_{person.id}"] = DateParts(
            f"When did {person.name} leave?", [NotInFuture()], noun="Date of leaving"
        )
        fields[f"practice_{person.id}"] = StringField(
            f"New practice of {person.name}, if you know it",
            [MaxLength(120)],
            description="You do not have to say.",
        )
    return cast(AnswerForm, type("NotRegisteredForm", (AnswerForm,), fields)())


def read_not_registered(form: AnswerForm, people: Sequence[PersonRow]) -> list[PersonNotHere]:
    """Who was ticked, and since when; what is missing is refused at its field."""
    ticked = [person for person in people if form.field("who", person).data]
    if not ticked:
        form.refuse("Choose who is not registered with you", f"who_{people[0].id}" if people else None)
    return [_not_here(form, person) for person in ticked]


def _not_here(form: AnswerForm, person: PersonRow) -> PersonNotHere:
    since, left_on = form.field("since", person).data, form.field("left_on", person).data
    if since not in set(Since):
        form.refuse(f"Say since when {person.name} is not registered with you", f"since_{person.id}")
    kind = Since(since) if since in set(Since) else Since.CANNOT_TELL
    if kind is Since.LEFT and left_on is None and not form.field("left_on", person).errors:
        form.refuse(f"Enter the day {person.name} left", f"left_on_{person.id}")
    practice = (form.field("practice", person).data or "").strip()
    return PersonNotHere(str(person.id), person.name, kind, left_on if kind is Since.LEFT else None, practice)
