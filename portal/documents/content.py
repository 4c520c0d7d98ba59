"""What a document says, as data: headings, paragraphs, answers, tables and notices, with no layout."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

DEMONSTRATION_LINE = "Demonstration data. Not real people."
CONTENTS_TITLE = "Contents"
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class AnswerState(StrEnum):
    """How a question stands; every state but ANSWERED is spelt out in words."""

    ANSWERED = "answered"
    NOT_ANSWERED = "not_answered"
    NOT_KNOWN = "not_known"
    RESTRICTED = "restricted"

    @property
    def words(self) -> str:
        """The words every output prints for this state; empty when the answer speaks for itself."""
        return _STATE_WORDS[self]


_STATE_WORDS = {
    AnswerState.ANSWERED: "",
    AnswerState.NOT_ANSWERED: "Not answered",
    AnswerState.NOT_KNOWN: "Not known or not looked",
    AnswerState.RESTRICTED: "Restricted",
}


class NoticeKind(StrEnum):
    """How a notice looks; its meaning always stands in its title as well."""

    WARNING = "warning"
    INFORMATION = "information"
    RESTRICTED = "restricted"


@dataclass(frozen=True)
class Heading:
    """A heading and bookmark.

    `key` is its link target: lower case letters, digits and hyphens, 38 characters at most (Word's bookmarks
    hold 40); made up when empty.
    """

    level: int
    text: str
    key: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 4:
            raise ValueError("a heading has a level from 1 to 4")
        if not self.text.strip():
            raise ValueError("a heading has text")
        if self.key and (len(self.key) > 38 or not _KEY.fullmatch(self.key)):
            raise ValueError("a heading's key is at most 38 lower case letters and digits joined by hyphens")


@dataclass(frozen=True)
class Paragraph:
    """Running text; its line breaks are kept."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """A bulleted list."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Fact:
    """One short labelled fact, such as the date of a conference."""

    label: str
    value: str


@dataclass(frozen=True)
class Facts:
    """Short facts side by side with their labels."""

    items: tuple[Fact, ...]


@dataclass(frozen=True)
class Answer:
    """One question with its answer; `marks` are short labels such as "Fact" or "Not yet checked"."""

    question: str
    answer: str
    note: str = ""
    marks: tuple[str, ...] = ()
    state: AnswerState = AnswerState.ANSWERED


@dataclass(frozen=True)
class Answers:
    """Questions and answers as a labelled list."""

    items: tuple[Answer, ...]


@dataclass(frozen=True)
class Table:
    """A table with one header row; `widths` are shares of the page's width, equal when empty."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not self.header or any(len(row) != len(self.header) for row in self.rows):
            raise ValueError("every row of a table has as many cells as its header")
        if self.widths and (len(self.widths) != len(self.header) or min(self.widths) <= 0):
            raise ValueError("a table has one positive width for each column, or none at all")

    @property
    def shares(self) -> tuple[float, ...]:
        """Each column's share of the whole width; they add up to 1."""
        widths = self.widths or (1.0,) * len(self.header)
        return tuple(width / sum(widths) for width in widths)


@dataclass(frozen=True)
class Notice:
    """A box that stands out."""

    kind: NoticeKind
    title: str
    text: str


@dataclass(frozen=True)
class PageBreak:
    """What follows starts on a new page."""


Block = Heading | Paragraph | Bullets | Facts | Answers | Table | Notice | PageBreak


@dataclass(frozen=True)
class Document:
    """A whole document for one reader.

    `title`, `reference`, `version` and `author` also stand in the file's metadata: they never name a family,
    a practice or a clinician; `author` is the authority's contact team. `subtitle` and `reader` stand only on
    the pages. `cover` is printed on the first page, before the contents; `created_at` knows its time zone.
    """

    title: str
    subtitle: str
    reader: str
    version: str
    reference: str
    classification: str
    author: str
    created_at: datetime
    blocks: tuple[Block, ...]
    cover: tuple[Block, ...] = ()
    has_contents: bool = True
    is_demonstration: bool = False
    language: str = "en-GB"

    def __post_init__(self) -> None:
        if self.created_at.tzinfo is None:
            raise ValueError("created_at must know its time zone")
        keys = [
            block.key for block in (*self.cover, *self.blocks) if isinstance(block, Heading) and block.key
        ]
        if len(keys) != len(set(keys)):
            raise ValueError("two headings share a key")


def with_steady_headings(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks with every heading keyed and none skipping a level.

    PDF/UA-1 (ISO 14289-1, 7.4.2) forbids a heading that jumps from level 1 to level 3, or starts at 2.
    """
    taken = {block.key for block in blocks if isinstance(block, Heading)}
    depth, number = 0, 0
    for block in blocks:
        if not isinstance(block, Heading):
            yield block
            continue
        depth = min(block.level, depth + 1)
        key = block.key
        while not key or (not block.key and key in taken):
            number += 1
            key = f"section-{number}"
        yield Heading(depth, " ".join(block.text.split()), key)
