"""Three families: kept apart with a confidential address; twins at one practice; three practices."""

import uuid
from dataclasses import dataclass, field
from datetime import date

from portal import database
from portal.authorisation.actor import Actor, Role, authority_scope, practice_scope
from portal.conferences.models import Conference, ReportRequest
from portal.conferences.people import PersonIdentity
from portal.conferences.queries import situation_of
from portal.conferences.states import ConferenceType
from portal.database import acting_as, db, new_id
from portal.questionnaire.registry import current
from portal.submissions.actions import receive
from portal.submissions.content import Content, FrozenReport
from portal.submissions.reading import split_restricted
from portal.submissions.states import SubmissionKind
from tests.packs.canaries import Aviary
from tests.support import factories as make

SCHOOL = "Zqschool Primary"
ADDRESS = "7 Zqwalk, Bromsley, ZZ2 2DG"


@dataclass
class Family:
    """A conference, its people and practices; every name in it is in no other."""

    chair: Actor
    conference_id: uuid.UUID
    reference: str
    people: dict[str, uuid.UUID]
    requests: dict[str, uuid.UUID]
    practices: dict[str, uuid.UUID]
    clinicians: dict[str, Actor]
    parent_of: dict[str, set[str]]
    must_not_see: dict[str, set[str]]
    children: set[str]
    is_address_confidential: bool
    authority_id: uuid.UUID
    aviary: Aviary = field(default_factory=Aviary)

    def readable(self, person_id: str) -> set[str]:
        return self.parent_of.get(person_id, set()) - self.must_not_see.get(person_id, set())

    def id(self, name: str) -> str:
        return str(self.people[name])

    @property
    def scope(self):
        return authority_scope(self.authority_id)

    @property
    def conference(self) -> Conference:
        """To be asked for in the authority's scope."""
        return db.get_one(Conference, self.conference_id)

    def hand_in(self, practice: str) -> uuid.UUID:
        """A whole report with a canary in every answer, signed at this practice; returns its id."""
        clinician = self.clinicians[practice]
        with acting_as(practice_scope(self.practices[practice])):
            request = db.get_one(ReportRequest, self.requests[practice])
            situation = situation_of(request)
            named = [person.id for person in situation.people]
            children = [each for each in named if each in self.children]
            adults = [each for each in named if each not in self.children]
            groups = [
                (children, [], False),
                (children[:1], adults[-1:], False),
                (children[-1:], [], True),
                (adults[:1], [], False),
                ([], [], False),
            ]
            typed = [
                (
                    part.section.key,
                    part.person.id if part.person else None,
                    self.aviary.answers(part, groups),
                )
                for part in current(situation.conference_type).sections_for(situation)
            ]
            split = split_restricted("gp_report_v1", situation, typed)
            content = FrozenReport("gp_report_v1", situation, split.parts, signed_by=clinician.name)
            submission = receive(
                clinician,
                request,
                SubmissionKind.REPORT,
                content,
                restricted=split.restricted,
                idempotency_key=new_id(),
            )
            submission_id = submission.id
        commit_and_forget()
        return submission_id


def _family(people, practices, *, parent_of, must_not_see=(), type=ConferenceType.INITIAL, **keywords):
    """`people`: name → (role, practice); `practices`: name → (asked, outline, hidden)."""
    authority = make.make_authority()
    chair = make.make_actor(authority, Role.CHAIR, name="Chair Zqchair")
    places = {name: make.make_practice(name) for name in practices}
    clinicians = {
        name: make.make_actor(place, Role.CLINICIAN, name=f"Dr Zqdoctor{number}")
        for number, (name, place) in enumerate(places.items())
    }
    is_confidential = keywords.get("is_address_confidential", False)
    made = {
        name: _person(authority, name, role, places[at], is_confidential)
        for name, (role, at) in people.items()
    }
    conference = make.make_conference(
        authority,
        chair,
        [(made[name], role) for name, (role, _) in people.items()],
        type=type,
        parent_of=[(made[one], made[other]) for one, other in parent_of],
        must_not_see=[(made[one], made[other]) for one, other in must_not_see],
        **keywords,
    )
    requests = {
        name: make.make_request(conference, places[name], *([made[each] for each in who] for who in groups))
        for name, groups in practices.items()
    }
    family = Family(
        authority_id=authority.id,
        chair=chair,
        conference_id=conference.id,
        reference=conference.reference,
        people={name: person.id for name, person in made.items()},
        requests={name: request.id for name, request in requests.items()},
        practices={name: place.id for name, place in places.items()},
        clinicians=clinicians,
        parent_of=_pairs(made, parent_of),
        must_not_see=_pairs(made, must_not_see),
        children={str(made[name].id) for name, (role, _) in people.items() if role == "subject"},
        is_address_confidential=is_confidential,
    )
    commit_and_forget()
    return family


