"""Everything the authority's page of one conference shows, gathered once."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from portal.accounts.models import Organisation, User
from portal.accounts.queries import practices
from portal.conferences.family import PersonRow
from portal.conferences.fan_out import without_practice
from portal.conferences.models import Conference, ConferenceEvent, ReportRequest
from portal.conferences.queries import history_of, people_in, requests_of
from portal.conferences.states import ConferenceType, PersonAnswer, Sight
from portal.conferences.ties import NO_TIES, ties_of
from portal.conferences.wording import EVENT_WORDS, TYPE_WORDS, due_in_words, time_and_place
from portal.database import db


@dataclass(frozen=True)
class RequestLine:
    """One request with whom it asks about, by name."""

    request: ReportRequest
    practice: Organisation
    people: tuple[str, ...]
    not_registered: tuple[str, ...]
    due: str


@dataclass(frozen=True)
class Overview:
    type_words: str
    time_and_place: str
    due: str
    chair_name: str
    people: tuple[PersonRow, ...]
    practices: Mapping[uuid.UUID, Organisation]
    requests: tuple[RequestLine, ...]
    without_practice: tuple[PersonRow, ...]
    history: tuple[tuple[str, ConferenceEvent], ...]

    @property
    def settles_nothing(self) -> bool:
        return not self.without_practice and not any(line.not_registered for line in self.requests)


def overview_of(conference: Conference) -> Overview:
    """The whole of one conference, for its authority's contact team and chairs."""
    people = tuple(people_in(conference))
    names = {person.id: person.name for person in people}
    chair = db.get(User, conference.chair_id)
    ties = ties_of([conference.id]).get(conference.id, NO_TIES)
    unknown = {each.person_id for each in without_practice(conference, ties)}
    return Overview(
        type_words=TYPE_WORDS[ConferenceType(conference.type)],
        time_and_place=time_and_place(conference.starts_at, conference.ends_at, conference.venue),
        due=due_in_words(conference.due_on, conference.due_at),
        chair_name=chair.name if chair else "",
        people=people,
        practices={practice.id: practice for practice in practices()},
        requests=tuple(_line(request, names) for request in requests_of(conference)),
        without_practice=tuple(person for person in people if person.id in unknown),
        history=tuple((EVENT_WORDS.get(row.event, row.event), row) for row in history_of(conference)),
    )


def _line(request: ReportRequest, names: Mapping[uuid.UUID, str]) -> RequestLine:
    asked = [row.person_id for row in request.people if row.sight == Sight.ASKED]
    disowned = [row.person_id for row in request.people if row.answer == PersonAnswer.NOT_REGISTERED]
    return RequestLine(
        request=request,
        practice=request.practice,
        people=tuple(names[person_id] for person_id in asked if person_id in names),
        not_registered=tuple(names[person_id] for person_id in disowned if person_id in names),
        due=due_in_words(request.due_on, request.due_at),
    )
