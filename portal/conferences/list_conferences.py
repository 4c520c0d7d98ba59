"""Reading one conference of a list: its lines must agree, and its people must fit together."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import TypeVar

from portal.conferences import list_cells as cells
from portal.conferences.list_family import check_family
from portal.conferences.list_people import ListedPerson, read_person
from portal.conferences.list_rows import Directory, LineReader
from portal.conferences.states import ConferenceType
from portal.partnership.due_dates import (
    CONFERENCE_WORKING_DAYS,
    STARTED_BY_STRATEGY_DISCUSSION,
    conference_time_limit,
)
from portal.partnership.working_days import is_working_day

Value = TypeVar("Value")
FAR_AHEAD = timedelta(days=366)


@dataclass(frozen=True)
class ListedConference:
    """A sound conference of the list. Times are local (Europe/London); empty text: the list does not say.

    `first_line` is the physical line of the file where it begins.
    """

    ref: str
    type: ConferenceType
    strategy_discussion_on: date | None
    held_on: date
    starts_at: time
    ends_at: time
    venue: str
    online_link: str
    chair_email: str
    social_worker: str
    social_worker_phone: str
    reason: str
    questions: str
    people: tuple[ListedPerson, ...]
    first_line: int

    @property
    def nurse_emails(self) -> tuple[str, ...]:
        """Each nurse once: children of one family may have different ones."""
        return tuple(dict.fromkeys(person.nurse_email for person in self.people if person.nurse_email))

    def keeping_confidential(self, person_refs: frozenset[str]) -> "ListedConference":
        """The same conference with the addresses of these people confidential."""
        people = (
            replace(person, is_address_confidential=True) if person.ref in person_refs else person
            for person in self.people
        )
        return replace(self, people=tuple(people))

    @property
    def midwife_emails(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(person.midwife_email for person in self.people if person.midwife_email))


def read_conference(
    readers: Sequence[LineReader], directory: Directory, today: date
) -> ListedConference | None:
    """Return the conference of these lines, or None when one of them has a defect."""
    _check_needed(readers)
    kind = _type(readers)
    held_on = _day(readers, "conference_date")
    starts_at, ends_at = _time(readers, "start_time"), _time(readers, "end_time")
    conference = ListedConference(
        ref=readers[0].conference_ref,
        type=kind or ConferenceType.INITIAL,
        strategy_discussion_on=_day(readers, "strategy_discussion_date"),
        held_on=held_on or today,
        starts_at=starts_at or time(0),
        ends_at=ends_at or time(0),
        venue=_text(readers, "venue"),
        online_link=_link(readers),
        chair_email=_chair(readers, directory),
        social_worker=_text(readers, "social_worker"),
        social_worker_phone=_text(readers, "social_worker_phone"),
        reason=_text(readers, "conference_reason"),
        questions=_text(readers, "questions_for_general_practice"),
        people=_people(readers, directory, today),
        first_line=readers[0].line,
    )
    if kind and held_on:
        _check_days(readers[0], conference, today)
    _check_time_and_place(readers[0], starts_at, ends_at)
    check_family(readers, conference.people)
    return None if any(reader.bad for reader in readers) else conference


def _check_needed(readers: Sequence[LineReader]) -> None:
    for reader in readers:
        reader.needs("conference_type", "conference_date", "start_time", "end_time", "chair_email")


def _agreed(
    readers: Sequence[LineReader], column: str, read: Callable[[LineReader], Value | None]
) -> Value | None:
    """Return what most lines say, the earliest when they tie; every other line gets a defect."""
    said = [(reader, read(reader)) for reader in readers]
    sound = [(reader, value) for reader, value in said if not reader.is_bad(column)]
    if not sound:
        return None
    usual = Counter(value for _, value in sound).most_common(1)[0][0]
    line = next(reader.line for reader, value in sound if value == usual)
    for reader, value in sound:
        if value != usual:
            reader.stop(column, f"not the same as on line {line}, which is the same conference")
    return usual


def _text(readers: Sequence[LineReader], column: str) -> str:
    return _agreed(readers, column, lambda reader: reader.text(column)) or ""


def _type(readers: Sequence[LineReader]) -> ConferenceType | None:
    return _agreed(
        readers, "conference_type", lambda reader: reader.value("conference_type", cells.conference_type)
    )


def _link(readers: Sequence[LineReader]) -> str:
    return (
        _agreed(readers, "online_link", lambda reader: reader.value("online_link", cells.web_address)) or ""
    )


def _day(readers: Sequence[LineReader], column: str) -> date | None:
    return _agreed(readers, column, lambda reader: reader.day(column))


def _time(readers: Sequence[LineReader], column: str) -> time | None:
    return _agreed(readers, column, lambda reader: reader.value(column, cells.clock_time))


def _chair(readers: Sequence[LineReader], directory: Directory) -> str:
    def chair(reader: LineReader) -> str:
        return reader.known_email("chair_email", directory.chair_emails, "no such chair")

    return _agreed(readers, "chair_email", chair) or ""


def _people(readers: Sequence[LineReader], directory: Directory, today: date) -> tuple[ListedPerson, ...]:
    read = [read_person(reader, directory, today) for reader in readers]
    return tuple(person for person in read if person)


def _check_days(first: LineReader, conference: ListedConference, today: date) -> None:
    held_on = conference.held_on
    if held_on < today:
        # A conference that is over can ask nobody, so it is not booked late by mistake.
        first.stop("conference_date", "this conference has already been: nobody can be asked")
    elif held_on > today + FAR_AHEAD:
        first.note("conference_date", "more than a year ahead")
    if not is_working_day(held_on):
        first.note("conference_date", "a weekend or bank holiday")
    if conference.type not in STARTED_BY_STRATEGY_DISCUSSION or first.is_bad("strategy_discussion_date"):
        return
    began = conference.strategy_discussion_on
    if began is None:
        first.note("strategy_discussion_date", "missing: the 15 working days cannot be counted")
    elif began > held_on:
        first.stop("strategy_discussion_date", "after the conference")
    elif held_on > conference_time_limit(began):
        reason = f"more than {CONFERENCE_WORKING_DAYS} working days after the strategy discussion"
        first.note("conference_date", reason)


def _check_time_and_place(first: LineReader, starts_at: time | None, ends_at: time | None) -> None:
    if starts_at and ends_at and ends_at <= starts_at:
        first.stop("end_time", "not after the start")
    if not first.text("venue") and not first.text("online_link"):
        first.note("venue", "neither a venue nor a link: people will not know where to go")
