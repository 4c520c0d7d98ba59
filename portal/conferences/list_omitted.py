"""Conferences that came in a list and that a later list does not name: a person decides, list after list."""

from collections.abc import Sequence

from sqlalchemy import select

from portal.authorisation.actor import Actor
from portal.conferences.comparing import Compared, omitted_by
from portal.conferences.list_reading import ListReading
from portal.conferences.models import Conference
from portal.contacts.actions import open_again, open_contact, settle
from portal.contacts.models import Contact
from portal.contacts.states import ClosedAs, ContactKind, ContactState
from portal.database import db


def queue_omitted(actor: Actor, reading: ListReading) -> int:
    """Queue what the list no longer names, list after list: returns how many; nothing is cancelled."""
    omitted = omitted_by(actor.organisation_id, reading)
    for conference in omitted:
        contact = open_contact(
            actor.organisation_id,
            ContactKind.CONFERENCE_OMITTED,
            conference.id,
            due_on=conference.held_on,
            conference_id=conference.id,
        )
        open_again(actor, contact)
    return len(omitted)


def settle_omitted(actor: Actor, compared: Sequence[Compared]) -> None:
    """What was omitted once and is named again has nothing left to decide."""
    refs = [each.listed.ref for each in compared]
    named_again = db.scalars(
        select(Contact.source_id)
        .join(Conference, Conference.id == Contact.source_id)
        .where(
            Contact.kind == ContactKind.CONFERENCE_OMITTED,
            Contact.state != ContactState.CLOSED,
            Conference.reference.in_(refs),
        )
    )
    for conference_id in list(named_again):
        settle(actor, ContactKind.CONFERENCE_OMITTED, conference_id, ClosedAs.SETTLED)
