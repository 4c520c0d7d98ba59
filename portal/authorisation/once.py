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
from portal.authorisation.posted_forms import content_digest
from portal.database import commit, db, rollback
from portal.errors import SentOtherwise

KEY_FIELD = "idempotency_key"


def earlier_location(actor: Actor) -> str | None:
    """Where the same form led when it was sent before, or None.

    Raises SentOtherwise when it holds other words now: they must not pass for sent.
    """
    key = _key()
    if key is None or actor.user_id is None:
        return None
    earlier = db.execute(
        select(Idempotency.location, Idempotency.content_digest).where(
            Idempotency.user_id == actor.user_id, Idempotency.key == key
        )
    ).one_or_none()
    if earlier is None:
        return None
    if earlier.content_digest != content_digest():
        raise SentOtherwise(earlier.location)
    return str(earlier.location)


def commit_once(location: str) -> Response:
    """Commit, remember where this form led, and go there (303).

    When the same form is committed at the same moment elsewhere, that one stands and this one is undone.
    Raises SentOtherwise when that one held other words.
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
                content_digest=content_digest(),
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
