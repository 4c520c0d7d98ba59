"""The short answers about a person: not registered here, and nothing relevant found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class RecordRead(StrEnum):
    FULL = "full"
    SUMMARY = "summary"


class Since(StrEnum):
    """Since when somebody is not a patient."""

    NEVER = "never"
    LEFT = "left"
    CANNOT_TELL = "cannot_tell"


RECORDS = {RecordRead.FULL: "full record", RecordRead.SUMMARY: "summary only"}
SINCE = {
    Since.NEVER: "Never registered here",
    Since.LEFT: "Left this practice",
    Since.CANNOT_TELL: "I cannot tell from these details",
}


@dataclass(frozen=True)
class PersonLooked:
    """One person in whose record nothing relevant was found. It never reads as "no concerns"."""

    person_id: str
    name: str
    record: RecordRead
    back_to: str
    """A year, or a date, in words."""
    last_seen_on: date | None
    """None: never seen by this practice."""

    def sentence(self, practice: str) -> str:
        """What the conference reads. `practice` as the reader may know it: its name, or "The practice"."""
        seen = f"Last seen {_in_words(self.last_seen_on)}." if self.last_seen_on else "Never seen."
        record = "full record" if self.record is RecordRead.FULL else "summary"
        return (
            f"{practice} looked at the {record} of {self.name} back to {self.back_to} and found nothing it"
            f" thought relevant. {seen} This does not mean there are no concerns."
        )

    def to_json(self) -> dict[str, Any]:
        seen = self.last_seen_on.isoformat() if self.last_seen_on else None
        return {
            "answer": "looked",
            "person_id": self.person_id,
            "name": self.name,
            "record": self.record.value,
            "back_to": self.back_to,
            "last_seen_on": seen,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "PersonLooked":
        seen = stored["last_seen_on"]
        return cls(
            stored["person_id"],
            stored["name"],
            RecordRead(stored["record"]),
            stored["back_to"],
            date.fromisoformat(seen) if seen else None,
        )


@dataclass(frozen=True)
class PersonNotHere:
    """One person who is not this practice's patient."""

    person_id: str
    name: str
    since: Since
    left_on: date | None
    new_practice: str = ""

    def sentence(self, practice: str) -> str:
        """What the conference reads."""
        when = {
            Since.NEVER: "and never was",
            Since.LEFT: f"since {_in_words(self.left_on)}" if self.left_on else "any more",
            Since.CANNOT_TELL: "as far as the details sent can tell",
        }[self.since]
        where = f" New practice, as far as known: {self.new_practice}." if self.new_practice else ""
        return (
            f"{self.name} is not registered at {practice}, {when}.{where} No record was read."
            " This does not mean there are no concerns."
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "answer": "not_here",
            "person_id": self.person_id,
            "name": self.name,
            "since": self.since.value,
            "left_on": self.left_on.isoformat() if self.left_on else None,
            "new_practice": self.new_practice,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "PersonNotHere":
        left = stored["left_on"]
        return cls(
            stored["person_id"],
            stored["name"],
            Since(stored["since"]),
            date.fromisoformat(left) if left else None,
            stored["new_practice"],
        )


@dataclass(frozen=True)
class ShortAnswer:
    """One short answer about one or more people."""

    people: tuple[PersonLooked | PersonNotHere, ...]
    signed_by: str = ""

    def sentences(self, practice: str) -> tuple[str, ...]:
        """What the conference reads, a sentence or two for each person."""
        return tuple(person.sentence(practice) for person in self.people)

    def to_json(self) -> dict[str, Any]:
        return {"people": [person.to_json() for person in self.people], "signed_by": self.signed_by}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "ShortAnswer":
        return cls(tuple(_person(each) for each in stored["people"]), stored["signed_by"])


def _person(stored: Mapping[str, Any]) -> PersonLooked | PersonNotHere:
    return PersonLooked.from_json(stored) if stored["answer"] == "looked" else PersonNotHere.from_json(stored)


def _in_words(day: date | None) -> str:
    return f"{day.day} {day:%B} {day.year}" if day else ""
