"""The smallest valid things, made in the scope of whoever would make them."""

import itertools
from datetime import date, time, timedelta

from portal import clock
from portal.accounts import actions as accounts
from portal.accounts.models import Credential, Membership, Organisation, User
from portal.authorisation.actor import Actor, OrganisationKind, Role, authority_scope
from portal.conferences.models import (
    Conference,
    FamilyLink,
    Involvement,
    ReportRequest,
    RequestPerson,
)
from portal.conferences.people import Person, PersonAddress, PersonIdentity
from portal.conferences.states import (
    ConferenceState,
    ConferenceType,
    LinkKind,
    Progress,
    RequestState,
    Sight,
)
from portal.context import DatabaseRole, Scope
from portal.crypto.blind_index import nhs_number_index, surname_and_birth_index, surname_index
from portal.database import acting_as, db, new_id

PLATFORM = Scope(DatabaseRole.PLATFORM, new_id())
_numbers = itertools.count(1)


def make_organisation(kind: OrganisationKind, name: str, code: str = "") -> Organisation:
    number = next(_numbers)
    with acting_as(PLATFORM):
        return accounts.add_organisation(
            kind,
            code or f"Y9{number:04d}",
            name,
            telephone=f"0121 496 0{number % 1000:03d}",
            email=f"safeguarding{number}@example.org",
        )


def make_authority(name: str = "Bromsley Council") -> Organisation:
    return make_organisation(OrganisationKind.AUTHORITY, name)


def make_practice(name: str = "Lakeside Surgery") -> Organisation:
    return make_organisation(OrganisationKind.PRACTICE, name)


def make_actor(
    organisation: Organisation,
    role: Role,
    *,
    name: str = "",
    is_safeguarding_lead: bool = False,
    ends_on: date | None = None,
) -> Actor:
    """Somebody of this organisation, in this role; their credential opens nothing (see test_sign_in)."""
    number = next(_numbers)
    with acting_as(PLATFORM):
        user = User(email=f"person{number}@example.org", name=name or f"Person {number}", is_suspended=False)
        db.add(user)
        db.flush()
        db.add(Credential(id=user.id, password_hash="-", totp_secret="-", totp_last_step=0))
        membership = accounts.add_membership(
            user, organisation, role, is_safeguarding_lead=is_safeguarding_lead, ends_on=ends_on
        )
        db.flush()
        return actor_of(membership, user, organisation)


def actor_of(membership: Membership, user: User, organisation: Organisation) -> Actor:
    return Actor(
        name=user.name,
        role=Role(membership.role),
        organisation_id=organisation.id,
        organisation_kind=OrganisationKind(organisation.kind),
        organisation_name=organisation.name,
        user_id=user.id,
        membership_id=membership.id,
        is_safeguarding_lead=membership.is_safeguarding_lead,
    )


