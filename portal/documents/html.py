"""A document as part of a web page, with the same words as the PDF and the Word file."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from portal.documents.content import Document, with_steady_headings
from portal.documents.printable import without_hidden

_TEMPLATES = Path(__file__).parents[2] / "templates"


def to_html(document: Document, heading_offset: int = 1) -> Markup:
    """Return the cover and body as safe HTML; a heading of level 1 becomes h(1 + heading_offset), h6 at most.

    The page brings its own h1. Nothing in it needs scripts or inline styles.
    """
    blocks = tuple(with_steady_headings((*document.cover, *document.blocks)))
    template = _environment().get_template("documents/document.html")
    page = template.render(document=document, blocks=blocks, heading_offset=heading_offset)
    return Markup(page)  # noqa: S704 - made by an autoescaping template


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["lines"] = _lines
    environment.filters["kind"] = lambda block: type(block).__name__
    return environment


def _lines(text: str) -> Markup:
    """Return the text escaped, its line breaks as <br>."""
    return Markup("<br>").join(without_hidden(text).split("\n"))
