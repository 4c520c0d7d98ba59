"""Keys derived from the configured ones: one for each authority and purpose, and one for the platform."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PLATFORM = uuid.UUID(int=0)
"""Owner of what belongs to no authority: accounts and their factors."""


@dataclass(frozen=True)
class KeyRing:
    data_keys: Mapping[str, bytes] = field(repr=False)
    current: str
    blind_index_key: bytes = field(repr=False)


_ring: KeyRing | None = None


def configure(ring: KeyRing) -> None:
    """Set the keys of this process; derived keys of earlier ones are forgotten."""
    global _ring
    _ring = ring
    sealing_key.cache_clear()
    _index_key.cache_clear()


def ring() -> KeyRing:
    if _ring is None:
        raise RuntimeError("No keys: crypto.keys.configure was not called.")
    return _ring


@lru_cache(maxsize=1024)
def sealing_key(key_id: str, owner: uuid.UUID) -> bytes:
    """The AES-256 key of one owner under the data key `key_id`. Raises KeyError for an unknown id."""
    return _derive(ring().data_keys[key_id], b"sealed", owner)


@lru_cache(maxsize=1024)
def _index_key(purpose: str, owner: uuid.UUID) -> bytes:
    return _derive(ring().blind_index_key, purpose.encode(), owner)


def _derive(secret: bytes, purpose: bytes, owner: uuid.UUID) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=purpose + b"|" + owner.bytes).derive(secret)


def keyed_digest(owner: uuid.UUID, purpose: str, content: bytes) -> bytes:
    """HMAC-SHA256 of `content`, 32 bytes, under a key of this owner and purpose alone.

    An unkeyed hash of an NHS number is no protection: all numbers can be tried in minutes.
    """
    mac = HMAC(_index_key(purpose, owner), SHA256())
    mac.update(content)
    return mac.finalize()
