"""The form every form is built on: cleaned text, plain messages, status 422 when refused."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, g, has_request_context
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import HiddenField, PasswordField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from portal.web.fields import DateParts, IdempotencyKey, NotInFuture
from portal.web.plain_messages import PlainMessages
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
