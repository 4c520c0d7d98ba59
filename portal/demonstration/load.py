"""Loads the demonstration: a conference list, and answers in every state, as if work had gone on for days."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from sqlalchemy import exists, select

from portal import clock
from portal.accounts.models import User
from portal.accounts.sessions import memberships_of
from portal.authorisation.actor import Actor, Role
from portal.conferences.list_import import keep_list, take_over_at_once
from portal.conferences.list_writing import shift_dates
from portal.conferences.models import Conference, ReportRequest
from portal.context import NOBODY
from portal.database import acting_as, db
from portal.demonstration import practice_work as work
from portal.demonstration import team_work as team
from portal.demonstration.people import Somebody
from portal.demonstration.practice_work import Desk, Practice
from portal.demonstration.stories import STORIES
from portal.partnership.working_days import add_working_days
from portal.submissions.models import Submission

FOLDER = Path(__file__).parent
BEGAN_DAYS_AGO = 12
PACKS_FOR_EACH_CHAIR = 2
NO_LONGER_NAMED = "CPC-27-0060"


@dataclass(frozen=True)
class Turn:
    """What a practice does with a request, and what the contact team then does with it."""

    deed: work.Deed
    decision: str = ""
    """accept, return, record, or nothing yet."""


TURNS = (
    Turn(work.not_started),
    Turn(work.received, "accept"),
    Turn(work.drafting),
    Turn(work.received),
    Turn(work.late),
    Turn(work.received, "return"),
    Turn(work.nothing_found),
    Turn(work.waiting_for_signature),
    Turn(work.not_started, "record"),
    Turn(work.received, "accept"),
    Turn(work.not_registered),
    Turn(work.with_news),
    Turn(work.nothing_found, "accept"),
)
"""Each practice goes through these from another place on, so that every inbox holds nearly every state."""


def is_loaded(officer: Actor) -> bool:
    """Whether the authority has conferences already: then nothing more is loaded."""
    with acting_as(officer.scope):
        return bool(db.scalar(select(exists().where(Conference.authority_id == officer.organisation_id))))


def load_work(everybody: Iterable[Somebody]) -> bool:
    """Load conferences and all that was done about them, unless some are there; says whether it did."""
    actors = list(_actors(everybody))
    officers = [actor for actor in actors if actor.role is Role.CONTACT]
    if is_loaded(officers[0]):
        return False
    conferences = shift_dates((FOLDER / "conferences.csv").read_bytes(), clock.today())
    with clock.moved_to(_moment(BEGAN_DAYS_AGO)):
        _take_over(officers[0], conferences)
    _answer_requests(actors, officers)
    _request_packs(actors)
    team.hold_and_put_off(officers[1])
    _take_over(officers[1], _next_list(conferences))
    return True


def _actors(everybody: Iterable[Somebody]) -> Iterator[Actor]:
    emails = [each.email for each in everybody]
    with acting_as(NOBODY):
        for user_id in db.scalars(select(User.id).where(User.email.in_(emails)).order_by(User.email)).all():
            yield from [membership.as_actor() for membership in memberships_of(user_id)]


def _take_over(officer: Actor, raw: bytes) -> None:
    with acting_as(officer.scope):
        take_over_at_once(officer, keep_list(officer, raw))
    db.expunge_all()


def _next_list(first: bytes) -> bytes:
    """The list of today: one conference is new and in two working days, one is no longer named."""
    day = add_working_days(clock.today(), 2).isoformat()
    new = (FOLDER / "short_notice.csv").read_text(encoding="utf-8").format(day=day)
    kept = [line for line in first.decode().splitlines() if not line.startswith(NO_LONGER_NAMED)]
    return "\n".join([*kept, *new.splitlines()[1:], ""]).encode()


def _answer_requests(actors: list[Actor], officers: list[Actor]) -> None:
    practices = _practices(actors)
    for number, (practice_id, requests) in enumerate(_requests_by_practice(officers[0]).items()):
        for place, (request_id, family) in enumerate(requests):
            desk = Desk(practices[practice_id], request_id, STORIES[(family + number) % len(STORIES)])
            _take_turn(
                desk, TURNS[(place + 5 * number) % len(TURNS)], officers[place % 2], days_ago=2 + place % 7
            )


def _take_turn(desk: Desk, turn: Turn, officer: Actor, days_ago: int) -> None:
    with clock.moved_to(_moment(days_ago)):
        sent_id = work.perform(desk, turn.deed)
    with clock.moved_to(_moment(days_ago - 1)):
        if turn.decision == "accept" and sent_id:
            team.accept(officer, sent_id)
        elif turn.decision == "return" and sent_id:
            team.return_to_practice(officer, sent_id)
        elif turn.decision == "record":
            team.record_reply(officer, desk.request_id)


def _practices(actors: list[Actor]) -> dict[uuid.UUID, Practice]:
    staff: dict[uuid.UUID, list[Actor]] = defaultdict(list)
    for actor in actors:
        staff[actor.organisation_id].append(actor)
    return {
        practice_id: Practice(
            lead=next(each for each in people if each.is_safeguarding_lead),
            clinician=next(
                each for each in people if each.role is Role.CLINICIAN and not each.is_safeguarding_lead
            ),
            administrator=next(each for each in people if each.role is Role.PRACTICE_ADMIN),
        )
        for practice_id, people in staff.items()
        if any(each.is_safeguarding_lead for each in people)
    }


def _requests_by_practice(officer: Actor) -> dict[uuid.UUID, list[tuple[uuid.UUID, int]]]:
    """The requests of each practice, due soonest first, each with the number of its family."""
    found: dict[uuid.UUID, list[tuple[uuid.UUID, int]]] = defaultdict(list)
    with acting_as(officer.scope):
        rows = db.execute(
            select(ReportRequest.practice_id, ReportRequest.id, Conference.reference)
            .join(Conference)
            .order_by(ReportRequest.due_on, Conference.reference)
        ).all()
    for practice_id, request_id, reference in rows:
        found[practice_id].append((request_id, int(reference[-4:])))
    return dict(sorted(found.items()))


def _request_packs(actors: list[Actor]) -> None:
    """For the soonest conferences of each chair that have an answer."""
    for chair in (actor for actor in actors if actor.role is Role.CHAIR):
        with acting_as(chair.scope):
            answered = exists().where(Submission.conference_id == Conference.id)
            soonest = db.scalars(
                select(Conference.id)
                .where(Conference.chair_id == chair.user_id, answered)
                .order_by(Conference.held_on, Conference.reference)
                .limit(PACKS_FOR_EACH_CHAIR)
            ).all()
        for conference_id in soonest:
            team.request_packs(chair, conference_id)


def _moment(days_ago: int) -> datetime:
    """Ten in the morning, so many days ago (Europe/London); an hour ago for today."""
    if days_ago <= 0:
        return clock.now() - timedelta(hours=1)
    day = clock.today() - timedelta(days=days_ago)
    return datetime.combine(day, time(10), tzinfo=clock.LONDON)
