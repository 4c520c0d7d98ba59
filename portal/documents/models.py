"""A stored file, sealed, in chunks."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Model


class StoredFile(Model):
    __tablename__ = "stored_file"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[uuid.UUID]
    media_type: Mapped[str]
    size: Mapped[int]
    """Bytes before sealing."""
    checksum: Mapped[bytes]
    """SHA-256 of the content, sealed by a key: a digest of a family's document is not public either."""
    created_at: Mapped[datetime]


class StoredFileChunk(Model):
    __tablename__ = "stored_file_chunk"
    __table_args__ = (UniqueConstraint("file_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[uuid.UUID]
    file_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stored_file.id"))
    number: Mapped[int]
    content_sealed: Mapped[bytes]
