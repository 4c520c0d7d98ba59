"""What of a report is still to do: its sections with their states, and what stands in the way of signing."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from portal import clock
from portal.questionnaire.problems import Problem, problems
from portal.questionnaire.situation import PersonAsked, SectionPart
from portal.reports.drafts import Draft, key_of


class TaskState(StrEnum):
    NOT_STARTED = "not_started"
    STARTED = "started"
    DONE = "done"
    OPTIONAL = "optional"
    TWO_TEXTS = "two_texts"


@dataclass(frozen=True)
class Task:
    """One section to fill in."""

    part: SectionPart
    state: TaskState
    saved_by: str | None


@dataclass(frozen=True)
class TaskGroup:
    """The sections about one person, or those about the whole family."""

    person: PersonAsked | None
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class ProblemAt:
    """One thing to put right, and the section it is in."""

    part: SectionPart
    problem: Problem


def task_groups(draft: Draft) -> tuple[TaskGroup, ...]:
    """The sections in the order of the report, grouped by whom they are about."""
    groups = groupby(draft.parts, key=lambda part: part.person)
    return tuple(TaskGroup(person, tuple(_task(draft, part) for part in parts)) for person, parts in groups)


def _task(draft: Draft, part: SectionPart) -> Task:
    row = draft.saved.get(key_of(part))
    found = part_problems(draft, part)
    return Task(
        part, _state(draft, part, bool(row and row.answers), found), row.saved_by_name if row else None
    )


def part_problems(draft: Draft, part: SectionPart) -> tuple[Problem, ...]:
    """What is to be put right in one section."""
    return problems(part, draft.raw(part), draft.people, clock.today())


def all_problems(draft: Draft) -> tuple[ProblemAt, ...]:
    """Everything to be put right before the report can be signed, in the order of the report."""
    return tuple(ProblemAt(part, problem) for part in draft.parts for problem in part_problems(draft, part))


def _state(draft: Draft, part: SectionPart, has_answers: bool, found: Sequence[Problem]) -> TaskState:
    if draft.aside_for(part):
        return TaskState.TWO_TEXTS
    if not found:
        return TaskState.DONE if has_answers else TaskState.OPTIONAL
    return TaskState.STARTED if has_answers else TaskState.NOT_STARTED
