"""What a list says that is not yet so, in words: for the preview, and for the history of a conference."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portal.conferences.directory import Staff
from portal.conferences.list_conferences import ListedConference
from portal.conferences.list_people import ListedPerson
from portal.conferences.listed_people import INTERPRETER_WORDS, address_of, birth_of
from portal.conferences.models import Conference, Involvement
from portal.conferences.people import Person
from portal.conferences.states import ConferenceType, LinkKind, PersonRole
from portal.conferences.ties import Ties
from portal.conferences.wording import ROLE_WORDS, TYPE_WORDS, day_in_words

CHANGED = "changed"
NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Change:
    """One thing that changes. Long or protected text is only said to change."""

    what: str
    before: str
    after: str
    lifts_protection: bool = False

    def __str__(self) -> str:
        return f"{self.what}: {self.before} → {self.after}" if self.before else f"{self.what}: {self.after}"


@dataclass(frozen=True)
class Known:
    """What is known beside the conference itself; its chair stays when taken over by hand."""

    chair_email: str
    keeps_chair: bool
    staff: Staff
    ties: Ties


def is_moved(conference: Conference, listed: ListedConference) -> bool:
    """Whether the day, the hours or the place are other than before: then practices are told."""
    before = (conference.held_on, conference.starts_at, conference.ends_at)
    now = (listed.held_on, listed.starts_at, listed.ends_at)
    return before != now or place_of(conference, listed) != _place(conference)


def place_of(conference: Conference | None, listed: ListedConference) -> tuple[str, str]:
    """Venue and online link as they will be: a list that names neither leaves both as they are."""
    if conference is not None and not listed.venue and not listed.online_link:
        return _place(conference)
    return _place(listed)


def differences(conference: Conference, listed: ListedConference, known: Known) -> tuple[Change, ...]:
    """Everything that would change, conference first, then person by person."""
    parts = {each.person.person_ref: each for each in conference.involvements}
    people: list[Change] = []
    for person in listed.people:
        people += _of_person(parts.get(person.ref), person, known)
    named = {person.ref for person in listed.people}
    gone = [
        Change("No longer in the list", part.person.full_name, "stays until you decide")
        for ref, part in parts.items()
        if ref not in named
    ]
    apart = _of_protection(conference, listed, known.ties)
    return (*_of_conference(conference, listed, known), *people, *apart, *gone)


def _of_conference(conference: Conference, listed: ListedConference, known: Known) -> Iterator[Change]:
    yield from _told("Type", TYPE_WORDS[ConferenceType(conference.type)], TYPE_WORDS[listed.type])
    yield from _told("Day", _day(conference.held_on), _day(listed.held_on))
    yield from _told("Time", _hours(conference), _hours(listed))
    venue, link = place_of(conference, listed)
    yield from _told("Place", conference.venue or "online", venue or "online")
    yield from _quietly("Online link", conference.online_link or "", link, is_erased=True)
    began = conference.strategy_discussion_on
    yield from _told("Strategy discussion", _day(began), _day(listed.strategy_discussion_on))
    if not known.keeps_chair:
        yield from _told("Chair", known.chair_email, listed.chair_email)
    yield from _told("Social worker", conference.social_worker, listed.social_worker)
    phone = conference.social_worker_phone
    yield from _told("Social worker's telephone", phone, listed.social_worker_phone)
    yield from _told("Nurse", conference.nurse_email, ", ".join(listed.nurse_emails))
    yield from _told("Midwife", conference.midwife_email, ", ".join(listed.midwife_emails))
    yield from _quietly("Reason", conference.reason or "", listed.reason)
    yield from _quietly("Questions", conference.questions or "", listed.questions)


def _of_person(part: Involvement | None, listed: ListedPerson, known: Known) -> Iterator[Change]:
    if part is None:
        name = f"{listed.given_names} {listed.family_name}".strip()
        yield Change("Added", "", f"{name}, {ROLE_WORDS[listed.role].lower()}")
        return
    person, name = part.person, part.person.full_name
    said = f"{listed.given_names or person.given_names} {listed.family_name}".strip()
    yield from _told(f"{name}: name", name, said)
    yield from _told(f"{name}: role", ROLE_WORDS[PersonRole(part.role)], ROLE_WORDS[listed.role])
    yield from _born(person, listed)
    practices = known.staff
    after = practices.by_code.get(listed.practice_code)
    before = practices.by_id.get(person.identity.practice_id) if person.identity.practice_id else None
    yield from _told(f"{name}: practice", before.name if before else "", after.name if after else "")
    yield from _details(part, listed)
    yield from _of_children(part, listed, known)


def _born(person: Person, listed: ListedPerson) -> Iterator[Change]:
    born_on, expected_on = birth_of(listed, person)
    yield from _told(f"{person.full_name}: born", _day(person.born_on), _day(born_on))
    yield from _told(f"{person.full_name}: expected", _day(person.expected_on), _day(expected_on))


def _details(part: Involvement, listed: ListedPerson) -> Iterator[Change]:
    person, identity, address = part.person, part.person.identity, part.person.address
    name = person.full_name
    if listed.is_address_confidential and not (address is not None and address.is_confidential):
        yield Change(f"{name}: address is", "not confidential", "confidential")
    at_home = {True: "in the household", False: "not in the household"}
    yield from _told(f"{name}: lives", at_home[part.lives_in_household], at_home[listed.lives_in_household])
    pairs = {
        "NHS number": (identity.nhs_number, listed.nhs_number),
        "address": (address.lines if address else "", address_of(listed)),
        "other names": (identity.also_known_as, listed.also_known_as),
        "sex": (person.sex, listed.sex),
        "first language": (identity.first_language, listed.first_language),
        "interpreter": (identity.interpreter_needed, INTERPRETER_WORDS[listed.interpreter_needed]),
        "school": (identity.school, listed.school_or_nursery),
        "notes": (identity.notes, listed.notes),
        "parental responsibility": (part.parental_responsibility, listed.parental_responsibility),
    }
    for what, (before, after) in pairs.items():
        yield from _quietly(f"{name}: {what}", before or "", after)


def _of_children(part: Involvement, listed: ListedPerson, known: Known) -> Iterator[Change]:
    ids = {each.person.person_ref: each.person_id for each in part.conference.involvements}
    before = known.ties.children_of(part.person_id)
    if listed.parent_of and frozenset(ids.get(ref) for ref in listed.parent_of) != before:
        yield Change(f"{part.person.full_name}: own children", "", CHANGED)


def _of_protection(conference: Conference, listed: ListedConference, ties: Ties) -> Iterator[Change]:
    """Who is kept from learning of whom, by name; a line that names nobody lifts nothing."""
    parts = {each.person.person_ref: each for each in conference.involvements}
    refs = {part.person_id: ref for ref, part in parts.items()}
    names = {line.ref: f"{line.given_names} {line.family_name}".strip() for line in listed.people}
    names |= {ref: part.person.full_name for ref, part in parts.items()}
    for line in (each for each in listed.people if each.must_not_see):
        part = parts.get(line.ref)
        kept_from = ties.of(part.person_id, LinkKind.MUST_NOT_SEE) if part else frozenset()
        before = {refs[person_id] for person_id in kept_from}
        for ref in sorted(before - set(line.must_not_see)):
            words = f"{names[line.ref]} may now be told about {names[ref]}"
            yield Change("Less protected", "", words, lifts_protection=True)
        for ref in sorted(set(line.must_not_see) - before):
            yield Change("Protected", "", f"{names[line.ref]} must not be told about {names[ref]}")


def listed_links(listed: ListedPerson) -> tuple[tuple[LinkKind, tuple[str, ...]], ...]:
    """The person_refs that a line links its person to."""
    return ((LinkKind.PARENT_OF, listed.parent_of), (LinkKind.MUST_NOT_SEE, listed.must_not_see))


def _told(what: str, before: str, after: str) -> Iterator[Change]:
    """A change said with both values; an empty cell changes nothing."""
    if after and before != after:
        yield Change(what, before or NOT_KNOWN, after)


def _quietly(what: str, before: str, after: str, *, is_erased: bool = False) -> Iterator[Change]:
    """A change said without its values, which are long or protected."""
    if before != after and (after or is_erased):
        yield Change(what, "", CHANGED if after else "taken away")


def _day(day: date | None) -> str:
    return day_in_words(day) if day else ""


def _hours(one: Conference | ListedConference) -> str:
    return f"{one.starts_at:%H:%M} to {one.ends_at:%H:%M}"


def _place(one: Conference | ListedConference) -> tuple[str, str]:
    return one.venue, one.online_link or ""
