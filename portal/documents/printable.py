"""Text made printable: what no font can show becomes a numbered mark that is explained at the end."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from portal.documents.fonts import coverage

_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Joiners shape Arabic and Indic words and are kept; every other format character is invisible or, as the bidi
# controls, can make a line read differently from what was typed.
_JOINERS = "\u200c\u200d"
_VARIATION_SELECTORS = frozenset([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), *range(0x180B, 0x1810)])

_LONGEST_CLUSTER = 6
_LEFT_OUT_OF_XML = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Unprintable:
    """A character that no font could show: its mark's number, U+ code, Unicode name and where it stands."""

    number: int
    code: str
    name: str
    sections: tuple[str, ...]

    @property
    def explanation(self) -> str:
        """One line for the list at the end of the document."""
        return (
            f"{mark(self.number)} stands for {self.name} ({self.code}). Section: {'; '.join(self.sections)}."
        )


def mark(number: int) -> str:
    """Return what is printed in the place of an unprintable character."""
    return f"[?{number}]"


def without_controls(text: str) -> str:
    """Return the text in NFC without control, bidi and invisible characters; lines end in a plain newline."""
    lines = _LINE_BREAKS.sub("\n", text).replace("\t", " ")
    kept = "".join(_plain_space(character) for character in lines if _is_wanted(character))
    return unicodedata.normalize("NFC", kept)


def without_hidden(text: str) -> str:
    """Return the text as written, for outputs without own fonts; only control and bidi characters go."""
    kept = _LEFT_OUT_OF_XML.sub("", _LINE_BREAKS.sub("\n", text))
    return unicodedata.normalize("NFC", _NO_CHARACTER.sub("\ufffd", kept))


def _is_wanted(character: str) -> bool:
    if character == "\n" or character in _JOINERS:
        return True
    if ord(character) in _VARIATION_SELECTORS:
        return False
    return unicodedata.category(character) not in ("Cc", "Cf")


def _plain_space(character: str) -> str:
    return " " if unicodedata.category(character) == "Zs" and character != "\xa0" else character


@dataclass
class Printer:
    """Makes one document's texts printable and remembers what could not be printed, and where.

    `cautious` allows only what the first font shows without marks or joiners: for the second try, after Typst
    refused a combination of characters that each have a glyph.
    """

    cautious: bool = False
    _numbers: dict[str, int] = field(default_factory=dict)
    _sections: dict[str, list[str]] = field(default_factory=dict)

    def printable(self, text: str, section: str) -> str:
        """Return the text as it can be printed; `section` says where it stands, for the list at the end."""
        return "".join(self._cluster(cluster, section) for cluster in _clusters(without_controls(text)))

    def unprintable(self) -> tuple[Unprintable, ...]:
        """Return every character met so far that could not be printed, in the order of their marks."""
        return tuple(
            Unprintable(number, f"U+{ord(character):04X}", _name(character), tuple(self._sections[character]))
            for character, number in self._numbers.items()
        )

    def _cluster(self, cluster: str, section: str) -> str:
        if cluster in ("\n", " "):
            return cluster
        shown = _plain(cluster) if self.cautious else _best(cluster)
        shown = (
            shown if len(cluster) <= _LONGEST_CLUSTER else shown[:1]
        )  # towers of marks would cover other lines
        return "".join(
            character
            if character in shown
            else ""
            if character in _JOINERS
            else self._mark(character, section)
            for character in cluster
        )

    def _mark(self, character: str, section: str) -> str:
        number = self._numbers.setdefault(character, len(self._numbers) + 1)
        sections = self._sections.setdefault(character, [])
        if section not in sections:
            sections.append(section)
        return mark(number)


def _clusters(text: str) -> Iterator[str]:
    """Yield each character with the marks and joiners that follow it: Typst prints those with one font."""
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or not _continues(text[index]):
            yield text[start:index]
            start = index


def _continues(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character).startswith("M")


def _best(cluster: str) -> str:
    """Return the characters of the cluster that can be shown, by one font: all of them if some font can."""
    shown = ["".join(character for character in cluster if ord(character) in font) for font in coverage()]
    return next(
        (one for one in shown if one == cluster), next((one for one in shown if one[:1] == cluster[0]), "")
    )


def _plain(cluster: str) -> str:
    return cluster[0] if ord(cluster[0]) in coverage()[0] and not _continues(cluster[0]) else ""


def _name(character: str) -> str:
    return unicodedata.name(character, "a character without a name")
