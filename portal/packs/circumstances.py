"""What a pack rests on beside the answers: who may see what of whom, and when and where the conference is."""

import json
from dataclasses import dataclass

from sqlalchemy import select

from portal.conferences.models import Conference, Involvement
from portal.conferences.queries import family_links
from portal.crypto.keys import keyed_digest
from portal.database import db


@dataclass(frozen=True)
class Circumstances:
    """Keyed digests, kept with a pack to be compared later: what they were made of is in no pack's row."""

    readers: bytes
    """Of roles, who is whose parent, who is kept from whom, and whether an address is confidential."""
    meeting: bytes
    """Of day, hours and place."""


def circumstances_of(conference: Conference) -> Circumstances:
    """The circumstances of a conference as they are now; in the authority's scope."""
    return Circumstances(_readers(conference), _meeting(conference))


def _readers(conference: Conference) -> bytes:
    links = family_links(conference)
    roles = db.execute(
        select(Involvement.person_id, Involvement.role).where(Involvement.conference_id == conference.id)
    )
    return _digest(
        conference,
        "pack_readers",
        sorted([str(person_id), role] for person_id, role in roles),
        sorted([person, sorted(others)] for person, others in links.parent_of.items()),
        sorted([person, sorted(others)] for person, others in links.must_not_see.items()),
        links.is_address_confidential,
    )


def _meeting(conference: Conference) -> bytes:
    times = (conference.held_on, conference.starts_at, conference.ends_at)
    return _digest(conference, "pack_meeting", *(each.isoformat() for each in times), conference.venue or "")


def _digest(conference: Conference, purpose: str, *parts: object) -> bytes:
    return keyed_digest(conference.authority_id, purpose, json.dumps(parts).encode())
