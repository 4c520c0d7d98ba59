"""Fill a pack: gather, assemble, print, keep. Nothing of it is kept unless all of it worked."""

from portal import clock
from portal.authorisation.actor import Actor
from portal.conferences.models import Conference
from portal.documents.content import Document
from portal.documents.pdf import to_pdf
from portal.documents.storage import store
from portal.documents.word import to_docx
from portal.packs.actions import list_items, move_pack, supersede_earlier
from portal.packs.assembly import pack_document
from portal.packs.circumstances import circumstances_of
from portal.packs.contents import PackLabel
from portal.packs.family_copy import family_document
from portal.packs.gathering import (
    gather,
    gather_for_family,
    standing_submissions,
    submissions_for_family,
)
from portal.packs.models import Pack
from portal.packs.naming import MEDIA_TYPES, version_of
from portal.packs.states import Audience, PackMove
from portal.questionnaire.readers import ReaderKind
from portal.submissions.models import Submission


class Printing:
    """How this process prints: set once by the application factory."""

    is_demonstration = False


printing = Printing()


def fill_pack(actor: Actor, pack: Pack) -> None:
    """Make both files of a pack that is being built. Raises RenderingFailed, and what reading raises."""
    # first what it rests on: whatever changes in between then counts as newer than the pack
    pack.built_at = clock.now()
    now = circumstances_of(pack.conference)
    pack.readers_digest, pack.meeting_digest = now.readers, now.meeting
    made_from = _made_from(actor, pack)
    document = document_of(actor, pack)
    rendered = to_pdf(document)
    pack.pdf_id = store(pack.authority_id, MEDIA_TYPES["pdf"], rendered.content).id
    pack.word_id = store(pack.authority_id, MEDIA_TYPES["docx"], to_docx(document)).id
    pack.unprintable = len(rendered.unprintable)
    list_items(pack, made_from)
    move_pack(pack, PackMove.FINISH)
    supersede_earlier(pack)


def document_of(actor: Actor, pack: Pack) -> Document:
    """The document of a pack, read for its own reader and nobody else."""
    label = PackLabel(version_of(pack), pack.built_at or clock.now(), printing.is_demonstration)
    conference: Conference = pack.conference
    if pack.for_person_id is not None:
        return family_document(gather_for_family(actor, conference, pack.for_person_id), label)
    audience = Audience(pack.audience)
    return pack_document(gather(actor, conference, ReaderKind(audience.value)), audience, label)


def _made_from(actor: Actor, pack: Pack) -> list[Submission]:
    if pack.for_person_id is not None:
        return submissions_for_family(actor, pack.conference)
    return standing_submissions(actor, pack.conference)
