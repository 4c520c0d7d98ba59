"""Hand in: the signed report, news after it, the short answers, and word that it will be late."""

import uuid
from collections.abc import Sequence
from datetime import date

from portal import clock
from portal.audit.actions import record_event
from portal.authorisation.actor import Actor
from portal.authorisation.crossing import acting_for
from portal.conferences.letters import facts_for
from portal.conferences.models import ReportRequest
from portal.conferences.states import RequestState
from portal.contacts.actions import open_again, open_contact
from portal.contacts.states import ContactKind
from portal.errors import InvalidInput, NotReady
from portal.notifications.actions import notify
from portal.notifications.catalogue import Message
from portal.reports.copies import split
from portal.reports.drafts import Draft, key_of
from portal.reports.tasks import all_problems
from portal.reports.wording import declaration
from portal.submissions.actions import receive
from portal.submissions.content import FrozenReport, News
from portal.submissions.models import Submission
from portal.submissions.short_answers import PersonLooked, PersonNotHere, ShortAnswer
from portal.submissions.states import SubmissionKind


def drafters(draft: Draft) -> tuple[str, ...]:
    """Everybody who saved a section, by name, in the order of the report."""
    rows = (draft.saved.get(key_of(part)) for part in draft.parts)
    return tuple(dict.fromkeys(row.saved_by_name for row in rows if row))


def declaration_for(actor: Actor, draft: Draft) -> str:
    """What this clinician declares of this draft."""
    return declaration(tuple(name for name in drafters(draft) if name != actor.name))


def submit_report(actor: Actor, draft: Draft, key: uuid.UUID) -> Submission:
    """Sign and hand in the report as it stands; the draft stays, for corrections.

    Raises NotReady while anything is to be put right or two texts are not put together, ImpossibleMove
    when the request no longer takes a report.
    """
    if draft.aside:
        raise NotReady("Two people wrote in the same section. Put both texts together first.")
    if all_problems(draft):
        raise NotReady("The report is not complete. Check your answers to see what is missing.")
    apart = split(draft)
    report = FrozenReport(
        version=draft.report.questionnaire_version,
        situation=draft.situation,
        parts=apart.parts,
        drafted_by=drafters(draft),
        signed_by=actor.name,
        signed_role=actor.role_name,
        declaration=declaration_for(actor, draft),
    )
    request = draft.report.request
    return receive(
        actor, request, SubmissionKind.REPORT, report, restricted=apart.restricted, idempotency_key=key
    )


def add_news(actor: Actor, request: ReportRequest, text: str, key: uuid.UUID) -> Submission:
    """Hand in something that came up after the answer."""
    return receive(actor, request, SubmissionKind.NEWS, News(text, actor.name), idempotency_key=key)


def say_nothing_found(
    actor: Actor, request: ReportRequest, people: Sequence[PersonLooked], key: uuid.UUID
) -> Submission:
    """Answer that the records of everybody asked about hold nothing relevant. It is no "no concerns"."""
    answer = ShortAnswer(tuple(people), actor.name)
    return receive(actor, request, SubmissionKind.NOTHING_FOUND, answer, idempotency_key=key)


def say_not_registered(
    actor: Actor, request: ReportRequest, people: Sequence[PersonNotHere], key: uuid.UUID
) -> Submission:
    """Answer that these people are not this practice's patients; it stops seeing them at once."""
    answer = ShortAnswer(tuple(people), actor.name)
    return receive(actor, request, SubmissionKind.NOT_REGISTERED, answer, idempotency_key=key)


def say_late(actor: Actor, request: ReportRequest, writer: str, until: date) -> None:
    """Say who will send the report and by when. The request stays open, and is chased.

    Raises NotReady when it is answered already, InvalidInput for a day that has passed or lies after the
    conference.
    """
    if request.state != RequestState.OPEN:
        raise NotReady("This request is answered already.")
    if not clock.today() <= until <= request.conference_on:
        raise InvalidInput("Choose a day from today up to the day of the conference.")
    request.late_until, request.late_writer = until, writer
    with acting_for(request.authority_id):
        contact = open_contact(
            request.authority_id,
            ContactKind.WILL_BE_LATE,
            request.id,
            due_on=request.conference_on,
            conference_id=request.conference_id,
            practice_id=request.practice_id,
        )
        open_again(actor, contact)
        notify(
            request.authority.email,
            Message.CONTACT_NEW,
            f"/queue/{contact.id}",
            facts_for(request),
            about_id=contact.id,
        )
    record_event(actor, "said_late", request)
