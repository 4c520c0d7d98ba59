"""The words in which a report's questions are declared: seven kinds of question, sections, who may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Readers(StrEnum):
    """Who may read an answer. Chair and contact team read all; each value names the widest other reader."""

    PROFESSIONALS = "professionals"
    FAMILY = "family"  # the one family member the section or row is for: see readers.py
    FAMILY_UNLESS_ADDRESS_CONFIDENTIAL = "family unless an address is confidential"
    PARENT_OF_EVERY_CHILD = "family, if a parent of every child"  # text that speaks of "the children"


class Per(StrEnum):
    """How often a section is asked: once, or once for each person of a kind."""

    REPORT = "report"
    SUBJECT = "subject"
    ADULT = "adult"
    PERSON = "person"


CHILD_KINDS = ("subject", "unborn", "sibling")
ADULT_KINDS = ("mother", "father", "partner", "other_adult")


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen: the value stored and the words shown."""

    value: str
    label: str


@dataclass(frozen=True)
class When:
    """Asked only when the question `key` of the same section (or row) has one of these values."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Applies:
    """Asked only in this situation. An empty field means any."""

    conference_types: tuple[str, ...] = ()
    person_kinds: tuple[str, ...] = ()
    setting: str = ""

    def holds(self, conference_type: str, person_kind: str, settings: frozenset[str]) -> bool:
        """Say whether the situation is one this is asked in."""
        return (
            (not self.conference_types or conference_type in self.conference_types)
            and (not self.person_kinds or person_kind in self.person_kinds)
            and (not self.setting or self.setting in settings)
        )


ALWAYS = Applies()


@dataclass(frozen=True, kw_only=True)
class Question:
    """What every kind has. `reading` is the label in outputs; `source` is the template or rule it comes from.

    Readers start at professionals: a question reaches a family copy only when its declaration says so.
    """

    key: str
    text: str
    reading: str
    source: str = ""
    hint: str = ""
    is_required: bool = True
    when: When | None = None
    applies: Applies = ALWAYS
    readers: Readers = Readers.PROFESSIONALS

    @property
    def kind(self) -> str:
        """Return which of the seven kinds this is, for pages to choose by."""
        return type(self).__name__


@dataclass(frozen=True, kw_only=True)
class Text(Question):
    """Free text. `limit` is in characters, counted after trimming."""

    limit: int
    is_long: bool = True


@dataclass(frozen=True, kw_only=True)
class Choice(Question):
    """One of several options (radios)."""

    options: tuple[Option, ...]


@dataclass(frozen=True, kw_only=True)
class Choices(Question):
    """Any of several options (checkboxes)."""

    options: tuple[Option, ...]


@dataclass(frozen=True, kw_only=True)
class DateAnswer(Question):
    """A past date as well as it is known: day, month, year; month, year; year; about; or not known."""


@dataclass(frozen=True, kw_only=True)
class Number(Question):
    """A whole number between two limits, both included."""

    minimum: int
    maximum: int


@dataclass(frozen=True, kw_only=True)
class PeopleChoice(Question):
    """People of the conference, by name (checkboxes). No kinds means everybody."""

    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rows(Question):
    """The same few questions again and again, or one of the `instead` options (such as none recorded).

    `about` and `barred` name the people questions that say whom a row is about and who must not see it.
    `professionals_when` must hold before anybody but the chair reads a row.
    """

    questions: tuple[Question, ...]
    maximum: int
    row_name: str
    instead: tuple[Option, ...] = ()
    about: str = ""
    barred: str = ""
    professionals_when: When | None = None

    @property
    def row_noun(self) -> str:
        """Return what one row is called, without its article."""
        return self.row_name.split(" ", 1)[1]


@dataclass(frozen=True, kw_only=True)
class Section:
    """A page of the report. `readers` is a ceiling: section and question must both allow a reader."""

    key: str
    title: str
    per: Per
    readers: Readers
    questions: tuple[Question, ...]
    introduction: str = ""
    applies: Applies = ALWAYS


def option_labels(question: Question) -> dict[str, str]:
    """Return value → words for a question with options, else nothing."""
    if isinstance(question, Choice | Choices):
        return {option.value: option.label for option in question.options}
    return {}


def condition_words(question: Question, neighbours: Iterable[Question]) -> str:
    """Return when a conditional question is to be answered, such as: If you chose “Yes”."""
    if question.when is None:
        return ""
    asked = next(each for each in neighbours if each.key == question.when.key)
    labels = option_labels(asked)
    return "If you chose “" + "” or “".join(labels[value] for value in question.when.values) + "”"
