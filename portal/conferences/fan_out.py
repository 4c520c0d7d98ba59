"""One request to every practice that holds anyone in the family, and what each practice may see.

Who sees whom (design section 4). A practice sees in full, and is asked about, its own patients only. Of the
others it reads the outline: name, role, age, household. Two rules keep people apart, both decided for the
practice as a whole, because whoever opens one record there can open the next:

- An adult whom anybody asked about here must not learn of is hidden and reads "another adult". "Anybody" and
  not "everybody": at a practice that holds a violent father and one child of his, the mother's name must not
  stand on a page about the father, whatever else the practice knows.
- A brother or sister of whom anybody asked about here must not learn gets no row at all.
- The children the conference is about stay in outline even then: the practice is asked what it knows of them
  through its patient, and who must not be told stands on the request.

The mother's practice does see a father's outline where only he is barred from her: it must know of whom to
beware. An unborn child is asked about at the mother's practice, where its antenatal record is.
"""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from portal import clock
from portal.accounts.models import Organisation
from portal.authorisation.actor import Actor
from portal.conferences.actions import move_request
from portal.conferences.due import due_for
from portal.conferences.models import Conference, Involvement, ReportRequest, RequestPerson
from portal.conferences.states import (
    PersonAnswer,
    PersonRole,
    Progress,
    RequestMove,
    RequestState,
    Sight,
)
from portal.conferences.ties import Ties, ties_of
from portal.database import db
from portal.partnership.due_dates import Due

NOTHING_TO_TAKE_BACK = (RequestState.WITHDRAWN, RequestState.NOT_REGISTERED)
ALREADY_ANSWERED = (RequestState.ANSWERED, RequestState.NOTHING_FOUND)


@dataclass
class Asked:
    """What changed: requests made, those that ask about more people than before, those taken back."""

    new: list[ReportRequest] = field(default_factory=list)
    widened: list[ReportRequest] = field(default_factory=list)
    withdrawn: list[ReportRequest] = field(default_factory=list)


def ask_practices(
    actor: Actor, conference: Conference, ties: Ties, practices: Mapping[uuid.UUID, Organisation]
) -> Asked:
    """Bring the requests of a conference in line with where its people are registered; safe to repeat.

    In the authority's scope. A practice that no longer holds anyone keeps its draft and what it has
    answered, and sees nobody else any more.
    """
    asked = Asked()
    holders = _holders(conference, ties)
    requests = {request.practice_id: request for request in conference.requests}
    for practice_id, request in requests.items():
        if practice_id not in holders and _take_back(actor, request):
            asked.withdrawn.append(request)
    due = due_for(conference, clock.now())
    for practice_id, own in holders.items():
        known = requests.get(practice_id)
        request = known or _new_request(conference, practices[practice_id], due)
        is_wider = _set_sight(request, conference, own, ties)
        if known is None:
            asked.new.append(request)
        elif is_wider:
            _open_again(actor, request)
            asked.widened.append(request)
    return asked


def ask_about_again(request: ReportRequest, person_ids: Collection[uuid.UUID]) -> None:
    """Undo that these people were said not to be patients: the practice sees what it saw before.

    In the authority's scope.
    """
    for row in request.people:
        if row.person_id in person_ids:
            row.sight, row.answer = Sight.ASKED, None
    own = {row.person_id for row in request.people if row.sight == Sight.ASKED}
    conference = request.conference
    _set_sight(request, conference, own, ties_of([conference.id])[conference.id])


def practice_of(involvement: Involvement, conference: Conference, ties: Ties) -> uuid.UUID | None:
    """The practice asked about this person: for an unborn child the mother's, where it is known."""
    own = involvement.person.identity.practice_id
    if not involvement.person.is_unborn:
        return own
    mother = _mother_of(involvement, conference, ties)
    return (mother.person.identity.practice_id if mother else None) or own


def without_practice(conference: Conference, ties: Ties) -> list[Involvement]:
    """The people nobody can be asked about yet; an unborn child counts with its mother."""
    return [
        each
        for each in conference.involvements
        if practice_of(each, conference, ties) is None
        and not (each.person.is_unborn and _mother_of(each, conference, ties))
    ]


