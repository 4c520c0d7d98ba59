"""The people of a conference as each side may see them, and what the questionnaire must know of them."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal import clock
from portal.audit.actions import note_people_seen
from portal.conferences.models import Conference, FamilyLink, Involvement, ReportRequest, RequestPerson
from portal.conferences.people import Person
from portal.conferences.states import LinkKind, PersonAnswer, PersonRole, Sight
from portal.conferences.wording import ANOTHER_ADULT, ROLE_WORDS
from portal.database import db
from portal.partnership.settings import Setting, setting
from portal.questionnaire.readers import FamilyLinks
from portal.questionnaire.situation import PersonAsked, Situation

Links = Mapping[uuid.UUID, tuple[str, ...]]
NAMELESS = "somebody this page does not name"


@dataclass(frozen=True)
class PersonRow:
    """One person on a page. What the reader may not see is empty: there is nothing to hide in a template.

    `sight` and `answer` are the practice's, and None on the authority's own pages. `address` is empty for a
    practice where it is confidential. `parent_of` and `must_not_see` are names.
    """

    id: uuid.UUID
    role: PersonRole | None
    name: str
    born_on: date | None = None
    expected_on: date | None = None
    age: int | None = None
    lives_in_household: bool | None = None
    sex: str = ""
    also_known_as: str = ""
    nhs_number: str = ""
    first_language: str = ""
    interpreter_needed: str = ""
    address: str = ""
    is_address_confidential: bool = False
    practice_id: uuid.UUID | None = None
    school: str = ""
    notes: str = ""
    parental_responsibility: str = ""
    parent_of: tuple[str, ...] = ()
    must_not_see: tuple[str, ...] = ()
    sight: Sight | None = None
    answer: PersonAnswer | None = None
    involvement_id: uuid.UUID | None = None

    @property
    def role_words(self) -> str:
        return ROLE_WORDS[self.role] if self.role else ""

    @property
    def is_unborn(self) -> bool:
        return self.born_on is None and self.expected_on is not None


def people_in(conference: Conference) -> list[PersonRow]:
    """Everybody, with everything: for the contact team's and the chair's own pages."""
    involvements = list(
        db.scalars(
            select(Involvement)
            .where(Involvement.conference_id == conference.id)
            .options(
                joinedload(Involvement.person).joinedload(Person.identity),
                joinedload(Involvement.person).joinedload(Person.address),
            )
            .order_by(Involvement.position)
        )
    )
    names = {each.person_id: each.person.full_name for each in involvements}
    parents = _links(conference.id, LinkKind.PARENT_OF, names)
    kept_from = _links(conference.id, LinkKind.MUST_NOT_SEE, names)
    note_people_seen(names)
    return [_in_full(each, conference.held_on, parents, kept_from) for each in involvements]


def people_asked(request: ReportRequest) -> list[PersonRow]:
    """Whom this practice is asked about, in full but for a confidential address; in its scope or ours."""
    rows = [row for row in request.people if row.sight == Sight.ASKED]
    here = _involvements(request, rows)
    names = _names_for(request)
    parents = _links(request.conference_id, LinkKind.PARENT_OF, names)
    kept_from = _links(request.conference_id, LinkKind.MUST_NOT_SEE, names)
    note_people_seen(row.person_id for row in rows)
    shown = []
    for row in rows:
        involvement = here[row.person_id]
        full = _in_full(involvement, request.conference_on, parents, kept_from, row)
        shown.append(full)
    return shown


def others_in(request: ReportRequest) -> list[PersonRow]:
    """The rest of the family: name, role, age and household; "another adult" for whom it must not name.

    People the practice has said are not its patients are not among them.
    """
    rows = [row for row in request.people if row.sight != Sight.ASKED and row.answer is None]
    here = _involvements(request, [row for row in rows if row.sight == Sight.OUTLINE])
    names = _names_for(request)
    kept_from = _links(request.conference_id, LinkKind.MUST_NOT_SEE, names)
    note_people_seen(here)
    return [
        _outline(here[row.person_id], request.conference_on, kept_from, row)
        if row.person_id in here
        else PersonRow(id=row.id, role=None, name=ANOTHER_ADULT, sight=Sight.HIDDEN)
        for row in rows
    ]


def unborn_through(request: ReportRequest, person_ids: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """The unborn children this practice is asked about, when a mother is among these people.

    An unborn child has no record of its own: whoever has read its mother's has looked for it too.
    """
    here = _involvements(request, [row for row in request.people if row.sight == Sight.ASKED])
    mothers = {each.person_id for each in here.values() if each.role == PersonRole.MOTHER}
    if mothers.isdisjoint(person_ids):
        return frozenset()
    return frozenset(each.person_id for each in here.values() if each.person.is_unborn)


def situation_of(request: ReportRequest) -> Situation:
    """What the questionnaire must know: everybody this practice may see, and the authority's settings."""
    shown = [row for row in (*people_asked(request), *others_in(request)) if row.role is not None]
    booked_on = clock.local(request.conference.booked_at).date()
    asks_plan_view = setting(request.authority_id, Setting.ASKS_PLAN_VIEW, booked_on)
    return Situation(
        request.conference.type,
        tuple(
            PersonAsked(
                id=str(row.id),
                name=row.name,
                kind=str(row.role),
                is_unborn=row.is_unborn,
                is_asked=row.sight is Sight.ASKED,
            )
            for row in shown
        ),
        frozenset({Setting.ASKS_PLAN_VIEW.value}) if asks_plan_view else frozenset(),
    )


