"""People of the family, and whose record each practice has read: nothing unread is left unsaid."""

from portal.documents.content import Block, Heading, Paragraph, Table
from portal.packs.contents import FamilyMember, PackContents, PracticeAsked, ReadAnswer
from portal.questionnaire.answers import AnswerState
from portal.submissions.reading import ReadPart
from portal.submissions.short_answers import RECORDS, PersonLooked, PersonNotHere
from portal.submissions.states import SubmissionKind, SubmissionState

RECORD = "record"


def coverage_blocks(contents: PackContents) -> list[Block]:
    """A table of everybody: who they are, and what each practice asked about them has read."""
    rows = tuple(
        (person.name, f"{person.role_words}\n{person.born}", _coverage(contents, person))
        for person in contents.people
    )
    table = Table("People, and whose record was read", ("Person", "Who", "Record read"), rows, (25, 27, 48))
    words = "A record that nobody read says nothing about that person."
    return [Heading(1, "People and records"), table, Paragraph(words)] if rows else []


def _coverage(contents: PackContents, person: FamilyMember) -> str:
    asked = [practice for practice in contents.asked if person in practice.people]
    lines = [f"{practice.name}: {_said(contents, practice, person)}" for practice in asked]
    return "\n".join(lines) or "No practice was asked: none is known"


def _said(contents: PackContents, practice: PracticeAsked, person: FamilyMember) -> str:
    """What the newest answer that speaks of this person says of their record, not of another's."""
    for answer in practice.answers:
        said = _said_in(contents.read[answer.id], person)
        if said:
            is_returned = answer.state is SubmissionState.RETURNED
            return f"{said} (returned to the practice)" if is_returned else said
    return _unsaid(practice, person)


def _said_in(read: ReadAnswer, person: FamilyMember) -> str:
    for part in read.parts:
        if part.section_key == RECORD and part.person and part.person.id == person.id:
            return _in_words(part)
    for short in read.people:
        if short.person_id == person.id:
            return _short(short)
    return ""


def _short(short: PersonLooked | PersonNotHere) -> str:
    if isinstance(short, PersonNotHere):
        return "Not registered there: no record was read"
    record = RECORDS[short.record].capitalize()
    return f"{record}, back to {short.back_to}: nothing found that the practice thought relevant"


def _unsaid(practice: PracticeAsked, person: FamilyMember) -> str:
    kinds = {answer.kind for answer in practice.answers}
    if SubmissionKind.REPORT in kinds:
        return "No record yet: not born" if person.is_unborn else "The report does not speak of this person"
    if SubmissionKind.RECORDED in kinds:
        return "See the reply filed elsewhere"
    return "Nothing has come from this practice about this person"


def _in_words(part: ReadPart) -> str:
    said = [each for each in part.answers if each.state is not AnswerState.NOT_ASKED]
    first, others = said[0], said[1:]
    return "; ".join([first.text, *(f"{each.question.reading}: {each.text}" for each in others)])
