"""A conference list that was handed in: kept sealed until it is confirmed and taken over, or set aside."""

import uuid
from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.conferences.states import ListState
from portal.crypto.sealed import SealedText
from portal.database import Model, one_of


class ConferenceList(Model):
    __tablename__ = "conference_list"
    __table_args__ = (
        one_of("state", ListState),
        Index(None, "authority_id", "uploaded_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[uuid.UUID]
    uploaded_at: Mapped[datetime]
    uploaded_by_id: Mapped[uuid.UUID | None]
    uploaded_by_name: Mapped[str]
    content_sealed: Mapped[bytes]
    content = SealedText()
    """The file as it was handed in, base64 text: read again when it is confirmed."""
    state: Mapped[str]
    """read: waits to be confirmed; applying; applied; failed: stopped half way; discarded."""
    total: Mapped[int]
    """How many sound conferences there are to take over."""
    done: Mapped[int]
    """How many of them have been."""
    new: Mapped[int]
    changed: Mapped[int]
    unchanged: Mapped[int]
    left_out: Mapped[int]
    omitted: Mapped[int]
    """Planned conferences of earlier lists that this one does not name."""
    done_to_line: Mapped[int]
    """Conferences that begin on this line of the file, or above it, have been taken over."""
    confirmed_at: Mapped[datetime | None]
    confirmed_by_name: Mapped[str | None]
    replaced_by_id: Mapped[uuid.UUID | None]
    """The list whose confirmation set this one aside, if that is how it was."""
    finished_at: Mapped[datetime | None]

    @property
    def is_unconfirmed(self) -> bool:
        return self.state == ListState.READ

    @property
    def is_done(self) -> bool:
        return self.state == ListState.APPLIED

    @property
    def has_stopped(self) -> bool:
        return self.state == ListState.FAILED

    @property
    def is_set_aside(self) -> bool:
        return self.state == ListState.DISCARDED

    @property
    def is_under_way(self) -> bool:
        return self.state == ListState.APPLYING
