"""Open, claim, release and close what waits for the contact team."""

import uuid
from datetime import date

from sqlalchemy import select

from portal import clock
from portal.contacts.models import Contact
from portal.contacts.states import ContactKind, ContactState
from portal.database import db


def open_contact(
    authority_id: uuid.UUID,
    kind: ContactKind,
    source_id: uuid.UUID,
    *,
    due_on: date,
    conference_id: uuid.UUID | None = None,
    practice_id: uuid.UUID | None = None,
    has_restricted: bool = False,
) -> Contact:
    """Put something into the queue, in the authority's scope; the same thing twice is one contact."""
    found = db.scalar(
        select(Contact).where(
            Contact.authority_id == authority_id, Contact.kind == kind, Contact.source_id == source_id
        )
    )
    if found is not None:
        return found
    contact = Contact(
        authority_id=authority_id,
        kind=kind,
        source_id=source_id,
        conference_id=conference_id,
        practice_id=practice_id,
        due_on=due_on,
        has_restricted=has_restricted,
        state=ContactState.WAITING,
        opened_at=clock.now(),
    )
    db.add(contact)
    return contact