def send(family: Family, practice: str, kind: SubmissionKind, content: Content) -> uuid.UUID:
    """Hand in something that is no report, as this practice's clinician; returns its id."""
    with acting_as(practice_scope(family.practices[practice])):
        request = db.get_one(ReportRequest, family.requests[practice])
        sent = receive(family.clinicians[practice], request, kind, content, idempotency_key=new_id()).id
    commit_and_forget()
    return sent


def commit_and_forget() -> None:
    """What one side has loaded is not there for the next, as in two requests."""
    database.commit()
    db.expunge_all()


def _person(authority, name, role, practice, is_confidential):
    given, _, family_name = name.partition(" ")
    person = make.make_person(
        authority,
        given_names=given,
        family_name=family_name,
        born_on=date(2015, 5, 14) if role == "subject" else date(1985, 3, 15),
        practice=practice,
        address=ADDRESS,
        is_confidential=is_confidential,
    )
    with acting_as(authority_scope(authority.id)):
        identity = db.get(PersonIdentity, person.id)
        identity.school = SCHOOL
        db.flush()
    return person


def _pairs(made, pairs):
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(str(made[one].id), set()).add(str(made[other].id))
    return found


def kept_apart() -> Family:
    return _family(
        {
            "Freya Zqrourke": ("subject", "Zqlake Surgery"),
            "Sarah Zqrourke": ("mother", "Zqlake Surgery"),
            "Lee Zqtromans": ("father", "Zqgreen Surgery"),
        },
        {
            "Zqlake Surgery": (["Freya Zqrourke", "Sarah Zqrourke"], ["Lee Zqtromans"], []),
            "Zqgreen Surgery": (["Lee Zqtromans"], ["Freya Zqrourke"], ["Sarah Zqrourke"]),
        },
        parent_of=[("Sarah Zqrourke", "Freya Zqrourke"), ("Lee Zqtromans", "Freya Zqrourke")],
        must_not_see=[("Lee Zqtromans", "Freya Zqrourke"), ("Lee Zqtromans", "Sarah Zqrourke")],
        is_address_confidential=True,
    )


def twins() -> Family:
    people = {
        "Layla Zqunder": ("subject", "Zqchad Surgery"),
        "Ben Zqunder": ("subject", "Zqchad Surgery"),
        "Magda Zqunder": ("mother", "Zqchad Surgery"),
        "Darren Zqzaman": ("father", "Zqchad Surgery"),
    }
    both = ["Layla Zqunder", "Ben Zqunder"]
    return _family(
        people,
        {"Zqchad Surgery": (list(people), [], [])},
        parent_of=[(one, child) for one in ("Magda Zqunder", "Darren Zqzaman") for child in both],
    )


def three_practices() -> Family:
    home = ["Musa Zqfarrow", "Olivia Zqfarrow", "Grace Zqfarrow", "Kelly Zqfarrow"]
    people = dict.fromkeys(home[:3], ("subject", "Zqfurnace Practice")) | {
        "Kelly Zqfarrow": ("mother", "Zqfurnace Practice"),
        "Wayne Zqwayne": ("father", "Zqfoundry Surgery"),
        "Daz Zqchaudhry": ("partner", "Zqtollgate Practice"),
    }
    return _family(
        people,
        {
            "Zqfurnace Practice": (home, ["Wayne Zqwayne", "Daz Zqchaudhry"], []),
            "Zqfoundry Surgery": (["Wayne Zqwayne"], [*home, "Daz Zqchaudhry"], []),
            "Zqtollgate Practice": (["Daz Zqchaudhry"], [*home, "Wayne Zqwayne"], []),
        },
        parent_of=[
            *(("Kelly Zqfarrow", child) for child in home[:3]),
            ("Wayne Zqwayne", "Musa Zqfarrow"),
            ("Wayne Zqwayne", "Grace Zqfarrow"),
            ("Daz Zqchaudhry", "Olivia Zqfarrow"),
        ],
        type=ConferenceType.REVIEW,
    )
