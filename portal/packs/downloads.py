"""The files of a pack as they leave the portal."""

import uuid
from dataclasses import dataclass

from portal.audit.actions import note_people_seen
from portal.authorisation.actor import Actor
from portal.conferences.queries import family_links, people_in
from portal.documents.storage import content_of
from portal.errors import NotReady
from portal.packs.circumstances import circumstances_of
from portal.packs.made import withheld_because
from portal.packs.models import Pack
from portal.packs.naming import MEDIA_TYPES, file_name
from portal.packs.states import PackState


@dataclass(frozen=True)
class PackFile:
    name: str
    media_type: str
    content: bytes


def file_of(actor: Actor, pack: Pack, file_type: str) -> PackFile:
    """The pack as "pdf" or "docx"; notes in the trail whom it shows.

    Raises NotReady while there is none and for a family member's copy that may hold what its reader must
    not see by now, FileDamaged when the checksum does not fit.
    """
    stored: uuid.UUID | None = pack.pdf_id if file_type == "pdf" else pack.word_id
    if stored is None or pack.state not in (PackState.READY, PackState.SUPERSEDED):
        raise NotReady("This pack is not ready yet. Go back, and look again in a minute.")
    reason = withheld_because(actor, pack, circumstances_of(pack.conference))
    if reason:
        raise NotReady(reason)
    note_people_seen(_people_shown(pack))
    return PackFile(file_name(pack, file_type), MEDIA_TYPES[file_type], content_of(stored))


def _people_shown(pack: Pack) -> list[uuid.UUID]:
    if pack.for_person_id is None:
        return [person.id for person in people_in(pack.conference)]
    readable = family_links(pack.conference).readable_people(str(pack.for_person_id))
    return [uuid.UUID(person_id) for person_id in readable]
