"""What was already done once: a creating POST that is sent again leads to where the first one led."""

import uuid
from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Model


class Idempotency(Model):
    __tablename__ = "idempotency"

    user_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    key: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[uuid.UUID]
    location: Mapped[str] = mapped_column(Text)
    content_digest: Mapped[bytes]
    """Of what the form held: with other words it is another form, and never passes for this one."""
    created_at: Mapped[datetime]
