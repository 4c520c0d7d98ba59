"""Pages of a long list by key: as fast on the last page as on the first."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar
from uuid import UUID

from portal.errors import InvalidInput

Item = TypeVar("Item")
KeyPart = str | int | date | datetime | UUID | None
Key = tuple[KeyPart, ...]

LONGEST_CURSOR = 400
LARGEST_INTEGER = 2**63 - 1  # what a bigint column holds


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some items of a list, and the cursor of the page after it, None on the last.

    A key stands in an address: it holds dates and ids, never names.
    """

    items: tuple[Item, ...]
    next_key: str | None

    @classmethod
    def of(cls, rows: Sequence[Item], size: int, key: Callable[[Item], Key]) -> "Page[Item]":
        """Make a page of `size` from rows asked for with `LIMIT size + 1`: one over says there is more."""
        items = tuple(rows[:size])
        return cls(items, encode_cursor(key(items[-1])) if len(rows) > size else None)


def encode_cursor(key: Key) -> str:
    """The key as text that is safe in an address."""
    tagged = [_tagged(part) for part in key]
    packed = json.dumps(tagged, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def decode_cursor(cursor: str | None) -> Key | None:
    """The key of a cursor, None for none; raises InvalidInput for one that we did not make."""
    if not cursor:
        return None
    try:
        if len(cursor) > LONGEST_CURSOR:
            raise ValueError
        packed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return tuple(_READERS[kind](value) for kind, value in json.loads(packed))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise _not_there() from None


def typed_key(after: str | None, *types: type) -> Key | None:
    """The key of a cursor of this list, whose parts have these types in this order; None for none.

    Raises InvalidInput for a cursor we did not make, and for one of another list.
    """
    key = decode_cursor(after)
    if key is not None and tuple(map(type, key)) != types:
        raise _not_there()
    return key


def _not_there() -> InvalidInput:
    return InvalidInput("That page of the list is not there. Start again from the first page.")


def _tagged(part: KeyPart) -> tuple[str, str | int | None]:
    """The part with a letter for its kind; datetime before date, which it also is."""
    match part:
        case None:
            return ("n", None)
        case datetime():
            return ("t", part.isoformat())
        case date():
            return ("d", part.isoformat())
        case UUID():
            return ("u", part.hex)
        case int():
            return ("i", part)
        case str():
            return ("s", part)


def _none(value: object) -> None:
    if value is not None:
        raise ValueError


def _integer(value: object) -> int:
    if not isinstance(value, int) or abs(value) > LARGEST_INTEGER:
        raise ValueError
    return value


_READERS: dict[str, Callable[..., KeyPart]] = {
    "n": _none,
    "t": datetime.fromisoformat,
    "d": date.fromisoformat,
    "u": UUID,
    "i": _integer,
    "s": str,
}
