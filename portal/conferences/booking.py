"""Booking: the one way a conference comes in, from a list or by hand, and the one way it changes."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from typing import NamedTuple

from sqlalchemy import delete, func, select

from portal import clock
from portal.authorisation.actor import Actor
from portal.conferences.actions import note_event
from portal.conferences.comparing import Compared, Outcome, compare
from portal.conferences.confidential import keep_confidential
from portal.conferences.differences import listed_links, place_of
from portal.conferences.directory import Staff
from portal.conferences.due import due_for
from portal.conferences.follow_up import Booked, PeopleChanged, follow_up
from portal.conferences.list_conferences import ListedConference
from portal.conferences.listed_people import keep_people, people_by_ref
from portal.conferences.models import Conference, FamilyLink, Involvement
from portal.conferences.people import Person
from portal.conferences.states import ConferenceState, LinkKind, PersonRole, RequestState
from portal.database import db

People = Mapping[str, Person]


class Standing(NamedTuple):
    """What of a person concerns more than one conference when it changes."""

    practice_id: uuid.UUID | None
    number_index: bytes | None


UNKNOWN = Standing(None, None)


def take_turns(authority_id: uuid.UUID) -> None:
    """Until the transaction ends, nobody else of this authority books or confirms a list: they wait."""
    lock_number = int.from_bytes(authority_id.bytes[:8], "big", signed=True)
    db.execute(select(func.pg_advisory_xact_lock(lock_number)))


def book_all(
    actor: Actor, listed: Sequence[ListedConference], staff: Staff, *, is_from_list: bool = True
) -> list[Compared]:
    """Take these conferences over: book the new, change the changed, ask practices, tell whom it concerns.

    Returns what became of each, in order. Safe to repeat: what already is as listed stays as it is. In the
    authority's scope; the caller commits.
    """
    take_turns(actor.organisation_id)
    compared = compare(actor.organisation_id, listed, staff)
    working = [each for each in compared if each.outcome is not Outcome.UNCHANGED]
    lines = [person for each in working for person in each.listed.people]
    before = _standing_of(people_by_ref(actor.organisation_id, {line.ref for line in lines}))
    people = keep_people(actor.organisation_id, lines, staff.by_code)
    with db.no_autoflush:
        done = {each.listed.ref: _take_over(actor, each, people, staff) for each in working}
    db.flush()
    for each in working:
        _link(done[each.listed.ref], each.listed, people)
    keep_confidential([person.id for person in people.values()])
    follow_up(actor, list(done.values()), _changed(before, people), staff)
    made = {ref: booked.conference for ref, booked in done.items()}
    result = [replace(each, conference=made.get(each.listed.ref, each.conference)) for each in compared]
    for each in result if is_from_list else []:
        if each.conference is not None:
            each.conference.list_digest = each.digest
    return result


def _standing_of(people: People) -> dict[str, Standing]:
    return {
        ref: Standing(person.identity.practice_id, person.identity.nhs_number_index)
        for ref, person in people.items()
    }


def _changed(before: Mapping[str, Standing], people: People) -> PeopleChanged:
    now = _standing_of(people)
    return PeopleChanged(
        moved_refs={ref for ref in before if before[ref].practice_id != now[ref].practice_id},
        renumbered_ids={
            people[ref].id for ref in now if before.get(ref, UNKNOWN).number_index != now[ref].number_index
        },
    )


def _take_over(actor: Actor, compared: Compared, people: People, staff: Staff) -> Booked:
    """One conference as listed; history is written where readers look for it."""
    if compared.conference is None:
        conference = _new_conference(actor, compared.listed, people, staff)
        note_event(actor, conference, "booked")
        return Booked(conference, is_new=True)
    conference = compared.conference
    had_reason, had_questions = bool(conference.reason), conference.questions
    was_due = _due_days(conference)
    counted_from = conference.held_on, conference.type
    _change_conference(conference, compared, staff)
    _change_family(conference, compared.listed, people)
    if counted_from != (conference.held_on, conference.type):
        _set_due(conference)
    note_event(actor, conference, "changed", "\n".join(map(str, compared.changes)))
    return Booked(
        conference,
        is_moved=compared.is_moved or was_due != _due_days(conference),
        has_gained_reason=bool(conference.reason) and not had_reason,
        has_other_questions=bool(conference.questions) and conference.questions != had_questions,
    )


def _new_conference(actor: Actor, listed: ListedConference, people: People, staff: Staff) -> Conference:
    now = clock.now()
    conference = Conference(
        authority_id=actor.organisation_id,
        reference=listed.ref,
        type=listed.type,
        state=ConferenceState.PLANNED,
        strategy_discussion_on=listed.strategy_discussion_on,
        held_on=listed.held_on,
        starts_at=listed.starts_at,
        ends_at=listed.ends_at,
        venue=listed.venue,
        online_link=listed.online_link or None,
        chair_id=staff.chair_ids[listed.chair_email],
        social_worker=listed.social_worker,
        social_worker_phone=listed.social_worker_phone,
        nurse_email=", ".join(listed.nurse_emails),
        midwife_email=", ".join(listed.midwife_emails),
        reason=listed.reason or None,
        questions=listed.questions or None,
        booked_at=now,
        involvements=[],
        requests=[],
    )
    due = due_for(conference, now)
    conference.due_on, conference.due_at, conference.is_short_notice = due.on, due.at, due.is_short_notice
    _change_family(conference, listed, people)
    db.add(conference)
    return conference


def _change_conference(conference: Conference, compared: Compared, staff: Staff) -> None:
    """What the list says; an empty cell leaves what is known."""
    listed = compared.listed
    conference.type = listed.type
    conference.strategy_discussion_on = listed.strategy_discussion_on or conference.strategy_discussion_on
    conference.held_on = listed.held_on
    conference.starts_at, conference.ends_at = listed.starts_at, listed.ends_at
    venue, link = place_of(conference, listed)
    conference.venue, conference.online_link = venue, link or None
    if not compared.keeps_chair:
        conference.chair_id = staff.chair_ids[listed.chair_email]
    conference.social_worker = listed.social_worker or conference.social_worker
    conference.social_worker_phone = listed.social_worker_phone or conference.social_worker_phone
    conference.nurse_email = ", ".join(listed.nurse_emails) or conference.nurse_email
    conference.midwife_email = ", ".join(listed.midwife_emails) or conference.midwife_email
    conference.reason = listed.reason or conference.reason
    conference.questions = listed.questions or conference.questions


def _change_family(conference: Conference, listed: ListedConference, people: People) -> None:
    """Everybody listed has a part; whom the list leaves out keeps theirs until somebody decides."""
    parts = {each.person_id: each for each in conference.involvements}
    for position, line in enumerate(listed.people):
        person = people[line.ref]
        part = parts.get(person.id) or _new_part(conference, person)
        part.position, part.role = position, line.role
        part.lives_in_household = line.lives_in_household
        part.parental_responsibility = line.parental_responsibility or part.parental_responsibility
    conference.family_name = _family_name(conference)
    conference.is_address_confidential = any(
        each.person.address is not None and each.person.address.is_confidential
        for each in conference.involvements
    )


def _new_part(conference: Conference, person: Person) -> Involvement:
    part = Involvement(
        authority_id=conference.authority_id,
        conference_id=conference.id,
        person_id=person.id,
        person=person,
        parental_responsibility="",
    )
    conference.involvements.append(part)
    return part


def _family_name(conference: Conference) -> str:
    """Surname of the first child the conference is about, else of the first person."""
    parts = sorted(conference.involvements, key=lambda each: each.position)
    subjects = [each for each in parts if each.role == PersonRole.SUBJECT]
    return (subjects or parts)[0].person.family_name


def _due_days(conference: Conference) -> list[tuple[date, time | None]]:
    """When reports are due: for the conference, and for each request, which may have been made later."""
    requests = [(request.due_on, request.due_at) for request in conference.requests]
    return [(conference.due_on, conference.due_at), *requests]


def _set_due(conference: Conference) -> None:
    """Count the due day anew, for the conference and whoever is asked: only when the conference moves."""
    due = due_for(conference, clock.now())
    conference.due_on, conference.due_at, conference.is_short_notice = due.on, due.at, due.is_short_notice
    for request in conference.requests:
        if request.state != RequestState.WITHDRAWN:
            request.conference_on = conference.held_on
            request.due_on, request.due_at = due.on, due.at
            request.is_short_notice = due.is_short_notice


def _link(booked: Booked, listed: ListedConference, people: People) -> None:
    """Links as listed; a line that names nobody leaves those there are: silence lifts nothing."""
    conference = booked.conference
    for line in listed.people:
        person_id = people[line.ref].id
        for kind, refs in listed_links(line):
            if refs and not booked.is_new:
                _unlink(conference.id, person_id, kind)
            db.add_all(
                FamilyLink(
                    conference_id=conference.id,
                    person_id=person_id,
                    kind=kind,
                    other_id=people[ref].id,
                    authority_id=conference.authority_id,
                )
                for ref in dict.fromkeys(refs)
            )


def _unlink(conference_id: uuid.UUID, person_id: uuid.UUID, kind: LinkKind) -> None:
    db.execute(
        delete(FamilyLink).where(
            FamilyLink.conference_id == conference_id,
            FamilyLink.person_id == person_id,
            FamilyLink.kind == kind,
        )
    )