def nhs_number(seed: int) -> str:
    """A valid number of the test range 999."""
    for stem in itertools.count(seed):
        digits = f"999{stem % 1_000_000:06d}"
        check = 11 - sum(int(d) * w for d, w in zip(digits, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            return digits + str(check % 11)
    raise AssertionError


def make_person(
    authority: Organisation,
    *,
    family_name: str = "Okafor",
    given_names: str = "",
    born_on: date | None = date(2019, 5, 4),
    expected_on: date | None = None,
    practice: Organisation | None = None,
    address: str = "7 Chapel Walk, Bromsley, ZZ2 2DG",
    is_confidential: bool = False,
    sex: str = "female",
) -> Person:
    number = next(_numbers)
    nhs = None if expected_on else nhs_number(number * 37)
    with acting_as(authority_scope(authority.id)):
        person = Person(
            authority_id=authority.id,
            person_ref=f"P{number:05d}",
            family_name=family_name,
            given_names=given_names or f"Given{number}",
            born_on=None if expected_on else born_on,
            expected_on=expected_on,
            sex=sex,
        )
        db.add(person)
        db.flush()
        db.add(
            PersonIdentity(
                id=person.id,
                authority_id=authority.id,
                nhs_number=nhs,
                nhs_number_index=nhs_number_index(authority.id, nhs) if nhs else None,
                surname_index=surname_index(authority.id, family_name),
                surname_birth_index=surname_and_birth_index(authority.id, family_name, born_on)
                if born_on and not expected_on
                else None,
                first_language="English",
                interpreter_needed="no",
                practice_id=practice.id if practice else None,
            )
        )
        db.add(
            PersonAddress(
                id=person.id, authority_id=authority.id, lines=address, is_confidential=is_confidential
            )
        )
    return person


def make_conference(
    authority: Organisation,
    chair: Actor,
    people: list[tuple[Person, str]],
    *,
    type: ConferenceType = ConferenceType.INITIAL,
    held_on: date | None = None,
    parent_of: list[tuple[Person, Person]] | None = None,
    must_not_see: list[tuple[Person, Person]] | None = None,
    is_address_confidential: bool = False,
    reason: str | None = "Domestic abuse reported twice this year.",
) -> Conference:
    """A planned conference about these people, each with a role; requests are made by `make_request`."""
    number = next(_numbers)
    day = held_on or clock.today() + timedelta(days=21)
    with acting_as(authority_scope(authority.id)):
        conference = Conference(
            authority_id=authority.id,
            reference=f"CPC-27-{number:04d}",
            type=type,
            state=ConferenceState.PLANNED,
            held_on=day,
            starts_at=time(10),
            ends_at=time(12),
            venue="Council House, Committee Room 2",
            chair_id=chair.user_id,
            social_worker="C. Dunn",
            social_worker_phone="0121 496 0101",
            nurse_email="beststart1@nursing.example.org",
            midwife_email="",
            family_name=people[0][0].family_name,
            reason=reason,
            questions="Were appointments kept?",
            is_address_confidential=is_address_confidential,
            due_on=day - timedelta(days=5),
            is_short_notice=False,
            booked_at=clock.now(),
        )
        db.add(conference)
        db.flush()
        for position, (person, role) in enumerate(people):
            db.add(
                Involvement(
                    authority_id=authority.id,
                    conference_id=conference.id,
                    person_id=person.id,
                    position=position,
                    role=role,
                    lives_in_household=True,
                    parental_responsibility="",
                )
            )
        for kind, pairs in ((LinkKind.PARENT_OF, parent_of), (LinkKind.MUST_NOT_SEE, must_not_see)):
            for person, other in pairs or []:
                db.add(
                    FamilyLink(
                        conference_id=conference.id,
                        person_id=person.id,
                        kind=kind,
                        other_id=other.id,
                        authority_id=authority.id,
                    )
                )
    return conference


def make_request(
    conference: Conference,
    practice: Organisation,
    asked: list[Person],
    outline: list[Person] | None = None,
    hidden: list[Person] | None = None,
) -> ReportRequest:
    """A request to one practice, granting it sight of these people."""
    seen = [(Sight.ASKED, asked), (Sight.OUTLINE, outline or []), (Sight.HIDDEN, hidden or [])]
    with acting_as(authority_scope(conference.authority_id)):
        request = ReportRequest(
            authority_id=conference.authority_id,
            practice_id=practice.id,
            conference_id=conference.id,
            state=RequestState.OPEN,
            progress=Progress.NOT_STARTED,
            conference_on=conference.held_on,
            due_on=conference.due_on,
            is_short_notice=False,
            created_at=clock.now(),
        )
        db.add(request)
        db.flush()
        everybody = [(sight, person) for sight, people in seen for person in people]
        for position, (sight, person) in enumerate(everybody):
            db.add(
                RequestPerson(
                    authority_id=conference.authority_id,
                    practice_id=practice.id,
                    conference_id=conference.id,
                    request_id=request.id,
                    person_id=person.id,
                    position=position,
                    sight=sight,
                )
            )
    return request