def _mother_of(child: Involvement, conference: Conference, ties: Ties) -> Involvement | None:
    """The mother the list links to the child, else the only one there is."""
    mothers = [each for each in conference.involvements if each.role == PersonRole.MOTHER]
    linked = [each for each in mothers if child.person_id in ties.children_of(each.person_id)]
    found = linked or mothers
    return found[0] if len(found) == 1 else None


def _holders(conference: Conference, ties: Ties) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Practice to its own patients in this family."""
    holders: dict[uuid.UUID, set[uuid.UUID]] = {}
    for involvement in conference.involvements:
        practice_id = practice_of(involvement, conference, ties)
        if practice_id:
            holders.setdefault(practice_id, set()).add(involvement.person_id)
    return holders


def _new_request(conference: Conference, practice: Organisation, due: Due) -> ReportRequest:
    request = ReportRequest(
        authority_id=conference.authority_id,
        practice_id=practice.id,
        conference_id=conference.id,
        state=RequestState.OPEN,
        progress=Progress.NOT_STARTED,
        conference_on=conference.held_on,
        due_on=due.on,
        due_at=due.at,
        is_short_notice=due.is_short_notice,
        created_at=clock.now(),
        practice=practice,
        people=[],
    )
    conference.requests.append(request)
    return request


def _set_sight(request: ReportRequest, conference: Conference, own: set[uuid.UUID], ties: Ties) -> bool:
    """Say what the practice sees of everybody; returns whether it is asked about more people than before."""
    rows = {row.person_id: row for row in request.people}
    disowned = {row.person_id for row in request.people if row.answer == PersonAnswer.NOT_REGISTERED}
    read = {row.person_id for row in request.people if row.sight == Sight.ASKED and row.answer}
    barred = ties.barred_from((own | read) - disowned)
    is_wider = False
    for involvement in conference.involvements:
        row = rows.get(involvement.person_id)
        if row is not None and row.answer is not None:
            continue  # what was answered stays readable to whoever answered; who was disowned stays hidden
        sight = _sight(involvement, own, barred, sees_anybody=bool(own - disowned))
        is_wider |= sight is Sight.ASKED and (row is None or row.sight != Sight.ASKED)
        _grant(request, involvement, row, sight)
    return is_wider


def _sight(
    involvement: Involvement, own: set[uuid.UUID], barred: frozenset[uuid.UUID], *, sees_anybody: bool
) -> Sight | None:
    """What a practice sees of one person; None for nothing, not even that they are there."""
    if involvement.person_id in own:
        return Sight.ASKED
    if not sees_anybody:
        return Sight.HIDDEN
    if involvement.person_id not in barred or involvement.role == PersonRole.SUBJECT:
        return Sight.OUTLINE
    return None if involvement.role == PersonRole.SIBLING else Sight.HIDDEN


def _grant(
    request: ReportRequest, involvement: Involvement, row: RequestPerson | None, sight: Sight | None
) -> None:
    if sight is None:
        if row is not None:
            request.people.remove(row)
            db.delete(row)
    elif row is not None:
        row.sight = sight
    else:
        request.people.append(
            RequestPerson(
                authority_id=request.authority_id,
                practice_id=request.practice_id,
                conference_id=request.conference_id,
                request_id=request.id,
                person_id=involvement.person_id,
                position=involvement.position,
                sight=sight,
            )
        )


def _take_back(actor: Actor, request: ReportRequest) -> bool:
    """Nobody of the family is here any more: what is not answered is withdrawn, and everybody else hidden."""
    for row in request.people:
        if row.answer is None or row.answer == PersonAnswer.NOT_REGISTERED:
            row.sight = Sight.HIDDEN
    is_answered = any(row.sight == Sight.ASKED for row in request.people)
    if request.state in NOTHING_TO_TAKE_BACK or is_answered or request.state in ALREADY_ANSWERED:
        return False
    move_request(actor, request, RequestMove.WITHDRAW)
    return True


def _open_again(actor: Actor, request: ReportRequest) -> None:
    if request.state != RequestState.OPEN:
        move_request(actor, request, RequestMove.REOPEN)
