"""The forms of the chair's pages."""

from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired

from portal.web.forms import IdempotencyKey, MaxLength, PortalForm

REASON_LIMIT = 500


class PackForm(PortalForm):
    reader = SelectField("Who is it for?", [InputRequired("Choose who the pack is for")])
    idempotency_key = IdempotencyKey()


class TakeOverForm(PortalForm):
    reason = TextAreaField(
        "Why are you taking over?",
        [InputRequired("Say why you are taking over"), MaxLength(REASON_LIMIT)],
        description="The chair you take over from is told. For example: on leave, or ill.",
    )


class RetryForm(PortalForm):
    """A button only: its token says that it was pressed on our page."""
