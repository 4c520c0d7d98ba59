"""Who will read what: what each reader's copy would hold if the draft were sent as it stands."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from portal.authorisation.crossing import acting_for
from portal.conferences.queries import family_links
from portal.errors import NotFound
from portal.questionnaire.model import ADULT_KINDS
from portal.questionnaire.readers import FamilyLinks, Reader, ReaderKind
from portal.reports.drafts import Draft
from portal.submissions.content import FrozenReport, Split
from portal.submissions.reading import ReadPart, read_parts, split_restricted


@dataclass(frozen=True)
class Copy:
    """One reader, under the words of the address, and what that reader's copy would hold."""

    key: str
    """chair, professionals, or a person's id."""
    name: str
    parts: tuple[ReadPart, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """The sections in it, each once."""
        return tuple(dict.fromkeys(part.title for part in self.parts))


def split(draft: Draft) -> Split:
    """The draft's answers to what is asked now, taken apart as they will be stored."""
    typed = [
        (part.section.key, part.person.id if part.person else None, draft.raw(part)) for part in draft.parts
    ]
    return split_restricted(draft.report.questionnaire_version, draft.situation, typed)


def copies_of(draft: Draft) -> tuple[Copy, ...]:
    """The chair's, the professionals', and one for each adult of the family whom this practice may name."""
    apart, links = split(draft), _links(draft)
    return tuple(_copy(draft, apart, links, key, name) for key, name in _readers(draft))


def get_copy(draft: Draft, key: str) -> Copy:
    """One reader's copy. Raises NotFound for anybody who gets none."""
    for found, name in _readers(draft):
        if found == key:
            return _copy(draft, split(draft), _links(draft), key, name)
    raise NotFound


def _readers(draft: Draft) -> Iterable[tuple[str, str]]:
    yield ReaderKind.CHAIR.value, "The chair and the contact team"
    yield ReaderKind.PROFESSIONALS.value, "The professionals at the conference"
    yield from ((person.id, person.name) for person in draft.people if person.kind in ADULT_KINDS)


def _copy(draft: Draft, apart: Split, links: FamilyLinks, key: str, name: str) -> Copy:
    report = FrozenReport(draft.report.questionnaire_version, draft.situation, apart.parts)
    return Copy(key, name, read_parts(report, apart.restricted, reader_of(key), links))


def reader_of(key: str) -> Reader:
    """The reader that a copy's key names. Raises NotFound."""
    if key in (ReaderKind.CHAIR, ReaderKind.PROFESSIONALS):
        return Reader(ReaderKind(key))
    try:
        return Reader(ReaderKind.FAMILY, str(uuid.UUID(key)))
    except ValueError as error:
        raise NotFound from error


def _links(draft: Draft) -> FamilyLinks:
    """Who is kept from whom is known in full to the authority alone; the practice is shown what follows."""
    conference = draft.report.request.conference
    with acting_for(conference.authority_id):
        return family_links(conference)