def family_links(conference: Conference) -> FamilyLinks:
    """Who is whose parent and who is kept from whom, of the whole conference: in the authority's scope."""
    pairs: dict[str, dict[str, set[str]]] = {kind: {} for kind in LinkKind}
    for link in db.scalars(select(FamilyLink).where(FamilyLink.conference_id == conference.id)):
        pairs[link.kind].setdefault(str(link.person_id), set()).add(str(link.other_id))
    children = db.scalars(
        select(Involvement.person_id).where(
            Involvement.conference_id == conference.id,
            Involvement.role.in_([PersonRole.SUBJECT, PersonRole.SIBLING]),
        )
    )
    return FamilyLinks(
        parent_of={one: frozenset(others) for one, others in pairs[LinkKind.PARENT_OF].items()},
        must_not_see={one: frozenset(others) for one, others in pairs[LinkKind.MUST_NOT_SEE].items()},
        children=frozenset(map(str, children)),
        is_address_confidential=conference.is_address_confidential,
    )


def _involvements(request: ReportRequest, rows: Iterable[RequestPerson]) -> dict[uuid.UUID, Involvement]:
    """The parts these people have, with what the scope in force lets us see of them."""
    found = db.scalars(
        select(Involvement)
        .where(
            Involvement.conference_id == request.conference_id,
            Involvement.person_id.in_([row.person_id for row in rows]),
        )
        .options(
            joinedload(Involvement.person).joinedload(Person.identity),
            joinedload(Involvement.person).joinedload(Person.address),
        )
    )
    return {each.person_id: each for each in found}


def _names_for(request: ReportRequest) -> dict[uuid.UUID, str]:
    """The names this practice may read; whoever is hidden from it has none, whatever the scope."""
    shown = [row.person_id for row in request.people if row.sight != Sight.HIDDEN]
    people = db.scalars(select(Person).where(Person.id.in_(shown)))
    hidden = {row.person_id: ANOTHER_ADULT.lower() for row in request.people if row.sight == Sight.HIDDEN}
    return {person.id: person.full_name for person in people} | hidden


def _links(conference_id: uuid.UUID, kind: LinkKind, names: Mapping[uuid.UUID, str]) -> Links:
    found: dict[uuid.UUID, tuple[str, ...]] = {}
    links = select(FamilyLink.person_id, FamilyLink.other_id).where(
        FamilyLink.conference_id == conference_id, FamilyLink.kind == kind
    )
    for person_id, other_id in db.execute(links):
        name = names.get(other_id, NAMELESS)
        found[person_id] = tuple(sorted({*found.get(person_id, ()), name}))
    return found


def _outline(
    involvement: Involvement, on: date, kept_from: Links, row: RequestPerson | None = None
) -> PersonRow:
    person = involvement.person
    return PersonRow(
        id=person.id,
        role=PersonRole(involvement.role),
        name=person.full_name,
        expected_on=person.expected_on,
        age=person.age_on(on),
        lives_in_household=involvement.lives_in_household,
        must_not_see=kept_from.get(person.id, ()),
        sight=Sight(row.sight) if row else None,
    )


def _in_full(
    involvement: Involvement, on: date, parents: Links, kept_from: Links, row: RequestPerson | None = None
) -> PersonRow:
    person, identity, address = (
        involvement.person,
        involvement.person.identity,
        involvement.person.address,
    )
    is_confidential = address is not None and address.is_confidential
    is_shown = address is not None and not (row and is_confidential)
    return PersonRow(
        id=person.id,
        role=PersonRole(involvement.role),
        name=person.full_name,
        born_on=person.born_on,
        expected_on=person.expected_on,
        age=person.age_on(on),
        lives_in_household=involvement.lives_in_household,
        sex=person.sex,
        also_known_as=identity.also_known_as or "",
        nhs_number=identity.nhs_number or "",
        first_language=identity.first_language,
        interpreter_needed=identity.interpreter_needed,
        address=address.lines if address is not None and is_shown else "",
        is_address_confidential=is_confidential,
        practice_id=identity.practice_id,
        school=identity.school or "",
        notes="" if row else identity.notes or "",
        parental_responsibility=involvement.parental_responsibility,
        parent_of=parents.get(person.id, ()),
        must_not_see=kept_from.get(person.id, ()),
        sight=Sight(row.sight) if row else None,
        answer=PersonAnswer(row.answer) if row and row.answer else None,
        involvement_id=involvement.id,
    )
