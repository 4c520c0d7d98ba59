"""What a pack is made of, as values: who was asked, what came, and how far it has been checked."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from portal.conferences.states import ConferenceType, PersonRole, Progress, RequestState
from portal.conferences.wording import ROLE_WORDS, TYPE_WORDS
from portal.submissions.reading import ReadPart
from portal.submissions.short_answers import PersonLooked, PersonNotHere
from portal.submissions.states import SubmissionKind, SubmissionState

KIND_WORDS = {
    SubmissionKind.REPORT: "Report",
    SubmissionKind.NOTHING_FOUND: "Looked, nothing relevant found",
    SubmissionKind.NOT_REGISTERED: "Not registered there",
    SubmissionKind.NEWS: "News",
    SubmissionKind.RECORDED: "Reply recorded, filed elsewhere",
}
CHECK_WORDS = {
    SubmissionState.RECEIVED: "Not yet checked",
    SubmissionState.ACCEPTED: "Checked",
    SubmissionState.RETURNED: "Returned to the practice",
}


@dataclass(frozen=True)
class FamilyMember:
    """Somebody the conference is about or who belongs to the family."""

    id: str
    name: str
    role: PersonRole
    born: str
    """Date of birth of a child, age of an adult, or when a child is expected, in words."""
    is_unborn: bool = False

    @property
    def role_words(self) -> str:
        return ROLE_WORDS[self.role]


@dataclass(frozen=True)
class AnswerGiven:
    """Something a practice handed in that still stands."""

    id: uuid.UUID
    kind: SubmissionKind
    state: SubmissionState
    submitted_at: datetime
    submitted_by: str
    is_late: bool
    returned_because: str = ""

    @property
    def kind_words(self) -> str:
        return KIND_WORDS[self.kind]

    @property
    def check_words(self) -> str:
        """How far the contact team is with it; triage is no gate, so it is said beside each answer."""
        words = CHECK_WORDS[self.state]
        return f"{words}: {self.returned_because}" if self.returned_because else words


@dataclass(frozen=True)
class ReadAnswer:
    """The words of an answer as one reader may read them: a report's parts, or plain sentences."""

    parts: tuple[ReadPart, ...] = ()
    sentences: tuple[str, ...] = ()
    people: tuple[PersonLooked | PersonNotHere, ...] = ()
    """Of a short answer: what it says of each person."""


@dataclass(frozen=True)
class PracticeAsked:
    """One practice that was asked, about whom, and what came."""

    name: str
    telephone: str
    people: tuple[FamilyMember, ...]
    state: RequestState
    progress: Progress
    due: str
    """By when, in words, and how far that is."""
    expected: str
    """What the practice said about being late, or empty."""
    answers: tuple[AnswerGiven, ...]
    """What still stands, newest first."""
    awaited: tuple[FamilyMember, ...] = ()
    """About whom something is still to come."""

    @property
    def has_report(self) -> bool:
        return any(answer.kind is SubmissionKind.REPORT for answer in self.answers)

    @property
    def is_missing(self) -> bool:
        """Whether something is still to come. What was recorded as received elsewhere is not missing."""
        return self.state is RequestState.OPEN

    @property
    def has_unchecked(self) -> bool:
        return any(answer.state is SubmissionState.RECEIVED for answer in self.answers)

    @property
    def people_words(self) -> str:
        return ", ".join(person.name for person in self.people)

    @property
    def awaited_words(self) -> str:
        """About whom something is still to come, after what has come; empty when nothing is."""
        return ", ".join(person.name for person in self.awaited)


@dataclass(frozen=True)
class ConferenceFacts:
    """What stands on the cover about the conference itself."""

    reference: str
    type: ConferenceType
    held_on: date
    starts_at: time
    ends_at: time
    place: str
    family_name: str
    chair: str
    social_worker: str
    authority: str
    telephone: str

    @property
    def type_words(self) -> str:
        return TYPE_WORDS[self.type]

    @property
    def contact_team(self) -> str:
        return f"{self.authority} contact team"


@dataclass(frozen=True)
class PackContents:
    """What the chair's and the professionals' pack are made of, already as their reader may read it."""

    conference: ConferenceFacts
    people: tuple[FamilyMember, ...]
    asked: tuple[PracticeAsked, ...]
    not_asked: tuple[FamilyMember, ...]
    """Those about whom no practice was asked."""
    read: Mapping[uuid.UUID, ReadAnswer]

    def people_words(self, role: str) -> str:
        """The people with this role and when they were born, one to a line."""
        return "\n".join(f"{each.name}, {each.born}" for each in self.people if each.role == role)

    def parts_of(self, practice: PracticeAsked, *sections: str) -> tuple[ReadPart, ...]:
        """The parts of this practice's report in these sections (all when none is named), in its order."""
        return tuple(
            part
            for answer in practice.answers
            for part in self.read[answer.id].parts
            if not sections or part.section_key in sections
        )


@dataclass(frozen=True)
class FamilyContents:
    """What one family member's copy is made of: nothing else is ever loaded for it."""

    reference: str
    type: ConferenceType
    held_on: date
    authority: str
    telephone: str
    reader_name: str
    reports: tuple[tuple[ReadPart, ...], ...]
    """Of each report, in the order they came, only what this reader may read; never an empty one."""

    @property
    def type_words(self) -> str:
        return TYPE_WORDS[self.type]


@dataclass(frozen=True)
class PackLabel:
    """What tells one pack from another, on every page and in the file's name."""

    version: str
    created_at: datetime
    is_demonstration: bool = False
