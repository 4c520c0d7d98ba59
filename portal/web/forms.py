"""The form every form is built on: cleaned text, plain messages, status 422 when refused."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, g, has_request_context
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import HiddenField, PasswordField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from portal.web.fields import DateParts, IdempotencyKey, NotInFuture
from portal.web.typed_text import clean_line, clean_text

__all__ = [
    "DateParts",
    "FormError",
    "IdempotencyKey",
    "MaxLength",
    "NotInFuture",
    "PortalForm",
    "configure_forms",
    "form_was_refused",
    "mark_form_refused",
]

# What a line and a text may hold unless the field says otherwise: a guard, not an editorial limit.
LINE_LIMIT = 500
TEXT_LIMIT = 20_000

_CHOOSE = "Choose one of the answers listed"
_DATE = "Enter a real date"
_AGAIN = "Your form did not arrive whole. Reload the page and send it again"
PLAIN_MESSAGES = {
    "Not a valid choice.": _CHOOSE,
    "Invalid Choice: could not coerce.": _CHOOSE,
    "Invalid choice(s): one or more data inputs could not be coerced.": _CHOOSE,
    "'%(value)s' is not a valid choice for this field.": _CHOOSE,
    "'%(value)s' are not valid choices for this field.": _CHOOSE,
    "Choices cannot be None.": _CHOOSE,
    "Invalid value, must be one of: %(values)s.": _CHOOSE,
    "Invalid value, can't be any of: %(values)s.": "Choose another answer",
    "This field is required.": "Answer this question",
    "Invalid input.": "Check what you entered",
    "Not a valid integer value.": "Enter a whole number",
    "Not a valid decimal value.": "Enter a number",
    "Not a valid float value.": "Enter a number",
    "Number must be at least %(min)s.": "Enter a number of %(min)s or more",
    "Number must be at most %(max)s.": "Enter a number of %(max)s or less",
    "Number must be between %(min)s and %(max)s.": "Enter a number from %(min)s to %(max)s",
    "Not a valid date value.": _DATE,
    "Not a valid datetime value.": "Enter a real date and time",
    "Not a valid time value.": "Enter a time, for example 14:30",
    "Not a valid week value.": "Enter a real week",
    "Date must be at least %(min)s.": "Enter a date of %(min)s or later",
    "Date must be at most %(max)s.": "Enter a date of %(max)s or earlier",
    "Date must be between %(min)s and %(max)s.": "Enter a date from %(min)s to %(max)s",
    "Field must be at least %(min)d character long.": "Enter at least %(min)d character",
    "Field must be at least %(min)d characters long.": "Enter at least %(min)d characters",
    "Field cannot be longer than %(max)d character.": "Enter %(max)d character or fewer",
    "Field cannot be longer than %(max)d characters.": "Enter %(max)d characters or fewer",
    "Field must be exactly %(max)d character long.": "Enter exactly %(max)d character",
    "Field must be exactly %(max)d characters long.": "Enter exactly %(max)d characters",
    "Field must be between %(min)d and %(max)d characters long.": "Enter %(min)d to %(max)d characters",
    "Field must be equal to %(other_name)s.": "Enter the same as in the other field",
    "Invalid field name '%s'.": _AGAIN,
    "Invalid email address.": "Enter an e-mail address, for example name@example.org",
    "Invalid IP address.": "Enter a real network address",
    "Invalid Mac address.": "Enter a real device address",
    "Invalid URL.": "Enter a real web address",
    "Invalid UUID.": _AGAIN,
    "This field cannot be edited.": "This cannot be changed",
    "This field is disabled and cannot have a value.": "This cannot be answered here",
    "Invalid CSRF Token.": _AGAIN,
    "CSRF token missing.": _AGAIN,
    "CSRF failed.": _AGAIN,
    "CSRF token expired.": _AGAIN,
    "File does not have an approved extension: {extensions}": "Choose a file that ends in {extensions}",
    "File does not have an approved extension.": "Choose a file of another kind",
}
"""What WTForms and Flask-WTF say, in our words; a test knows every message of theirs."""


@dataclass(frozen=True)
class FormError:
    """One line of the error summary; `href` jumps to the field and is empty for the form as a whole."""

    text: str
    href: str


class MaxLength:
    """Refuses text longer than `limit` characters, and says how long it may be."""

    def __init__(self, limit: int) -> None:
        """Set the limit in characters; a line end counts as one."""
        self.limit = limit

    def __call__(self, form: Any, field: Any) -> None:
        """Raise ValidationError when the field's text is too long."""
        del form
        if len(field.data or "") > self.limit:
            raise ValidationError(f"{field.label.text} must be {self.limit:,} characters or fewer")


