"""An address that is confidential: it stays so in every conference, until the contact team lifts it."""

import uuid
from collections.abc import Collection

from sqlalchemy import exists, select

from portal.audit.actions import record_event
from portal.authorisation.actor import Actor
from portal.conferences.actions import note_event
from portal.conferences.models import Conference, Involvement
from portal.conferences.people import PersonAddress
from portal.database import db
from portal.errors import Conflict, InvalidInput


def keep_confidential(person_ids: Collection[uuid.UUID]) -> None:
    """See that every conference about those of these people whose address is confidential says so.

    In the authority's scope. Past conferences too: a copy for the family may still be made of them.
    """
    db.flush()
    unmarked = _conferences_of(person_ids, is_confidential=True)
    for conference in unmarked:
        conference.is_address_confidential = True


def lift(actor: Actor, conference: Conference, person_id: uuid.UUID, reason: str) -> None:
    """Say that somebody's address is no longer confidential, with a reason, in every conference about them.

    A conference stays as it is where anybody else's address is confidential. Raises InvalidInput without a
    reason, Conflict when the address is not confidential.
    """
    if not reason.strip():
        raise InvalidInput("Say why the address is no longer confidential.")
    address = db.get(PersonAddress, person_id, with_for_update=True)
    if address is None or not address.is_confidential:
        raise Conflict("This address is not confidential.")
    address.is_confidential = False
    db.flush()
    for each in _conferences_of([person_id], is_confidential=False):
        each.is_address_confidential = False
    note_event(actor, conference, "address_opened", f"{address.person.full_name}: {reason.strip()}")
    record_event(actor, "address_opened", address)


def _conferences_of(person_ids: Collection[uuid.UUID], *, is_confidential: bool) -> list[Conference]:
    """The conferences about any of these people that say otherwise than everybody's addresses together do."""
    somebody_is = exists().where(
        Involvement.conference_id == Conference.id,
        PersonAddress.id == Involvement.person_id,
        PersonAddress.is_confidential.is_(True),
    )
    about_them = select(Involvement.conference_id).where(Involvement.person_id.in_(person_ids))
    found = db.scalars(
        select(Conference).where(
            Conference.id.in_(about_them),
            Conference.is_address_confidential.is_not(is_confidential),
            somebody_is if is_confidential else ~somebody_is,
        )
    )
    return list(found)
