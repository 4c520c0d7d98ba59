"""What the page of one contact shows, by its kind: read in the authority's scope, as the contact team may."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal import clock
from portal.accounts.models import Organisation
from portal.audit.actions import note_people_seen
from portal.authorisation.actor import Actor
from portal.conferences.models import Conference, ReportRequest
from portal.conferences.people import PersonIdentity
from portal.conferences.queries import (
    PersonRow,
    family_links,
    get_conference,
    get_request,
    people_asked,
    people_in,
)
from portal.conferences.states import ConferenceType
from portal.conferences.wording import TYPE_WORDS
from portal.contacts.models import Contact, ContactEvent, PracticeCall
from portal.contacts.queries import calls_about, history_of
from portal.contacts.states import RECEIVED_KINDS, ContactKind
from portal.database import db
from portal.errors import ImpossibleMove
from portal.notifications.queries import refused_addresses
from portal.questionnaire.readers import Reader, ReaderKind
from portal.submissions.content import Content, News
from portal.submissions.models import Submission
from portal.submissions.queries import count_kept_to_chair, get_submission, submissions_for_request
from portal.submissions.reading import ReadPart, content_of, read_report
from portal.submissions.short_answers import ShortAnswer
from portal.submissions.states import SubmissionState
from portal.triage.standing import Standing, is_about_request, standing_of
from portal.triage.words import KIND_WORDS, days_to_conference

READER = Reader(ReaderKind.PROFESSIONALS)
"""The contact team reads what the professionals read: what is kept to the chair is for the chair alone."""


@dataclass(frozen=True)
class Received:
    """Something a practice sent, as the contact team reads it."""

    submission: Submission
    content: Content
    parts: tuple[ReadPart, ...]
    kept_to_chair: int

    @property
    def is_still_open(self) -> bool:
        """Whether it waits to be accepted or returned."""
        return self.submission.state == SubmissionState.RECEIVED

    @property
    def is_superseded(self) -> bool:
        """Whether the practice has sent something newer in its place."""
        return self.submission.state == SubmissionState.SUPERSEDED

    @property
    def sentences(self) -> tuple[str, ...]:
        """A short answer as the conference reads it; nothing for other kinds."""
        if not isinstance(self.content, ShortAnswer):
            return ()
        return self.content.sentences(self.submission.practice.name)

    @property
    def news(self) -> str:
        """News as it was typed; nothing for other kinds."""
        return self.content.text if isinstance(self.content, News) else ""


@dataclass(frozen=True)
class Sheet:
    """One contact with everything its page needs; what its kind does not have is None or empty."""

    contact: Contact
    what: str
    standing: Standing
    conference: Conference | None
    days: str
    practice: Organisation | None
    request: ReportRequest | None
    received: Received | None
    people: tuple[PersonRow, ...]
    history: tuple[ContactEvent, ...]
    calls: tuple[PracticeCall, ...]
    refused: tuple[str, ...]
    """Addresses to which mail about it could not be delivered."""

    @property
    def conference_type(self) -> str:
        """The kind of conference, in words."""
        return TYPE_WORDS[ConferenceType(self.conference.type)] if self.conference else ""

    @property
    def asked(self) -> ReportRequest:
        """The request it is about. Raises ImpossibleMove when it is about none."""
        if self.request is None:
            raise ImpossibleMove
        return self.request


def sheet_of(actor: Actor, contact: Contact) -> Sheet:
    """Everything about one contact. Raises NotFound when its source is not the authority's."""
    received = _received(actor, contact)
    request = _request(actor, contact, received)
    conference = _conference(actor, contact, request)
    day = conference.held_on if conference else contact.due_on
    return Sheet(
        contact=contact,
        what=KIND_WORDS[ContactKind(contact.kind)],
        standing=standing_of(
            actor, contact, is_still_open=received.is_still_open if received is not None else False
        ),
        conference=conference,
        days=days_to_conference(clock.today(), day),
        practice=request.practice if request is not None else None,
        request=request,
        received=received,
        people=_people(contact, conference, request),
        history=tuple(history_of(contact)),
        calls=tuple(calls_about(actor, [request.id])) if request is not None else (),
        refused=_refused(actor, contact),
    )


def _received(actor: Actor, contact: Contact) -> Received | None:
    if contact.kind not in RECEIVED_KINDS:
        return None
    submission = get_submission(actor, contact.source_id)
    return Received(
        submission=submission,
        content=content_of(submission),
        parts=read_report(submission, READER, family_links(submission.conference)),
        kept_to_chair=count_kept_to_chair(submission.id),
    )


def _request(actor: Actor, contact: Contact, received: Received | None) -> ReportRequest | None:
    if received is not None:
        return get_request(actor, received.submission.request_id)
    return get_request(actor, contact.source_id) if is_about_request(contact) else None


def _conference(actor: Actor, contact: Contact, request: ReportRequest | None) -> Conference | None:
    if request is not None:
        return request.conference
    return get_conference(actor, contact.conference_id) if contact.conference_id else None


def _refused(actor: Actor, contact: Contact) -> tuple[str, ...]:
    if contact.kind != ContactKind.MAIL_UNDELIVERABLE:
        return ()
    sent = [each.id for each in submissions_for_request(actor, contact.source_id)]
    return refused_addresses(actor, [contact.source_id, *sent])


def _people(
    contact: Contact, conference: Conference | None, request: ReportRequest | None
) -> tuple[PersonRow, ...]:
    """Whom it is about: those the practice was asked about, or those a list left to settle."""
    if request is not None:
        return tuple(people_asked(request))
    if conference is None:
        return ()
    if contact.kind == ContactKind.EQUAL_NHS_NUMBER:
        return _with_equal_number(contact.source_id)
    everybody = people_in(conference)
    if contact.kind == ContactKind.PRACTICE_UNKNOWN:
        return tuple(person for person in everybody if person.involvement_id == contact.source_id)
    return tuple(everybody)


def _with_equal_number(person_id: uuid.UUID) -> tuple[PersonRow, ...]:
    """Everybody of the authority whose NHS number is this person's, in this conference or in another."""
    index = select(PersonIdentity.nhs_number_index).where(PersonIdentity.id == person_id).scalar_subquery()
    statement = select(PersonIdentity).where(PersonIdentity.nhs_number_index == index)
    found = db.scalars(statement.options(joinedload(PersonIdentity.person))).all()
    note_people_seen(each.id for each in found)
    return tuple(
        PersonRow(
            id=each.id,
            role=None,
            name=f"{each.person.full_name} ({each.person.person_ref})",
            born_on=each.person.born_on,
            expected_on=each.person.expected_on,
            nhs_number=each.nhs_number or "",
        )
        for each in sorted(found, key=lambda each: each.person.person_ref)
    )
