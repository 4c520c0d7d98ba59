"""The forms of the practice's journey; a report's own sections are drawn from the questionnaire instead."""

import re
from uuid import UUID, uuid4

from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from portal.web.forms import DateParts, IdempotencyKey, MaxLength, PortalForm

NEWS_LIMIT = 5_000
CHOOSE = {"": "Choose"}

REVISION, TURN = r"[0-9]{1,9}", r"[0-9]{1,15}"
"""As many digits as the columns hold."""

WHOLE = "yes"


class SectionForm(PortalForm):
    """What a section's page carries beside its questions: the text it started from, and which page it is."""

    revision = HiddenField(default="0")
    page = HiddenField(default=lambda: str(uuid4()))
    turn = HiddenField(default="0")
    """The script writes a rising number here with each save."""
    whole = StringField(default="")
    """The last field of the page: without it the others may be missing, and missing is not empty."""

    @property
    def is_whole(self) -> bool:
        """Whether everything arrived as the page holds it; only then may the numbers below be read."""
        numbers = (self.revision.data, REVISION), (self.turn.data, TURN)
        fits = all(re.fullmatch(pattern, typed or "") for typed, pattern in numbers)
        return fits and _is_uuid(self.page.data or "") and self.whole.data == WHOLE

    @property
    def started_from(self) -> int:
        """The revision this page was drawn from."""
        return int(self.revision.data or "0")

    @property
    def page_id(self) -> UUID:
        """This opened page."""
        return UUID(self.page.data or "")

    @property
    def saved_in_turn(self) -> int:
        """Which save of this page it is: later ones have higher numbers, 0 without the script."""
        return int(self.turn.data or "0")


def _is_uuid(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


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
    idempotency_key = IdempotencyKey()
