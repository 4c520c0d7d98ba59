"""What a form held, as whoever typed it can read and copy it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from portal.web.typed_text import clean_line, clean_text

MACHINERY = frozenset(
    {"key", "idempotency_key", "revision", "page", "turn", "whole"} | {"edition", "go", "add", "remove"}
)
"""Fields that the page itself filled in, and its buttons."""


@dataclass(frozen=True)
class TypedText:
    """One answer: which field it stood in, in words, and what it says."""

    name: str
    text: str


def typed_texts(fields: Iterable[tuple[str, str]]) -> list[TypedText]:
    """What a person typed or chose, in the order of the page, without what the page itself filled in."""
    return [
        TypedText(_in_words(name), clean_text(value))
        for name, value in fields
        if name not in MACHINERY and value.strip() and not _is_id(value)
    ]


def fields_to_send(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Every field for a form that sends it again; characters that no page may hold are left out."""
    return [(clean_line(name), clean_text(value)) for name, value in fields]


def _in_words(name: str) -> str:
    return clean_line(name).replace("_", " ").replace("-", " ").strip().capitalize() or "Text"


def _is_id(value: str) -> bool:
    try:
        return bool(UUID(value))
    except ValueError:
        return False
