"""What an authority may set for itself, from which day on, and what holds until it does."""

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from portal.database import db
from portal.errors import InvalidInput
from portal.partnership.due_dates import USUAL_DAYS_BEFORE
from portal.partnership.models import PartnershipSetting

Value = int | bool


class Setting(StrEnum):
    """Working days are counted before the conference; the rest are yes or no."""

    REPORT_DAYS_INITIAL = "report_days_initial"
    REPORT_DAYS_REVIEW = "report_days_review"
    REPORT_DAYS_PRE_BIRTH = "report_days_pre_birth"
    REPORT_DAYS_TRANSFER_IN = "report_days_transfer_in"
    ASKS_PLAN_VIEW = "asks_plan_view"
    """Whether practices are asked what they think of a plan."""


DEFAULTS: dict[Setting, Value] = {
    Setting.REPORT_DAYS_INITIAL: USUAL_DAYS_BEFORE["initial"],
    Setting.REPORT_DAYS_REVIEW: USUAL_DAYS_BEFORE["review"],
    Setting.REPORT_DAYS_PRE_BIRTH: USUAL_DAYS_BEFORE["pre-birth"],
    Setting.REPORT_DAYS_TRANSFER_IN: USUAL_DAYS_BEFORE["transfer-in"],
    Setting.ASKS_PLAN_VIEW: False,
}

REPORT_DAYS: dict[str, Setting] = {
    "initial": Setting.REPORT_DAYS_INITIAL,
    "review": Setting.REPORT_DAYS_REVIEW,
    "pre-birth": Setting.REPORT_DAYS_PRE_BIRTH,
    "transfer-in": Setting.REPORT_DAYS_TRANSFER_IN,
}
"""Which setting holds the working days for which type of conference."""

MOST_DAYS = 60


def setting(authority_id: uuid.UUID, key: Setting, on: date) -> Value:
    """What this authority had set on that day; the default where it had set nothing."""
    found = db.scalar(
        select(PartnershipSetting.value)
        .where(
            PartnershipSetting.authority_id == authority_id,
            PartnershipSetting.key == key,
            PartnershipSetting.effective_from <= on,
        )
        .order_by(PartnershipSetting.effective_from.desc())
        .limit(1)
    )
    return DEFAULTS[key] if found is None else _checked(key, found)


def report_days(authority_id: uuid.UUID, conference_type: str, on: date) -> int:
    """How many working days before a conference of this type reports are due, as set on that day."""
    return int(setting(authority_id, REPORT_DAYS[conference_type], on))


def change_setting(authority_id: uuid.UUID, key: Setting, value: Value, effective_from: date) -> None:
    """Let `value` hold from that day on; what held before stays on record.

    Raises InvalidInput for a value that this setting cannot have.
    """
    db.add(
        PartnershipSetting(
            authority_id=authority_id, key=key, value=_checked(key, value), effective_from=effective_from
        )
    )


def _checked(key: Setting, value: object) -> Value:
    is_switch = isinstance(DEFAULTS[key], bool)
    if isinstance(value, bool) and is_switch:
        return value
    if isinstance(value, int) and not isinstance(value, bool) and not is_switch and 0 <= value <= MOST_DAYS:
        return value
    raise InvalidInput(f"{key} cannot be {value!r}.")
