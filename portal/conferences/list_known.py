"""Whether the people of a list are those known under their numbers, or somebody else."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.conferences import list_cells as cells
from portal.conferences.list_people import ListedPerson
from portal.conferences.list_rows import LineReader


@dataclass(frozen=True)
class KnownPerson:
    """What tells a person of this person_ref from another; empty where it is not known yet."""

    family_name: str
    given_names: str
    born_on: date | None
    nhs_number: str
    is_address_confidential: bool


KnownPeople = Callable[[Collection[str]], Mapping[str, KnownPerson]]
"""Looks up who is known under some person_refs; who is not there is new."""


def nobody_known(refs: Collection[str]) -> Mapping[str, KnownPerson]:
    """For a list that is read by itself."""
    del refs
    return {}


def check_known(readers: Sequence[LineReader], known_people: KnownPeople) -> None:
    """Record what contradicts a person who is known under the same person_ref.

    Another date of birth or NHS number stops the line: either may be wrong, or the number somebody else's,
    and nothing tells which. One that is gained is welcome. People do change names: that is only told.
    """
    named = [reader for reader in readers if not reader.is_bad("person_ref")]
    known = known_people({reader.text("person_ref") for reader in named} - {""})
    for reader in named:
        person = known.get(reader.text("person_ref"))
        if person is not None:
            _check(reader, person)


def _check(reader: LineReader, known: KnownPerson) -> None:
    unclear = "check which is right, or whether the number is somebody else's"
    born_on = reader.value("date_of_birth", cells.day)
    if is_other(known.born_on, born_on):
        reader.stop("date_of_birth", f"not the one known for this person_ref: {unclear}")
    if is_other(known.nhs_number, reader.value("nhs_number", cells.nhs_number)):
        reader.stop("nhs_number", f"not the one known for this person_ref: {unclear}")
    for column, name in (("family_name", known.family_name), ("given_names", known.given_names)):
        if is_other(name.casefold(), reader.text(column).casefold()):
            reader.note(column, "not as known for this person_ref: it will be changed")
    if known.is_address_confidential and reader.value("address_confidential", cells.yes_or_no) is False:
        reader.note("address_confidential", "no, but the address is known as confidential: it is kept so")


def who_else(known: KnownPerson, typed: ListedPerson) -> str:
    """Why the person typed by hand cannot be the one known under this number; empty when they may be.

    Stricter than a list, which repeats numbers by machine. An equal NHS number allows other given names:
    without it they may be a twin's.
    """
    if is_other(known.born_on, typed.born_on):
        return "another date of birth"
    if is_other(known.nhs_number, typed.nhs_number):
        return "another NHS number"
    if is_other(known.family_name.casefold(), typed.family_name.casefold()):
        return "another family name"
    is_certain = bool(typed.nhs_number) and known.nhs_number == typed.nhs_number
    if not is_certain and is_other(known.given_names.casefold(), typed.given_names.casefold()):
        return "other given names"
    return ""


def is_other(known: object, said: object) -> bool:
    """Whether both are there and differ: what one side does not know contradicts nothing."""
    return bool(known and said) and known != said
