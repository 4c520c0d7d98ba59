"""What the chair's pages show: who was asked and answered, for whom packs can be made, one answer."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.authorisation.actor import Actor
from portal.authorisation.permissions import Permission
from portal.authorisation.policy import allows
from portal.conferences.models import Conference
from portal.database import db
from portal.documents.content import Document
from portal.errors import NotFound
from portal.packs.actions import may_have_made
from portal.packs.asked import family_of, practices_asked
from portal.packs.assembly import answer_blocks
from portal.packs.building import printing
from portal.packs.contents import AnswerGiven, ConferenceFacts, FamilyMember, PracticeAsked
from portal.packs.gathering import facts_of, gather, standing_submissions
from portal.packs.made import AUDIENCE_WORDS
from portal.packs.models import Pack
from portal.packs.states import Audience
from portal.questionnaire.readers import ReaderKind
from portal.submissions.models import Submission
from portal.web.words import short_date

__all__ = [
    "Board",
    "Conference",
    "OwnAuthority",
    "Pack",
    "Submission",
    "answer_document",
    "board_of",
    "facts_of",
    "get_pack",
    "readers_for",
]


@dataclass(frozen=True)
class OwnAuthority:
    """Stands for any conference of one authority, where a list asks what may be done with its rows."""

    authority_id: uuid.UUID


@dataclass(frozen=True)
class Board:
    """One conference as its chair prepares it."""

    facts: ConferenceFacts
    people: tuple[FamilyMember, ...]
    asked: tuple[PracticeAsked, ...]
    not_asked: tuple[FamilyMember, ...]


def board_of(actor: Actor, conference: Conference) -> Board:
    """Who belongs to the family, who was asked, what came and what is missing."""
    people = family_of(conference)
    asked = practices_asked(conference, people, standing_submissions(actor, conference))
    named = {person.id for practice in asked for person in practice.people}
    return Board(facts_of(conference), people, asked, tuple(each for each in people if each.id not in named))


def readers_for(actor: Actor, conference: Conference) -> dict[str, str]:
    """For whom the actor may have a pack made: the value of the choice, and its words."""
    choices = {
        audience.value: AUDIENCE_WORDS[audience]
        for audience in (Audience.CHAIR, Audience.PROFESSIONALS)
        if may_have_made(actor, conference, audience)
    }
    if may_have_made(actor, conference, Audience.FAMILY):
        adults = [person for person in family_of(conference) if not person.role.is_child]
        choices |= {person.id: f"Copy for {person.name} ({person.role_words.lower()})" for person in adults}
    return choices


def get_pack(actor: Actor, pack_id: uuid.UUID) -> Pack:
    """A pack of the actor's authority, with its conference. Raises NotFound."""
    pack = db.scalar(
        select(Pack)
        .where(Pack.id == pack_id, Pack.authority_id == actor.organisation_id)
        .options(joinedload(Pack.conference))
    )
    if pack is None:
        raise NotFound
    return pack


def answer_document(actor: Actor, submission: Submission) -> tuple[PracticeAsked, AnswerGiven, Document]:
    """One answer as a document for the screen, as the actor may read it. Raises NotFound when replaced."""
    conference = submission.conference
    may_read_all = allows(actor, Permission.CHAIRS_ITEM_READ, conference)
    reader = ReaderKind.CHAIR if may_read_all else ReaderKind.PROFESSIONALS
    contents = gather(actor, conference, reader, only=submission.id)
    for practice in contents.asked:
        for answer in practice.answers:
            if answer.id == submission.id:
                document = Document(
                    title=answer.kind_words,
                    subtitle="",
                    reader="the chair" if may_read_all else "professionals",
                    version=f"sent {short_date(submission.submitted_at)}",
                    reference=submission.reference,
                    classification="OFFICIAL-SENSITIVE",
                    author=contents.conference.contact_team,
                    created_at=submission.submitted_at,
                    blocks=answer_blocks(contents, practice, answer),
                    is_demonstration=printing.is_demonstration,
                )
                return practice, answer, document
    raise NotFound
