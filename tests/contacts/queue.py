"""Contacts to test with, opened in their authority's scope."""

from datetime import timedelta

from portal import clock
from portal.authorisation.actor import authority_scope
from portal.contacts import actions
from portal.contacts.states import ContactKind
from portal.database import acting_as, db, new_id


def waiting(authority, *, days=5, kind=ContactKind.NEWS, source_id=None, **values):
    """A contact that waits, for a day some days from today."""
    with acting_as(authority_scope(authority.id)):
        contact = actions.open_contact(
            authority.id, kind, source_id or new_id(), due_on=clock.today() + timedelta(days=days), **values
        )
        db.flush()
    return contact
