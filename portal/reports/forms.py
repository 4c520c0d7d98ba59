"""The forms of the practice's journey; a report's own sections are drawn from the questionnaire instead."""

from uuid import UUID, uuid4

from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from portal.errors import InvalidInput
from portal.web.forms import DateParts, IdempotencyKey, MaxLength, PortalForm

NEWS_LIMIT = 5_000
CHOOSE = {"": "Choose"}


class SectionForm(PortalForm):
    """What a section's page carries beside its questions: the text it started from, and which page it is."""

    revision = HiddenField(default="0")
    page = HiddenField(default=lambda: str(uuid4()))

    @property
    def started_from(self) -> int:
        """The revision this page was drawn from. Raises InvalidInput."""
        if not (self.revision.data or "").isdecimal():
            raise InvalidInput("The page did not arrive whole. Reload it.")
        return int(self.revision.data or "0")

    @property
    def page_id(self) -> UUID:
        """This opened page. Raises InvalidInput."""
        try:
            return UUID(self.page.data or "")
        except ValueError as error:
            raise InvalidInput("The page did not arrive whole. Reload it.") from error


class JoinForm(PortalForm):
    """Puts two texts together; the choices are posted under `keep-` and the question's key."""

    revision = HiddenField(default="0")


class WriterForm(PortalForm):
    writer = SelectField("Who writes the report?", [InputRequired("Choose who writes the report")])


class SignatureForm(PortalForm):
    clinician = SelectField("Who will read and sign it?", [InputRequired("Choose who will read and sign it")])


class SignForm(PortalForm):
    declaration = BooleanField("", [DataRequired("Tick the box to say that you have read the report")])
    code = StringField(
        "Six-digit code",
        [InputRequired("Enter the code from your authenticator app")],
        description="From your authenticator app. This confirms it is you.",
    )
    edition = HiddenField(default="")
    """The text that was read, and no other, is signed."""
    idempotency_key = IdempotencyKey()


class NewsForm(PortalForm):
    text = TextAreaField(
        "What is new?",
        [DataRequired("Say what is new"), MaxLength(NEWS_LIMIT)],
        description="The chair and the professionals at the conference will read this. The family will not.",
    )
    idempotency_key = IdempotencyKey()


class LateForm(PortalForm):
    writer = StringField(
        "Who will send the report?", [DataRequired("Say who will send the report"), MaxLength(120)]
    )
    until = DateParts("By which day?", [InputRequired("Say by which day")], noun="The day")
