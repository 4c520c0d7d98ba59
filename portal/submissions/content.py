"""What a submission holds, by kind: values that are sealed as JSON and never change once handed in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeAlias

from portal.questionnaire.raw_answers import RawAnswers
from portal.questionnaire.situation import PersonAsked, Situation
from portal.submissions.short_answers import ShortAnswer
from portal.submissions.states import SubmissionKind

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class FrozenPart:
    """One section about one person (or about nobody in particular), exactly as typed."""

    section: str
    person_id: str | None
    answers: RawAnswers

    def to_json(self) -> Json:
        return {"section": self.section, "person_id": self.person_id, "answers": dict(self.answers)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "FrozenPart":
        return cls(stored["section"], stored["person_id"], stored["answers"])


@dataclass(frozen=True)
class FrozenReport:
    """A whole report as it was signed, but for its restricted items, which stand apart."""

    version: str
    situation: Situation
    parts: tuple[FrozenPart, ...]
    drafted_by: tuple[str, ...] = ()
    """Everybody who saved a section, by name."""
    signed_by: str = ""
    signed_role: str = ""
    declaration: str = ""
    """The words that were signed."""

    def to_json(self) -> Json:
        return {
            "version": self.version,
            "situation": situation_to_json(self.situation),
            "parts": [part.to_json() for part in self.parts],
            "drafted_by": list(self.drafted_by),
            "signed_by": self.signed_by,
            "signed_role": self.signed_role,
            "declaration": self.declaration,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "FrozenReport":
        return cls(
            version=stored["version"],
            situation=situation_from_json(stored["situation"]),
            parts=tuple(FrozenPart.from_json(part) for part in stored["parts"]),
            drafted_by=tuple(stored["drafted_by"]),
            signed_by=stored["signed_by"],
            signed_role=stored["signed_role"],
            declaration=stored["declaration"],
        )


@dataclass(frozen=True)
class RestrictedAnswers:
    """One row that somebody must not see, under its own field names, so that it can be put back."""

    section: str
    person_id: str | None
    answers: RawAnswers
    is_kept_to_chair: bool

    def to_json(self) -> Json:
        return {"section": self.section, "person_id": self.person_id, "answers": dict(self.answers)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any], *, is_kept_to_chair: bool) -> "RestrictedAnswers":
        return cls(stored["section"], stored["person_id"], stored["answers"], is_kept_to_chair)


@dataclass(frozen=True)
class News:
    """Something that came up after the report: one box, read by chair and professionals."""

    text: str
    signed_by: str = ""

    def to_json(self) -> Json:
        return {"text": self.text, "signed_by": self.signed_by}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "News":
        return cls(stored["text"], stored["signed_by"])


@dataclass(frozen=True)
class RecordedReply:
    """A reply that came by e-mail, telephone or paper: the portal holds where it is, not what it says."""

    how: str
    """email, telephone, paper or in person; see `HOW_IT_CAME`."""
    received_on: date
    filed_at: str
    from_whom: str
    note: str = ""
    recorded_at: datetime | None = None

    def to_json(self) -> Json:
        return {
            "how": self.how,
            "received_on": self.received_on.isoformat(),
            "filed_at": self.filed_at,
            "from_whom": self.from_whom,
            "note": self.note,
            "recorded_at": self.recorded_at.isoformat() if self.recorded_at else None,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "RecordedReply":
        moment = stored["recorded_at"]
        return cls(
            how=stored["how"],
            received_on=date.fromisoformat(stored["received_on"]),
            filed_at=stored["filed_at"],
            from_whom=stored["from_whom"],
            note=stored["note"],
            recorded_at=datetime.fromisoformat(moment) if moment else None,
        )


HOW_IT_CAME = {
    "email": "By e-mail",
    "telephone": "By telephone",
    "paper": "On paper",
    "in_person": "In person",
}

Content: TypeAlias = FrozenReport | ShortAnswer | News | RecordedReply


FORM_OF: dict[SubmissionKind, type[Content]] = {
    SubmissionKind.REPORT: FrozenReport,
    SubmissionKind.NOTHING_FOUND: ShortAnswer,
    SubmissionKind.NOT_REGISTERED: ShortAnswer,
    SubmissionKind.NEWS: News,
    SubmissionKind.RECORDED: RecordedReply,
}


def content_from_json(kind: SubmissionKind, stored: Mapping[str, Any]) -> Content:
    """What a submission of this kind holds, without its restricted items."""
    return FORM_OF[kind].from_json(stored)


@dataclass(frozen=True)
class Split:
    """A report's answers taken apart: what everybody's copies start from, and the restricted items."""

    parts: tuple[FrozenPart, ...]
    restricted: tuple[RestrictedAnswers, ...] = field(default=())


def situation_to_json(situation: Situation) -> Json:
    """The situation as it was when the report was started."""
    return {
        "conference_type": situation.conference_type,
        "people": [
            {
                "id": person.id,
                "name": person.name,
                "kind": person.kind,
                "is_unborn": person.is_unborn,
                "is_asked": person.is_asked,
            }
            for person in situation.people
        ],
        "settings": sorted(situation.settings),
    }


def situation_from_json(stored: Mapping[str, Any]) -> Situation:
    """The situation that `situation_to_json` wrote."""
    people: Iterable[Mapping[str, Any]] = stored["people"]
    settings: Sequence[str] = stored["settings"]
    return Situation(
        stored["conference_type"], tuple(PersonAsked(**person) for person in people), frozenset(settings)
    )
