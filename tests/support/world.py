"""Two sides that must not see each other: an authority with one of everything, and another with the same."""

import base64
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from portal import clock
from portal.accounts.models import Organisation
from portal.accounts.parking import park
from portal.authorisation.actor import Actor, OrganisationKind, Role, authority_scope, practice_scope
from portal.conferences.list_models import ConferenceList
from portal.conferences.queries import get_request
from portal.conferences.states import ListState
from portal.contacts.actions import open_contact
from portal.contacts.states import ContactKind
from portal.database import acting_as, db, new_id
from portal.documents.storage import store
from portal.packs.models import Pack
from portal.packs.states import Audience, PackState
from portal.questionnaire.registry import current
from portal.questionnaire.situation import PersonAsked, Situation
from portal.reports import actions as reports
from portal.reports.actions import Typed
from portal.reports.drafts import draft_of
from portal.submissions.actions import receive
from portal.submissions.content import FrozenReport
from portal.submissions.states import SubmissionKind
from tests.support import factories as make

LIST = Path(__file__).parent / "lists" / "conferences.csv"


@dataclass
class Side:
    """One authority, one practice, the people of both, and the ids of what belongs to them."""

    authority: Organisation
    practice: Organisation
    people: dict[str, Actor]
    ids: dict[str, uuid.UUID] = field(default_factory=dict)
    """By the name that the part of a URL has."""


def make_side() -> Side:
    """Everything a route may be asked about, on one side."""
    authority, practice = make.make_authority(), make.make_practice()
    side = Side(authority, practice, _people(authority, practice))
    _add_conference(side)
    _add_submission(side)
    side.ids["parked_id"] = park(side.people["clinician"].user_id, "/requests", [("text", "Typed")])
    with acting_as(authority_scope(authority.id)):
        _add_contact(side)
        _add_packs(side)
        _add_list(side)
    db.commit()
    return side


def _people(authority: Organisation, practice: Organisation) -> dict[str, Actor]:
    nursing = make.make_organisation(OrganisationKind.NURSING_SERVICE, "Best Start")
    health = make.make_organisation(OrganisationKind.HEALTH_SAFEGUARDING, "Integrated Care Board")
    platform = make.make_organisation(OrganisationKind.PLATFORM, "The platform")
    return {
        "clinician": make.make_actor(practice, Role.CLINICIAN),
        "safeguarding lead": make.make_actor(practice, Role.CLINICIAN, is_safeguarding_lead=True),
        "practice administrator": make.make_actor(practice, Role.PRACTICE_ADMIN),
        "contact team": make.make_actor(authority, Role.CONTACT),
        "chair": make.make_actor(authority, Role.CHAIR),
        "another chair": make.make_actor(authority, Role.CHAIR),
        "authority administrator": make.make_actor(authority, Role.AUTHORITY_ADMIN),
        "auditor": make.make_actor(authority, Role.AUDITOR),
        "nurse": make.make_actor(nursing, Role.NURSE),
        "named professional": make.make_actor(health, Role.NAMED_PROFESSIONAL),
        "platform administrator": make.make_actor(platform, Role.PLATFORM_ADMIN),
    }


def _add_conference(side: Side) -> None:
    child = make.make_person(side.authority, practice=side.practice)
    mother = make.make_person(side.authority, practice=side.practice, born_on=make.date(1990, 2, 3))
    family = [(child, "subject"), (mother, "mother")]
    conference = make.make_conference(
        side.authority, side.people["chair"], family, parent_of=[(mother, child)]
    )
    request = make.make_request(conference, side.practice, [child, mother])
    side.ids["aside_id"] = _start_report(side, request.id)
    side.ids |= {"conference_id": conference.id, "request_id": request.id, "person_id": child.id}


def _start_report(side: Side, request_id: uuid.UUID) -> uuid.UUID:
    """A draft with one section written, and another text of it set aside; returns the latter's id."""
    clinician = side.people["clinician"]
    with acting_as(clinician.scope):
        report = reports.start_report(clinician, get_request(clinician, request_id))
        db.flush()
        part = draft_of(report).parts[0]
        reports.save_section(clinician, report, part, Typed({"corrections": "One"}, 0, new_id()))
        aside = reports.set_aside(clinician, report, part, Typed({"corrections": "Two"}, 0, new_id()))
        return aside.id


def _add_submission(side: Side) -> None:
    """A report to another conference: the request of the first one stays open."""
    child = make.make_person(side.authority, practice=side.practice)
    conference = make.make_conference(side.authority, side.people["chair"], [(child, "subject")])
    request = make.make_request(conference, side.practice, [child])
    asked = PersonAsked(str(child.id), child.full_name, "subject", is_unborn=False, is_asked=True)
    report = FrozenReport(current("initial").version, Situation("initial", (asked,), frozenset()), parts=())
    with acting_as(practice_scope(side.practice.id)):
        sent = receive(
            side.people["clinician"], request, SubmissionKind.REPORT, report, idempotency_key=new_id()
        )
    side.ids["submission_id"] = sent.id


def _add_contact(side: Side) -> None:
    """The contact that the submission opened."""
    contact = open_contact(
        side.authority.id, ContactKind.REPORT, side.ids["submission_id"], due_on=clock.today()
    )
    side.ids["contact_id"] = contact.id


def _add_packs(side: Side) -> None:
    for name, audience in (("pack_id", Audience.PROFESSIONALS), ("chairs_pack_id", Audience.CHAIR)):
        pack = Pack(
            authority_id=side.authority.id,
            conference_id=side.ids["conference_id"],
            audience=audience,
            number=1,
            state=PackState.READY,
            requested_at=clock.now(),
            requested_by_name="The portal",
            built_at=clock.now(),
            readers_digest=b"-",
            meeting_digest=b"-",
            pdf_id=store(side.authority.id, "application/pdf", b"%PDF-1.7 sample").id,
            word_id=store(side.authority.id, "application/zip", b"PK sample").id,
        )
        db.add(pack)
        side.ids[name] = pack.id


def _add_list(side: Side) -> None:
    listed = ConferenceList(
        authority_id=side.authority.id,
        uploaded_at=clock.now(),
        uploaded_by_id=side.people["contact team"].user_id,
        uploaded_by_name="Somebody",
        content=base64.b64encode(LIST.read_bytes()).decode(),
        state=ListState.READ,
        **dict.fromkeys(
            ("total", "done", "new", "changed", "unchanged", "left_out", "omitted", "done_to_line"), 0
        ),
    )
    db.add(listed)
    side.ids["list_id"] = listed.id
