"""What became of mail."""

import uuid
from collections.abc import Iterable

from sqlalchemy import select

from portal.authorisation.actor import Actor
from portal.database import db
from portal.notifications.models import Notification
from portal.notifications.states import NotificationState


def refused_addresses(actor: Actor, about_ids: Iterable[uuid.UUID]) -> tuple[str, ...]:
    """The addresses to which the actor's organisation could not deliver mail about these things."""
    statement = (
        select(Notification.address)
        .where(
            Notification.organisation_id == actor.organisation_id,
            Notification.about_id.in_(list(about_ids)),
            Notification.state == NotificationState.FAILED,
        )
        .distinct()
        .order_by(Notification.address)
    )
    return tuple(db.scalars(statement))
