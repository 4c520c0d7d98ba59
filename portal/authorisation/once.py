"""A form that creates something carries a key made with the page; sent twice, it creates one thing."""

import uuid

from flask import redirect, request
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from portal import clock
from portal.authorisation.actor import Actor
from portal.authorisation.models import Idempotency
from portal.database import commit, db, rollback

KEY_FIELD = "idempotency_key"


def earlier_location(actor: Actor) -> str | None:
    """Where the same form led when it was sent before, or None."""
    key = _key()
    if key is None or actor.user_id is None:
        return None
    return db.scalar(
        select(Idempotency.location).where(Idempotency.user_id == actor.user_id, Idempotency.key == key)
    )


def commit_once(location: str) -> Response:
    """Commit, remember where this form led, and go there (303).

    When the same form is committed at the same moment elsewhere, that one stands and this one is undone.
    """
    actor: Actor = current_user.actor
    key = _key()
    if key is not None and actor.user_id is not None:
        db.add(
            Idempotency(
                user_id=actor.user_id,
                key=key,
                organisation_id=actor.organisation_id,
                location=location,
                created_at=clock.now(),
            )
        )
    try:
        commit()
    except IntegrityError:
        rollback()
        earlier = earlier_location(actor)
        if earlier is None:
            raise
        return redirect(earlier, 303)
    return redirect(location, 303)


def _key() -> uuid.UUID | None:
    try:
        return uuid.UUID(request.form.get(KEY_FIELD, ""))
    except ValueError:
        return None
