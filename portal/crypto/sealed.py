"""Sealed columns: a plain attribute in Python over an AES-256-GCM value in the database.

`name = SealedText()` reads and writes the column `name_sealed`. The value is bound to its table, column,
owner and row, so that a value moved to another place does not open.
"""

import json
import os
import uuid
from datetime import date
from typing import Any, Generic, TypeVar, overload

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.crypto import keys

T = TypeVar("T")
NONCE_LENGTH = 12  # bytes, as NIST SP 800-38D recommends for GCM


def seal(content: bytes, *, owner: uuid.UUID, place: str) -> bytes:
    """Seal `content` for `owner` with the current key; `place` must be given again to open it."""
    key_id = keys.ring().current
    nonce = os.urandom(NONCE_LENGTH)
    sealed = AESGCM(keys.sealing_key(key_id, owner)).encrypt(nonce, content, _bound(owner, place))
    return bytes([len(key_id)]) + key_id.encode() + nonce + sealed


def unseal(sealed: bytes, *, owner: uuid.UUID, place: str) -> bytes:
    """Open what `seal` made. Raises InvalidTag when it was changed or moved, KeyError without its key."""
    length = sealed[0]
    key_id, rest = sealed[1 : 1 + length].decode(), sealed[1 + length :]
    cipher = AESGCM(keys.sealing_key(key_id, owner))
    return cipher.decrypt(rest[:NONCE_LENGTH], rest[NONCE_LENGTH:], _bound(owner, place))


def place_of(table: str, column: str, row_id: uuid.UUID) -> str:
    return f"{table}.{column}.{row_id}"


def _bound(owner: uuid.UUID, place: str) -> bytes:
    return owner.bytes + place.encode()


class _Sealed(Generic[T]):
    """A descriptor; the model must have `id`, and `authority_id` unless the platform owns it."""

    name: str

    def __set_name__(self, _model: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, row: None, model: type) -> "_Sealed[T]": ...
    @overload
    def __get__(self, row: object, model: type) -> T: ...
    def __get__(self, row: Any, model: type) -> Any:
        if row is None:
            return self
        sealed = getattr(row, f"{self.name}_sealed")
        if sealed is None:
            return None
        return self.decode(unseal(sealed, owner=_owner(row), place=self._place(row)))

    def __set__(self, row: Any, value: T) -> None:
        """Sealing the same text twice gives two values: compare first, so that nothing changes in vain."""
        if value is None:
            setattr(row, f"{self.name}_sealed", None)
        elif getattr(row, f"{self.name}_sealed") is None or self.__get__(row, type(row)) != value:
            sealed = seal(self.encode(value), owner=_owner(row), place=self._place(row))
            setattr(row, f"{self.name}_sealed", sealed)

    def _place(self, row: Any) -> str:
        return place_of(row.__tablename__, self.name, row.id)

    def open(self, sealed: bytes | None, *, table: str, owner: uuid.UUID, row_id: uuid.UUID) -> T | None:
        """Open a value read as a plain row instead of an object."""
        if sealed is None:
            return None
        return self.decode(unseal(sealed, owner=owner, place=place_of(table, self.name, row_id)))

    def encode(self, value: T) -> bytes:
        raise NotImplementedError("each kind of sealed value says how it is written")

    def decode(self, content: bytes) -> T:
        raise NotImplementedError("each kind of sealed value says how it is read")


def _owner(row: Any) -> uuid.UUID:
    owner: uuid.UUID = getattr(row, "authority_id", keys.PLATFORM)
    return owner


class SealedText(_Sealed[str]):
    def encode(self, value: str) -> bytes:
        return value.encode()

    def decode(self, content: bytes) -> str:
        return content.decode()


class SealedOptionalText(_Sealed[str | None]):
    def encode(self, value: str | None) -> bytes:
        return (value or "").encode()

    def decode(self, content: bytes) -> str:
        return content.decode()


class SealedDate(_Sealed[date | None]):
    def encode(self, value: date | None) -> bytes:
        return value.isoformat().encode() if value else b""

    def decode(self, content: bytes) -> date | None:
        return date.fromisoformat(content.decode()) if content else None


class SealedJson(_Sealed[Any]):
    def encode(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()

    def decode(self, content: bytes) -> Any:
        return json.loads(content)
