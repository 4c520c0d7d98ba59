"""Files kept in the database: sealed in chunks, and compared with their checksum whenever they are read."""

import hmac
import uuid

from sqlalchemy import select

from portal import clock
from portal.crypto.keys import keyed_digest
from portal.crypto.sealed import place_of, seal, unseal
from portal.database import db, new_id
from portal.documents.models import StoredFile, StoredFileChunk
from portal.errors import DomainError

CHUNK_BYTES = 256 * 1024
_TABLE = StoredFileChunk.__tablename__


class FileDamaged(DomainError):
    default = "This file is damaged and was not opened. Ask for a new one."


def store(authority_id: uuid.UUID, media_type: str, content: bytes) -> StoredFile:
    """Keep `content` for an authority, in its scope. Nothing of it stands in the clear."""
    stored = StoredFile(
        authority_id=authority_id,
        media_type=media_type,
        size=len(content),
        checksum=_checksum(authority_id, content),
        created_at=clock.now(),
    )
    db.add(stored)
    db.flush()
    for number, start in enumerate(range(0, len(content), CHUNK_BYTES), 1):
        db.add(_chunk(stored, number, content[start : start + CHUNK_BYTES]))
    return stored


def content_of(file_id: uuid.UUID) -> bytes:
    """The content of a stored file, as it was given to `store`. Raises FileDamaged."""
    stored = db.get(StoredFile, file_id)
    if stored is None:
        raise FileDamaged
    rows = db.execute(
        select(StoredFileChunk.id, StoredFileChunk.content_sealed)
        .where(StoredFileChunk.file_id == file_id)
        .order_by(StoredFileChunk.number)
    )
    try:
        content = b"".join(
            unseal(sealed, owner=stored.authority_id, place=_place(row_id)) for row_id, sealed in rows
        )
    except Exception as error:  # whatever is wrong with a chunk, the answer is the same
        raise FileDamaged from error
    if not hmac.compare_digest(_checksum(stored.authority_id, content), stored.checksum):
        raise FileDamaged
    return content


def _chunk(stored: StoredFile, number: int, content: bytes) -> StoredFileChunk:
    chunk_id = new_id()
    return StoredFileChunk(
        id=chunk_id,
        authority_id=stored.authority_id,
        file_id=stored.id,
        number=number,
        content_sealed=seal(content, owner=stored.authority_id, place=_place(chunk_id)),
    )


def _place(chunk_id: uuid.UUID) -> str:
    return place_of(_TABLE, "content", chunk_id)


def _checksum(authority_id: uuid.UUID, content: bytes) -> bytes:
    return keyed_digest(authority_id, "stored_file", content)
