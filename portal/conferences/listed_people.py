"""Keeping people as a list names them: by person_ref, never merged, never emptied by what it leaves out."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Organisation
from portal.conferences.list_known import KnownPerson
from portal.conferences.list_people import ListedPerson
from portal.conferences.people import Person, PersonAddress, PersonIdentity
from portal.crypto.blind_index import nhs_number_index, surname_and_birth_index, surname_index
from portal.database import db

INTERPRETER_WORDS = {True: "yes", False: "no", None: ""}


def people_by_ref(authority_id: uuid.UUID, refs: Collection[str]) -> dict[str, Person]:
    """The people of the authority who have these person_refs, with all that is kept of them."""
    found = db.scalars(
        select(Person)
        .where(Person.authority_id == authority_id, Person.person_ref.in_(refs))
        .options(joinedload(Person.identity), joinedload(Person.address))
    )
    return {person.person_ref: person for person in found}


def known_people(authority_id: uuid.UUID, refs: Collection[str]) -> dict[str, KnownPerson]:
    """Who the authority's people with these person_refs are, to tell them from others.

    Plain rows: a long list asks this for thousands of people, again with each run of its job.
    """
    rows = db.execute(
        select(
            Person.id,
            Person.person_ref,
            Person.family_name_sealed,
            Person.given_names_sealed,
            Person.born_on_sealed,
            PersonIdentity.nhs_number_sealed,
            PersonAddress.is_confidential,
        )
        .join(PersonIdentity, PersonIdentity.id == Person.id)
        .outerjoin(PersonAddress, PersonAddress.id == Person.id)
        .where(Person.authority_id == authority_id, Person.person_ref.in_(refs))
    )
    return {row.person_ref: _known(authority_id, row) for row in rows}


def _known(authority_id: uuid.UUID, row: Any) -> KnownPerson:
    def opened(column: Any, sealed: bytes | None, table: str = "person") -> Any:
        return column.open(sealed, table=table, owner=authority_id, row_id=row.id)

    return KnownPerson(
        family_name=opened(Person.family_name, row.family_name_sealed),
        given_names=opened(Person.given_names, row.given_names_sealed),
        born_on=opened(Person.born_on, row.born_on_sealed),
        nhs_number=opened(PersonIdentity.nhs_number, row.nhs_number_sealed, "person_identity") or "",
        is_address_confidential=bool(row.is_confidential),
    )


def keep_people(
    authority_id: uuid.UUID, listed: Sequence[ListedPerson], practices: Mapping[str, Organisation]
) -> dict[str, Person]:
    """Store or bring up to date everybody listed; returns them by person_ref.

    An empty cell never erases what is known: it says that the list does not know. A person who gains a date
    of birth stays the same row, so that a draft about them goes on.
    """
    people = people_by_ref(authority_id, {person.ref for person in listed})
    for person in listed:
        practice = practices.get(person.practice_code)
        if person.ref in people:
            _bring_up_to_date(people[person.ref], person, practice)
        else:
            people[person.ref] = _new_person(authority_id, person, practice)
    db.add_all(people.values())
    db.flush()
    return people


def address_of(person: ListedPerson) -> str:
    """The lines of an address, one under the other; empty when the list has none."""
    return "\n".join(line for line in (person.address_line_1, person.town, person.postcode) if line)


def birth_of(person: ListedPerson, known: Person | None) -> tuple[date | None, date | None]:
    """Date of birth and expected date, of which one is empty: once born, a child is not expected again."""
    born_on = person.born_on or (known.born_on if known else None)
    if born_on:
        return born_on, None
    return None, person.expected_on or (known.expected_on if known else None)


def _new_person(authority_id: uuid.UUID, listed: ListedPerson, practice: Organisation | None) -> Person:
    person = Person(
        authority_id=authority_id,
        person_ref=listed.ref,
        family_name=listed.family_name,
        given_names=listed.given_names,
        born_on=listed.born_on,
        expected_on=None if listed.born_on else listed.expected_on,
        sex=listed.sex,
    )
    person.identity = PersonIdentity(
        id=person.id,
        authority_id=authority_id,
        nhs_number=listed.nhs_number or None,
        also_known_as=listed.also_known_as or None,
        first_language=listed.first_language,
        interpreter_needed=INTERPRETER_WORDS[listed.interpreter_needed],
        practice_id=practice.id if practice else None,
        school=listed.school_or_nursery or None,
        notes=listed.notes or None,
    )
    person.address = PersonAddress(
        id=person.id,
        authority_id=authority_id,
        lines=address_of(listed),
        is_confidential=listed.is_address_confidential,
    )
    _index(person)
    return person


def _bring_up_to_date(person: Person, listed: ListedPerson, practice: Organisation | None) -> None:
    person.born_on, person.expected_on = birth_of(listed, person)
    _set(person, {"family_name": listed.family_name, "given_names": listed.given_names, "sex": listed.sex})
    _set(
        person.identity,
        {
            "nhs_number": listed.nhs_number,
            "also_known_as": listed.also_known_as,
            "first_language": listed.first_language,
            "interpreter_needed": INTERPRETER_WORDS[listed.interpreter_needed],
            "practice_id": practice.id if practice else None,
            "school": listed.school_or_nursery,
            "notes": listed.notes,
        },
    )
    if person.address is None:
        person.address = PersonAddress(
            id=person.id, authority_id=person.authority_id, lines="", is_confidential=False
        )
    _set(person.address, {"lines": address_of(listed)})
    # A later "no" lifts nothing: somebody may be kept safe by the earlier yes (see `confidential.lift`).
    person.address.is_confidential = person.address.is_confidential or listed.is_address_confidential
    _index(person)


def _set(row: object, values: Mapping[str, object]) -> None:
    """Set what the list says and leave the rest."""
    for name, value in values.items():
        if value and getattr(row, name) != value:
            setattr(row, name, value)


def _index(person: Person) -> None:
    identity, owner = person.identity, person.authority_id
    number = identity.nhs_number
    identity.nhs_number_index = nhs_number_index(owner, number) if number else None
    identity.surname_index = surname_index(owner, person.family_name)
    born_on = person.born_on
    identity.surname_birth_index = (
        surname_and_birth_index(owner, person.family_name, born_on) if born_on else None
    )


def equal_numbers(authority_id: uuid.UUID, people: Iterable[Person]) -> dict[uuid.UUID, uuid.UUID]:
    """Which of these people share an NHS number, each with the one person of the group it is told about.

    The group is all of the authority's people; the same group is always told about the same person.
    """
    numbers = {person.identity.nhs_number_index: person.id for person in people}
    rows = db.execute(
        select(PersonIdentity.nhs_number_index, PersonIdentity.id).where(
            PersonIdentity.authority_id == authority_id,
            PersonIdentity.nhs_number_index.in_([index for index in numbers if index]),
        )
    )
    groups: dict[uuid.UUID, set[uuid.UUID]] = {}
    for index, person_id in rows:
        groups.setdefault(numbers[index], set()).add(person_id)
    return {person_id: max(group) for person_id, group in groups.items() if len(group) > 1}
