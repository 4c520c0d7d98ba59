"""From the database to a pack's contents, each answer read by allow-list for the one reader it is for."""

import uuid

from sqlalchemy import select

from portal.accounts.models import Organisation, User
from portal.authorisation.actor import Actor
from portal.conferences.models import Conference, Involvement
from portal.conferences.people import Person
from portal.conferences.queries import family_links
from portal.conferences.states import ConferenceType, PersonRole
from portal.database import db
from portal.errors import NotFound
from portal.packs.asked import family_of, practices_asked
from portal.packs.contents import ConferenceFacts, FamilyContents, PackContents, ReadAnswer
from portal.questionnaire.readers import FamilyLinks, Reader, ReaderKind
from portal.submissions.content import HOW_IT_CAME, News, RecordedReply
from portal.submissions.models import Submission
from portal.submissions.queries import submissions_of
from portal.submissions.reading import content_of, read_report
from portal.submissions.short_answers import ShortAnswer
from portal.submissions.states import SubmissionKind, SubmissionState
from portal.web.words import short_date

STANDING = (SubmissionState.RECEIVED, SubmissionState.ACCEPTED, SubmissionState.RETURNED)
"""What goes into the packs of chair and professionals, checked or not: triage is no gate."""

FOR_FAMILY = (SubmissionState.RECEIVED, SubmissionState.ACCEPTED)
"""What was returned may hold the very words it was returned for: no family member is given it."""


def standing_submissions(actor: Actor, conference: Conference) -> list[Submission]:
    """What was handed in and neither replaced nor withdrawn, newest first."""
    return [each for each in submissions_of(actor, conference.id) if each.state in STANDING]


def gather(
    actor: Actor, conference: Conference, reader: ReaderKind, *, only: uuid.UUID | None = None
) -> PackContents:
    """What the chair's or the professionals' pack is made of. Raises ValueError for a family member.

    `only`: read no answer but this one.
    """
    if reader is ReaderKind.FAMILY:
        raise ValueError("a family member's copy is gathered apart")
    submissions = standing_submissions(actor, conference)
    people = family_of(conference)
    asked = practices_asked(conference, people, submissions)
    links = family_links(conference)
    named = {person.id for practice in asked for person in practice.people}
    return PackContents(
        conference=facts_of(conference),
        people=people,
        asked=asked,
        not_asked=tuple(person for person in people if person.id not in named),
        read={
            each.id: read_answer(each, Reader(reader), links)
            for each in submissions
            if only in (None, each.id)
        },
    )


def gather_for_family(actor: Actor, conference: Conference, person_id: uuid.UUID) -> FamilyContents:
    """What one family member's copy is made of: only what the reading gives. Raises NotFound."""
    member = get_adult(conference, person_id)
    authority = _authority(conference)
    reader, links = Reader(ReaderKind.FAMILY, str(person_id)), family_links(conference)
    reports = (read_report(each, reader, links) for each in submissions_for_family(actor, conference))
    return FamilyContents(
        reference=conference.reference,
        type=ConferenceType(conference.type),
        held_on=conference.held_on,
        authority=authority.name,
        telephone=authority.telephone,
        reader_name=member.full_name,
        reports=tuple(parts for parts in reports if parts),
    )


def get_adult(conference: Conference, person_id: uuid.UUID) -> Person:
    """An adult of the family, for whom a copy can be made. Raises NotFound."""
    person = db.scalar(
        select(Person)
        .join(Involvement, Involvement.person_id == Person.id)
        .where(
            Involvement.conference_id == conference.id,
            Involvement.person_id == person_id,
            Involvement.role.not_in([role for role in PersonRole if role.is_child]),
        )
    )
    if person is None:
        raise NotFound
    return person


def submissions_for_family(actor: Actor, conference: Conference) -> list[Submission]:
    """The reports family members' copies are made from, in the order they came."""
    found = [each for each in submissions_of(actor, conference.id) if each.state in FOR_FAMILY]
    return [each for each in reversed(found) if each.kind == SubmissionKind.REPORT]


def read_answer(submission: Submission, reader: Reader, links: FamilyLinks) -> ReadAnswer:
    """One answer in words. Only a report is read by a family member; for them the rest is empty."""
    if submission.kind == SubmissionKind.REPORT:
        return ReadAnswer(parts=read_report(submission, reader, links))
    if reader.kind is ReaderKind.FAMILY:
        return ReadAnswer()
    content = content_of(submission)
    match content:
        case ShortAnswer():
            return ReadAnswer(sentences=content.sentences(submission.practice.name), people=content.people)
        case News():
            return ReadAnswer(sentences=(content.text,))
        case RecordedReply():
            return ReadAnswer(sentences=_recorded(content, reader))
    raise ValueError("a kind of answer that nobody has put into words")


def _recorded(reply: RecordedReply, reader: Reader) -> tuple[str, ...]:
    """Where the reply is; the contact team's note is for the chair, and for nobody else."""
    how = HOW_IT_CAME.get(reply.how, reply.how)
    came = f"{how}, on {short_date(reply.received_on)}, from {reply.from_whom}. Filed at: {reply.filed_at}."
    unread = "What it says is not in this pack. This does not mean there are no concerns."
    is_noted = reply.note and reader.kind is ReaderKind.CHAIR
    return (came, unread, *([f"Note for the chair: {reply.note}"] if is_noted else []))


def facts_of(conference: Conference) -> ConferenceFacts:
    """What the cover says about the conference itself."""
    chair = db.get(User, conference.chair_id)
    authority = _authority(conference)
    return ConferenceFacts(
        reference=conference.reference,
        type=ConferenceType(conference.type),
        held_on=conference.held_on,
        starts_at=conference.starts_at,
        ends_at=conference.ends_at,
        place=conference.venue or "Online",
        family_name=conference.family_name,
        chair=chair.name if chair else "Not known",
        social_worker=", ".join(filter(None, (conference.social_worker, conference.social_worker_phone))),
        authority=authority.name,
        telephone=authority.telephone,
    )


def _authority(conference: Conference) -> Organisation:
    authority = db.get(Organisation, conference.authority_id)
    if authority is None:
        raise NotFound
    return authority