class PlainMessages:
    """Says WTForms' own messages in our words."""

    def gettext(self, message: str) -> str:
        """The message in our words, or as it is."""
        return PLAIN_MESSAGES.get(message, message)

    def ngettext(self, singular: str, several: str, count: int) -> str:
        """The message that fits the count."""
        return self.gettext(singular if count == 1 else several)


class PortalForm(FlaskForm):  # type: ignore[misc]
    """Base of every form; `errors_in_order` feeds the error summary."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """Binds text fields with cleaning and a limit."""

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Add cleaning before a text field's own filters, and a limit where it has none."""
            field = unbound_field.bind(form=form, **options)
            if isinstance(field, StringField) and not isinstance(field, PasswordField):
                has_lines = isinstance(field, TextAreaField)
                field.filters = (_cleaned if has_lines else _cleaned_line, *field.filters)
                if not any(isinstance(validator, MaxLength | Length) for validator in field.validators):
                    field.validators = [*field.validators, MaxLength(TEXT_LIMIT if has_lines else LINE_LIMIT)]
            return field

        def get_translations(self, form: Any) -> PlainMessages:
            """Use our own words in place of a language pack."""
            del form
            return PlainMessages()

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the form may be acted on; a refusal turns the page into a 422."""
        is_valid: bool = super().validate(extra_validators=extra_validators)
        if not is_valid:
            mark_form_refused()
        return is_valid

    def refuse(self, message: str, field_name: str | None = None) -> None:
        """Show a message that only the work itself could find, at one field or for the whole form."""
        if field_name is None:
            self.form_errors.append(message)
        else:
            field = self[field_name]
            field.errors = [*field.errors, message]
        mark_form_refused()

    @property
    def errors_in_order(self) -> list[FormError]:
        """The first error of each field, in the order of the page, then those of the whole form."""
        lines = [
            FormError(str(field.errors[0]), "" if isinstance(field, HiddenField) else f"#{_target(field)}")
            for field in self
            if field.errors
        ]
        return lines + [FormError(str(message), "") for message in self.form_errors]

    def hidden_tag(self, *names: str) -> Markup:
        """All hidden fields, without ids: a page may hold several forms, and an id only once."""
        fields: list[Any] = [self[name] for name in names] or [f for f in self if isinstance(f, HiddenField)]
        line = Markup('<input type="hidden" name="{}" value="{}">')
        return Markup("\n").join(line.format(field.name, field._value()) for field in fields)


def _cleaned(text: Any) -> Any:
    return clean_text(text) if isinstance(text, str) else text


def _cleaned_line(text: Any) -> Any:
    return clean_line(text) if isinstance(text, str) else text


def _target(field: Any) -> str:
    return field.first_wrong_id if isinstance(field, DateParts) else field.id


def mark_form_refused() -> None:
    """Make this request's page a refused form; for pages that check their answers without a PortalForm."""
    if has_request_context():
        g.form_was_refused = True


def form_was_refused() -> bool:
    """Whether a form in this request was refused: the title then starts with "Error: "."""
    return bool(g.get("form_was_refused", False))


def configure_forms(app: Flask) -> None:
    """Answer 422 whenever a page is shown again because its form was refused."""
    app.after_request(_mark_refused)


def _mark_refused(response: Response) -> Response:
    if form_was_refused() and response.status_code == 200 and response.mimetype == "text/html":
        response.status_code = 422
    return response
