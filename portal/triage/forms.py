"""The forms of the contact team."""

from datetime import date
from typing import Any

from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from portal import clock
from portal.contacts.states import CallOutcome, DeferReason
from portal.submissions.content import HOW_IT_CAME, RecordedReply
from portal.triage.return_reasons import CRITERIA, ReturnReason
from portal.triage.words import CALL_WORDS, DEFER_WORDS
from portal.web.forms import DateParts, IdempotencyKey, MaxLength, NotInFuture, PortalForm
from portal.web.words import long_date

NOTE_LIMIT = 2000  # characters


class DecideForm(PortalForm):
    """A button on its own: nothing but the token."""


class ReturnForm(PortalForm):
    reasons = SelectMultipleField(
        "What is missing or unclear?",
        [InputRequired("Choose at least one reason")],
        choices={reason.value: criterion.words for reason, criterion in CRITERIA.items()},
        description="Choose all that apply. The practice will read them.",
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )
    text = TextAreaField(
        "What should the practice do?",
        [DataRequired("Say what the practice should do"), MaxLength(NOTE_LIMIT)],
        description="The practice will read this on the portal. It does not stand in the e-mail.",
    )

    @property
    def chosen(self) -> tuple[ReturnReason, ...]:
        return tuple(ReturnReason(value) for value in self.reasons.data or ())


class DeferForm(PortalForm):
    reason = RadioField(
        "What are you waiting for?",
        [InputRequired("Choose what you are waiting for")],
        choices={reason.value: words for reason, words in DEFER_WORDS.items()},
    )
    until = DateParts(
        "Until when?",
        [InputRequired("Enter the day it should wait again")],
        noun="The day",
        description="It goes back into the queue by itself on this day.",
    )
    note = TextAreaField("Note for your colleagues (optional)", [MaxLength(NOTE_LIMIT)])

    latest: date
    """The last day it can be put off to; the view sets it."""

    def validate_until(self, field: Any) -> None:
        """Refuse a day that is not to come, and one that is too late to matter."""
        if field.data and field.data <= clock.today():
            raise ValidationError("The day must be in the future")
        if field.data and field.data > self.latest:
            raise ValidationError(f"The day must be {long_date(self.latest)} or before")

    @property
    def chosen(self) -> DeferReason:
        return DeferReason(self.reason.data)


class CloseForm(PortalForm):
    note = TextAreaField(
        "What was done?",
        [DataRequired("Say what was done, or why nothing needs to be"), MaxLength(NOTE_LIMIT)],
        description="For your colleagues. The practice does not see it.",
    )


class ReopenForm(PortalForm):
    reason = TextAreaField(
        "Why are you opening it again?",
        [DataRequired("Say why you are opening it again"), MaxLength(NOTE_LIMIT)],
    )


class WithdrawForm(PortalForm):
    reason = TextAreaField(
        "Why are you withdrawing it?",
        [DataRequired("Say why you are withdrawing it"), MaxLength(NOTE_LIMIT)],
        description="For example: it belongs to another practice.",
    )


class CallForm(PortalForm):
    outcome = RadioField(
        "What happened?",
        [InputRequired("Choose what happened")],
        choices={outcome.value: words for outcome, words in CALL_WORDS.items()},
    )
    spoke_to = StringField("Name and job of the person you spoke to", [MaxLength(200)])
    note = TextAreaField(
        "Note for your colleagues (optional)",
        [MaxLength(NOTE_LIMIT)],
        description="What was agreed, and by when.",
    )
    idempotency_key = IdempotencyKey()

    def validate_spoke_to(self, field: Any) -> None:
        """Whoever spoke to somebody says to whom."""
        if self.outcome.data == CallOutcome.SPOKE and not field.data:
            raise ValidationError("Enter whom you spoke to")

    @property
    def chosen(self) -> CallOutcome:
        return CallOutcome(self.outcome.data)

    @property
    def who(self) -> str:
        """Whom they spoke to; nobody where nobody answered."""
        return (self.spoke_to.data or "") if self.chosen is CallOutcome.SPOKE else ""


class RecordReplyForm(PortalForm):
    how = RadioField("How did it come?", [InputRequired("Choose how it came")], choices=HOW_IT_CAME)
    received_on = DateParts(
        "When did it come?", [InputRequired("Enter the day it came"), NotInFuture()], noun="The day it came"
    )
    from_whom = StringField(
        "Who sent it or rang?",
        [DataRequired("Enter who sent it or rang"), MaxLength(200)],
        description="Name and job.",
    )
    filed_at = StringField(
        "Where is it filed?",
        [DataRequired("Enter where it is filed"), MaxLength(500)],
        description="So that the chair can find it. For example, the case system and the document's number.",
    )
    note = TextAreaField(
        "Note for the chair (optional)",
        [MaxLength(NOTE_LIMIT)],
        description="Do not copy the report here.",
    )
    idempotency_key = IdempotencyKey()

    def reply(self) -> RecordedReply:
        """The reply as it will be kept."""
        received_on: date = self.received_on.data
        return RecordedReply(
            how=self.how.data,
            received_on=received_on,
            filed_at=self.filed_at.data or "",
            from_whom=self.from_whom.data or "",
            note=self.note.data or "",
            recorded_at=clock.now(),
        )
