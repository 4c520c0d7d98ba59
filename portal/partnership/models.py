"""What each authority sets, from which day on; read as of the day a conference was booked."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Model


class PartnershipSetting(Model):
    __tablename__ = "partnership_setting"
    __table_args__ = (UniqueConstraint("authority_id", "key", "effective_from"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[uuid.UUID]
    key: Mapped[str]
    value: Mapped[Any] = mapped_column(JSONB)
    effective_from: Mapped[date]
