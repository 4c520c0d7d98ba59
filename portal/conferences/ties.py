"""Who in a family is whose parent, and who must not learn about whom, by person."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from portal.conferences.models import FamilyLink
from portal.conferences.states import LinkKind
from portal.database import db

Pairs = dict[uuid.UUID, frozenset[uuid.UUID]]


@dataclass(frozen=True)
class Ties:
    """The links of one conference; nobody is a parent, or kept apart, unless it was said."""

    by_kind: Mapping[LinkKind, Pairs] = field(default_factory=dict)

    def children_of(self, person_id: uuid.UUID) -> frozenset[uuid.UUID]:
        return self.by_kind.get(LinkKind.PARENT_OF, {}).get(person_id, frozenset())

    def barred_from(self, people: Iterable[uuid.UUID]) -> frozenset[uuid.UUID]:
        """Everybody of whom any of these people must not learn."""
        pairs = self.by_kind.get(LinkKind.MUST_NOT_SEE, {})
        return frozenset().union(*(pairs.get(person_id, frozenset()) for person_id in people))

    def of(self, person_id: uuid.UUID, kind: LinkKind) -> frozenset[uuid.UUID]:
        return self.by_kind.get(kind, {}).get(person_id, frozenset())


NO_TIES = Ties()


def ties_of(conference_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Ties]:
    """The links of these conferences; in the authority's scope."""
    found: dict[uuid.UUID, dict[LinkKind, Pairs]] = {each: {} for each in conference_ids}
    links = select(FamilyLink).where(FamilyLink.conference_id.in_(conference_ids))
    for link in db.scalars(links):
        pairs = found[link.conference_id].setdefault(LinkKind(link.kind), {})
        pairs[link.person_id] = pairs.get(link.person_id, frozenset()) | {link.other_id}
    return {conference_id: Ties(kinds) for conference_id, kinds in found.items()}
