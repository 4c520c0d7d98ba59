"""People of the family, and whose record each practice has read: nothing unread is left unsaid."""

from portal.documents.content import Block, Heading, Paragraph, Table
from portal.packs.contents import FamilyMember, PackContents, PracticeAsked
from portal.questionnaire.answers import AnswerState
from portal.submissions.reading import ReadPart
from portal.submissions.states import SubmissionKind

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
    if not practice.has_report:
        return _without_report(practice)
    for part in contents.parts_of(practice, RECORD):
        if part.person and part.person.id == person.id:
            return _in_words(part)
    return "No record yet: not born" if person.is_unborn else "The report does not speak of this person"


def _without_report(practice: PracticeAsked) -> str:
    kinds = {answer.kind for answer in practice.answers}
    if SubmissionKind.NOTHING_FOUND in kinds:
        return "Read; nothing relevant found"
    if SubmissionKind.RECORDED in kinds:
        return "See the reply filed elsewhere"
    if kinds:
        return "See the short answer"
    return "Nothing has come"


def _in_words(part: ReadPart) -> str:
    said = [each for each in part.answers if each.state is not AnswerState.NOT_ASKED]
    first, others = said[0], said[1:]
    return "; ".join([first.text, *(f"{each.question.reading}: {each.text}" for each in others)])
