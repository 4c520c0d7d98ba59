"""The forms of conferences: a list to upload, one conference to book, what is to settle."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from portal.conferences.list_text import LARGEST_FILE
from portal.conferences.states import PersonRole
from portal.conferences.wording import ROLE_WORDS, TYPE_WORDS
from portal.web.forms import DateParts, IdempotencyKey, MaxLength, PortalForm

MOST_PEOPLE = 8
UNBORN = "unborn"
LONGEST_TEXT = 10_000
CONFERENCE_COLUMNS = (
    "conference_ref",
    "conference_type",
    "strategy_discussion_date",
    "conference_date",
    "start_time",
    "end_time",
    "venue",
    "online_link",
    "chair_email",
    "social_worker",
    "social_worker_phone",
    "conference_reason",
    "questions_for_general_practice",
)
HOME_COLUMNS = ("address_line_1", "town", "postcode")
PERSON_FIELD_OF = {
    "person_ref": "ref",
    "person_role": "role",
    "family_name": "family_name",
    "given_names": "given_names",
    "date_of_birth": "born",
    "expected_delivery_date": "born",
    "nhs_number": "nhs_number",
    "gp_practice_code": "practice",
    "parent_of": "is_parent",
    "must_not_see": "kept_from",
}
"""Column of a list to the end of the form's field name, to put a refusal where it belongs."""


class UploadForm(PortalForm):
    idempotency_key = IdempotencyKey()
    file = FileField(
        "Conference list (CSV)",
        [FileRequired("Choose the file that your case system exported")],
        description=f"At most {LARGEST_FILE // 1_000_000} MB."
        " Nothing is taken over until you have seen what would change and confirmed it.",
    )


class ConfirmForm(PortalForm):
    """A button; and a tick where the list lifts somebody's protection."""

    lifts_protection = BooleanField("I have checked that these people may now be told")


class PracticeForm(PortalForm):
    practice = SelectField("Practice", [InputRequired("Choose a practice")])


class AddressForm(PortalForm):
    reason = TextAreaField(
        "Why is the address no longer confidential?",
        [DataRequired("Say why the address is no longer confidential"), MaxLength(2000)],
        description="Kept in the history of the conference.",
    )


class ReasonForm(PortalForm):
    revision = HiddenField()
    """Which reason and questions the page showed: see `settling.revision_of`."""
    reason = TextAreaField(
        "Why is the conference called?",
        [DataRequired("Say why the conference is called"), MaxLength(LONGEST_TEXT)],
        description="Every practice that is asked reads this first.",
    )
    questions = TextAreaField(
        "Questions for general practice",
        [MaxLength(LONGEST_TEXT)],
        description="What you want to know from the practices. You may leave it empty.",
    )


class _ConferenceFields(PortalForm):
    idempotency_key = IdempotencyKey()
    conference_ref = StringField(
        "Your number for the conference", [DataRequired("Enter your number for the conference")]
    )
    conference_type = RadioField(
        "What kind of conference?",
        [InputRequired("Choose the kind of conference")],
        choices={kind.value: words for kind, words in TYPE_WORDS.items()},
    )
    conference_date = DateParts("Day of the conference", [InputRequired("Enter the day of the conference")])
    start_time = StringField(
        "Start", [DataRequired("Enter when it starts")], description="24-hour clock, for example 14:00"
    )
    end_time = StringField("End", [DataRequired("Enter when it ends")])
    venue = StringField("Place")
    online_link = StringField("Address of the online meeting", description="Begins with https://")
    chair_email = SelectField("Chair", [InputRequired("Choose a chair")])
    strategy_discussion_date = DateParts(
        "Day of the strategy discussion",
        description="Leave empty for a review.",
    )
    conference_reason = TextAreaField(
        "Why is the conference called?",
        [MaxLength(LONGEST_TEXT)],
        description="Every practice reads this first. You can add it later.",
    )
    questions_for_general_practice = TextAreaField(
        "Questions for general practice", [MaxLength(LONGEST_TEXT)]
    )
    social_worker = StringField("Social worker")
    social_worker_phone = StringField("Social worker's telephone")
    address_line_1 = StringField("Address of the household")
    town = StringField("Town")
    postcode = StringField("Postcode")
    address_confidential = RadioField(
        "Must the address be kept from anybody?",
        [InputRequired("Say whether the address must be kept from anybody")],
        choices={"yes": "Yes, it is confidential", "no": "No"},
        description="Yes hides it everywhere but on the contact team's and the chair's own pages.",
    )


