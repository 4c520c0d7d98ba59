"""A document as PDF/A-2a and PDF/UA-1, set by Typst in a process of its own."""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from portal.documents import typst_once
from portal.documents.content import (
    CONTENTS_TITLE,
    DEMONSTRATION_LINE,
    Answers,
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    Table,
    with_steady_headings,
)
from portal.documents.fonts import FAMILIES, font_folder
from portal.documents.printable import Printer, Unprintable
from portal.documents.stream_ends import with_clear_stream_ends
from portal.errors import DomainError

_TEMPLATES = Path(__file__).parents[2] / "templates" / "documents"
_SECONDS = 30
_UNPRINTABLE_TITLE = "Characters that could not be printed"
_UNPRINTABLE_WORDS = (
    "The fonts of this PDF do not have these characters. Each is replaced by a mark. "
    "The Word version holds the original text."
)


class RenderingFailed(DomainError):
    """The PDF could not be made. Its message holds nothing of the content."""


@dataclass(frozen=True)
class Rendered:
    """A PDF, and each character of the document that it could not show."""

    content: bytes
    unprintable: tuple[Unprintable, ...]


def to_pdf(document: Document) -> Rendered:
    """Return the document as PDF: the same bytes for the same document. Raises RenderingFailed."""
    for cautious in (False, True):
        printer = Printer(cautious)
        order = _as_data(document, printer)
        finished = _run_typst(order, int(document.created_at.timestamp()))
        if finished.returncode == 0:
            return Rendered(with_clear_stream_ends(finished.stdout), printer.unprintable())
        if finished.returncode != typst_once.GLYPH_MISSING:
            break
    raise RenderingFailed("The PDF could not be made. Try again, or use the Word version.")


def _run_typst(document: dict[str, Any], timestamp: int) -> subprocess.CompletedProcess[bytes]:
    with font_folder() as fonts:
        order = {
            "document": document,
            "template": str(_TEMPLATES / "document.typ"),
            "root": str(_TEMPLATES),
            "fonts": str(fonts),
            "timestamp": timestamp,
        }
        try:
            # -I: this folder (its html.py would hide the standard library's) and the environment do not count
            return subprocess.run(  # noqa: S603 - our own file, no shell, nothing of the content in the arguments
                [sys.executable, "-I", typst_once.__file__],
                input=json.dumps(order).encode(),
                capture_output=True,
                timeout=_SECONDS,
                check=False,
                env={},
            )
        except (subprocess.TimeoutExpired, OSError) as error:
            # from None: the failed call carries the whole document, which must not reach a log
            raise RenderingFailed(f"The PDF could not be made ({type(error).__name__}). Try again.") from None


def _as_data(document: Document, printer: Printer) -> dict[str, Any]:
    """Return what the template reads: only strings, numbers and lists, every string printable."""
    edges = {
        name: printer.printable(getattr(document, name), "Cover")
        for name in ("title", "subtitle", "reader", "version", "reference", "classification", "author")
    }
    cover, blocks = _steady(document)
    data: dict[str, Any] = {
        **edges,
        "language": document.language.partition("-")[0],
        "region": document.language.partition("-")[2] or None,
        "families": list(FAMILIES),
        "demonstration": DEMONSTRATION_LINE if document.is_demonstration else "",
        "contents": CONTENTS_TITLE if document.has_contents else "",
        "cover": _blocks(cover, printer, "Cover"),
        "blocks": _blocks(blocks, printer, "First page"),
    }
    if printer.unprintable():
        data["blocks"] += _blocks(_explained(printer.unprintable()), Printer(), "")
    return data


def _steady(document: Document) -> tuple[list[Block], list[Block]]:
    together = list(with_steady_headings((*document.cover, *document.blocks)))
    return together[: len(document.cover)], together[len(document.cover) :]


def _explained(characters: tuple[Unprintable, ...]) -> tuple[Block, ...]:
    return (
        Heading(1, _UNPRINTABLE_TITLE, "unprintable-characters"),
        Paragraph(_UNPRINTABLE_WORDS),
        Bullets(tuple(character.explanation for character in characters)),
    )


def _blocks(blocks: list[Block] | tuple[Block, ...], printer: Printer, section: str) -> list[dict[str, Any]]:
    encoded = []
    for block in blocks:
        if isinstance(block, Heading):
            section = printer.printable(block.text, "Headings")
        fields = {name: _printable(value, printer, section) for name, value in asdict(block).items()}
        if isinstance(block, Table):
            fields["shares"] = list(block.shares)
        if isinstance(block, Answers):
            for item, answer in zip(fields["items"], block.items, strict=True):
                item["words"] = answer.state.words
        encoded.append({"block": type(block).__name__.lower(), **fields})
    return encoded


def _printable(value: Any, printer: Printer, section: str) -> Any:
    if isinstance(value, str):
        return printer.printable(value, section)
    if isinstance(value, dict):
        return {name: _printable(part, printer, section) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(part, printer, section) for part in value]
    return value
