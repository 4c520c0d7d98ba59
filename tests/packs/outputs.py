"""Everything that can be found in a pack's files: text, bookmarks, metadata, every part of the Word file."""

import io
import re
import uuid
import zipfile
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import pypdf

from portal import clock
from portal.database import acting_as, db
from portal.documents.storage import content_of
from portal.handlers import HANDLERS
from portal.jobs.worker import MOST_ATTEMPTS, run_all
from portal.packs.actions import request_pack
from portal.packs.models import Pack
from portal.packs.naming import file_name
from portal.packs.states import Audience
from tests.documents.reading import letters
from tests.packs.families import commit_and_forget


@dataclass
class Output:
    pack: Pack
    pdf: bytes
    word: bytes
    names: tuple[str, str]

    @cached_property
    def everything(self) -> str:
        """All there is to read, without white space."""
        return letters(pdf_text(self.pdf) + word_text(self.word) + " ".join(self.names))


def make_pack(family, reader) -> Output:
    """The pack for "chair", "professionals" or a family member's id, made by the worker."""
    is_audience = reader in ("chair", "professionals")
    audience = Audience(reader) if is_audience else Audience.FAMILY
    person_id = None if is_audience else uuid.UUID(reader)
    with acting_as(family.scope):
        pack_id = request_pack(family.chair, family.conference, audience, person_id).id
    commit_and_forget()
    run_all(HANDLERS)
    db.expunge_all()
    with acting_as(family.scope):
        pack = db.get_one(Pack, pack_id)
        assert pack.state == "ready", pack.failed_because
        names = (file_name(pack, "pdf"), file_name(pack, "docx"))
        return Output(pack, content_of(pack.pdf_id), content_of(pack.word_id), names)


def run_until_given_up(db) -> None:
    """Let the worker try as often as it tries, hour by hour."""
    commit_and_forget()
    start = clock.now()
    for hour in range(MOST_ATTEMPTS):
        with clock.moved_to(start + timedelta(hours=hour)):
            run_all(HANDLERS)
    db.expunge_all()


def pdf_text(pdf: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    pages = "\n".join(page.extract_text() for page in reader.pages)
    metadata = " ".join(str(value) for value in (reader.metadata or {}).values())
    xmp = reader.xmp_metadata.stream.get_data().decode() if reader.xmp_metadata else ""
    outline = " ".join(str(each) for each in reader.outline)
    return "\n".join((pages, metadata, xmp, outline, " ".join(reader.attachments)))


def word_text(word: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        parts = [archive.read(name).decode(errors="replace") for name in archive.namelist()]
        return "\n".join([*archive.namelist(), *parts, *(re.sub(r"<[^>]+>", "", part) for part in parts)])
