"""Who reads which answer, decided by allow-list: what is not known to be allowed is left out (design 4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from portal.questionnaire.answers import Answered, AnsweredRow, AnswerState
from portal.questionnaire.model import ADULT_KINDS, CHILD_KINDS, Readers, Rows
from portal.questionnaire.situation import PersonAsked, SectionPart


class ReaderKind(StrEnum):
    """The three kinds of output."""

    CHAIR = "chair"
    PROFESSIONALS = "professionals"
    FAMILY = "family"


@dataclass(frozen=True)
class Reader:
    """Who an output is for: the chair, the professionals, or one named family member."""

    kind: ReaderKind
    person_id: str | None = None


@dataclass(frozen=True)
class FamilyLinks:
    """What is known of a family. `children` are all children of the conference; unknown means left out."""

    parent_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    must_not_see: Mapping[str, frozenset[str]] = field(default_factory=dict)
    children: frozenset[str] = frozenset()
    is_address_confidential: bool = True

    def readable_people(self, person_id: str | None) -> frozenset[str]:
        """Return whom a family member may read about: themselves and their children, less who is barred."""
        if person_id is None:
            return frozenset()
        own = self.parent_of.get(person_id, frozenset()) | {person_id}
        return own - self.must_not_see.get(person_id, frozenset())

    def is_parent_of_every_child(self, person_id: str | None) -> bool:
        """Say whether text about "the children" is about this person's own, unbarred children only."""
        return bool(self.children) and self.children <= self.readable_people(person_id) - {person_id}


def readable(
    part: SectionPart, answers: Iterable[Answered], reader: Reader, family: FamilyLinks
) -> tuple[Answered, ...]:
    """Return only what the reader may read. Nothing in it tells that something was left out.

    Rows are numbered anew; rows about people are left out whole when none remains, their "none" too.
    """
    if reader.kind is ReaderKind.CHAIR:
        return tuple(answers)
    if reader.kind is ReaderKind.FAMILY and not _may_read_part(part, reader, family):
        return ()
    found = (_filtered(answer, reader, family) for answer in answers if _may_read(answer, reader, family))
    return tuple(answer for answer in found if answer is not None)


def _may_read_part(part: SectionPart, reader: Reader, family: FamilyLinks) -> bool:
    """A shared part is decided question by question; a child's is its parent's; an adult's the adult's."""
    if not _allows(part.section.readers, reader, family):
        return False
    return part.person is None or _is_own(part.person, reader, family)


def _is_own(person: PersonAsked, reader: Reader, family: FamilyLinks) -> bool:
    if person.asked_as in CHILD_KINDS:
        return person.id != reader.person_id and person.id in family.readable_people(reader.person_id)
    return person.kind in ADULT_KINDS and person.id == reader.person_id


def _allows(readers: Readers, reader: Reader, family: FamilyLinks) -> bool:
    """Say whether a family member is among the readers declared."""
    if readers is Readers.FAMILY_UNLESS_ADDRESS_CONFIDENTIAL:
        return not family.is_address_confidential
    if readers is Readers.PARENT_OF_EVERY_CHILD:
        return family.is_parent_of_every_child(reader.person_id)
    return readers is Readers.FAMILY


def _may_read(answer: Answered, reader: Reader, family: FamilyLinks) -> bool:
    if reader.kind is ReaderKind.PROFESSIONALS:
        return True
    is_asked = answer.state is not AnswerState.NOT_ASKED
    return reader.kind is ReaderKind.FAMILY and is_asked and _allows(answer.question.readers, reader, family)


def _filtered(answer: Answered, reader: Reader, family: FamilyLinks) -> Answered | None:
    """Return the answer with the rows and cells the reader may read; None when it was about others only."""
    if not isinstance(answer.question, Rows):
        return answer
    kept = [row for row in answer.rows if _may_read_row(row, answer.question, reader, family)]
    is_about_people = bool(answer.question.about) and reader.kind is ReaderKind.FAMILY
    if not kept and (answer.rows or is_about_people):
        return None
    rows = tuple(
        replace(
            row, number=number, cells=tuple(cell for cell in row.cells if _may_read(cell, reader, family))
        )
        for number, row in enumerate(kept, 1)
    )
    return replace(answer, rows=tuple(_without_names(row, reader) for row in rows))


def _may_read_row(row: AnsweredRow, rows: Rows, reader: Reader, family: FamilyLinks) -> bool:
    if row.is_kept_to_chair:
        return False
    if reader.kind is ReaderKind.PROFESSIONALS:
        return True
    if reader.person_id is None or reader.person_id in row.barred:
        return False
    return not rows.about or (bool(row.about) and row.about <= family.readable_people(reader.person_id))


def _without_names(row: AnsweredRow, reader: Reader) -> AnsweredRow:
    """A family copy does not carry, even unprinted, who must not see a row."""
    return row if reader.kind is ReaderKind.PROFESSIONALS else replace(row, barred=frozenset())