def _person_fields(number: int) -> dict[str, Any]:
    roles = {"": "Nobody", PersonRole.SUBJECT.value: ROLE_WORDS[PersonRole.SUBJECT]}
    roles |= {UNBORN: "Unborn child the conference is about"}
    roles |= {role.value: words for role, words in ROLE_WORDS.items() if role is not PersonRole.SUBJECT}
    return {
        "role": SelectField("Who is this?", choices=roles),
        "given_names": StringField("Given names"),
        "family_name": StringField("Family name"),
        "born": DateParts(
            "Date of birth",
            noun=f"Person {number}: date of birth",
            description="For an unborn child, the expected date.",
        ),
        "nhs_number": StringField("NHS number", description="10 numbers. Leave empty if you do not know it."),
        "practice": SelectField("GP practice"),
        "ref": StringField(
            "Your number for this person", description="As in your case system, if there is one."
        ),
        "is_elsewhere": BooleanField("Lives elsewhere, or it is not known where"),
        "is_parent": BooleanField("Parent of every child on this form"),
        "kept_from": StringField(
            "Must not be told about",
            description="Numbers of people on this form, for example: 1 2",
        ),
    }


_PERSON_FIELDS = {
    f"person_{number}_{name}": field
    for number in range(1, MOST_PEOPLE + 1)
    for name, field in _person_fields(number).items()
}
_WithPeople: Any = type("_WithPeople", (_ConferenceFields,), _PERSON_FIELDS)


class BookingForm(_WithPeople):  # type: ignore[misc]  # fields for eight people are made above
    """One conference and its family, without JavaScript."""

    def offer(self, chairs: Mapping[str, str], practices: Mapping[str, str]) -> None:
        """Set whom and what can be chosen; nothing is chosen beforehand."""
        self.chair_email.choices = {"": "Choose a chair", **chairs}
        for person in self.people:
            person["practice"].choices = {"": "Not known", **practices}

    @property
    def people(self) -> list[dict[str, Any]]:
        """The fields of each person, by the end of their names, in the order of the form."""
        return [
            {name: self[f"person_{number}_{name}"] for name in _person_fields(number)}
            for number in range(1, MOST_PEOPLE + 1)
        ]

    def conference_row(self) -> dict[str, str]:
        """What was typed about the conference, in the columns of a list."""
        return {column: _as_text(self[column].data) for column in CONFERENCE_COLUMNS}

    def people_rows(self) -> list[dict[str, str]]:
        """What was typed about each person, in the columns of a list; rows left at "Nobody" are not there."""
        refs = {number: self._ref(number, person) for number, person in self._filled()}
        children = [
            refs[number]
            for number, person in self._filled()
            if person["role"].data in (UNBORN, PersonRole.SUBJECT, PersonRole.SIBLING)
        ]
        return [self._row(number, person, refs, children) for number, person in self._filled()]

    def refuse_column(self, column: str, person: int, reason: str) -> None:
        """Show what the reading of a list found, at the field where it was typed."""
        numbers = [number for number, _person in self._filled()]
        field = column if column in CONFERENCE_COLUMNS or column in HOME_COLUMNS else None
        if column in PERSON_FIELD_OF and person < len(numbers):
            field = f"person_{numbers[person]}_{PERSON_FIELD_OF[column]}"
        label = self[field].label.text if field else column.replace("_", " ").capitalize()
        self.refuse(f"{label}: {reason}", field)

    def _filled(self) -> Iterable[tuple[int, dict[str, Any]]]:
        return [(number, person) for number, person in enumerate(self.people, 1) if person["role"].data]

    def _ref(self, number: int, person: dict[str, Any]) -> str:
        return person["ref"].data or f"{self.conference_ref.data}/{number}"

    def _row(
        self, number: int, person: dict[str, Any], refs: Mapping[int, str], children: list[str]
    ) -> dict[str, str]:
        is_unborn, is_elsewhere = person["role"].data == UNBORN, person["is_elsewhere"].data
        home = {} if is_elsewhere else {column: _as_text(self[column].data) for column in HOME_COLUMNS}
        return home | {
            "person_ref": refs[number],
            "person_role": PersonRole.SUBJECT if is_unborn else person["role"].data,
            "given_names": person["given_names"].data or ("Unborn baby" if is_unborn else ""),
            "family_name": person["family_name"].data,
            "expected_delivery_date" if is_unborn else "date_of_birth": _as_text(person["born"].data),
            "nhs_number": person["nhs_number"].data,
            "gp_practice_code": person["practice"].data,
            "lives_in_household": "no" if is_elsewhere else "yes",
            "address_confidential": self.address_confidential.data,
            "parent_of": " ".join(children) if person["is_parent"].data else "",
            "must_not_see": _named(person["kept_from"].data, refs),
        }


def _as_text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value or "")


def _named(typed: str | None, refs: Mapping[int, str]) -> str:
    """Person numbers of the form as person_refs; a number that nobody has is kept, and so refused."""
    words = (typed or "").replace(",", " ").split()
    return " ".join(refs.get(int(word), word) if word.isdigit() else word for word in words)
