"""The outbox: one row for each message to one address, written with the deed that it tells of."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Model, one_of
from portal.notifications.states import NotificationState


class Notification(Model):
    __tablename__ = "notification"
    __table_args__ = (
        one_of("state", NotificationState),
        Index(None, "organisation_id", "about_id"),
        Index("ix_notification_waiting", "send_after", postgresql_where=text("state = 'waiting'")),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    """Also the stable Message-ID: a message delivered twice is recognised as one."""
    organisation_id: Mapped[uuid.UUID]
    """In whose scope it was written."""
    address: Mapped[str]
    message: Mapped[str]
    """Key in the catalogue."""
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """What the message says: reference, due date, telephone; never a child's or relative's details."""
    link: Mapped[str]
    """Path on the portal; reached after sign-in."""
    about_id: Mapped[uuid.UUID | None]
    state: Mapped[str]
    created_at: Mapped[datetime]
    send_after: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
