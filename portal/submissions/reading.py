"""Read what was handed in as one reader may: the one way from stored answers to words."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from portal.audit.actions import note_people_seen
from portal.questionnaire.answers import Answered, answered
from portal.questionnaire.model import Rows
from portal.questionnaire.raw_answers import RawAnswers, field_names, rows_typed
from portal.questionnaire.readers import FamilyLinks, Reader, ReaderKind, readable
from portal.questionnaire.registry import get
from portal.questionnaire.situation import PersonAsked, SectionPart, Situation
from portal.submissions.content import (
    Content,
    FrozenPart,
    FrozenReport,
    RestrictedAnswers,
    Split,
    content_from_json,
)
from portal.submissions.models import Submission
from portal.submissions.queries import restricted_items
from portal.submissions.short_answers import ShortAnswer
from portal.submissions.states import SubmissionKind


@dataclass(frozen=True)
class ReadPart:
    """One section about one person, with only the answers that the reader may read; never empty."""

    section_key: str
    title: str
    person: PersonAsked | None
    answers: tuple[Answered, ...]


def content_of(submission: Submission) -> Content:
    """What was handed in, without restricted items; notes in the trail whom the page shows."""
    content = content_from_json(SubmissionKind(submission.kind), submission.content)
    if isinstance(content, FrozenReport):
        note_people_seen(uuid.UUID(person.id) for person in content.situation.people if person.is_asked)
    if isinstance(content, ShortAnswer):
        note_people_seen(uuid.UUID(person.person_id) for person in content.people)
    return content


def read_report(submission: Submission, reader: Reader, links: FamilyLinks) -> tuple[ReadPart, ...]:
    """A report as `reader` may read it, restricted items included where they may. Empty for other kinds.

    A family member's reading never touches the restricted items; the professionals' only those open to them.
    """
    report = content_of(submission)
    if not isinstance(report, FrozenReport):
        return ()
    items: tuple[RestrictedAnswers, ...] = ()
    if reader.kind is not ReaderKind.FAMILY:
        items = tuple(
            RestrictedAnswers.from_json(item.content, is_kept_to_chair=item.is_kept_to_chair)
            for item in restricted_items(submission.id, with_kept_to_chair=reader.kind is ReaderKind.CHAIR)
        )
    return read_parts(report, items, reader, links)


def read_parts(
    report: FrozenReport, restricted: Iterable[RestrictedAnswers], reader: Reader, links: FamilyLinks
) -> tuple[ReadPart, ...]:
    """The same for a report that is not stored yet: the writer's preview of what each reader will see."""
    typed = {(part.section, part.person_id): dict(part.answers) for part in report.parts}
    for item in restricted:
        if not item.is_kept_to_chair or reader.kind is ReaderKind.CHAIR:
            typed.setdefault((item.section, item.person_id), {}).update(item.answers)
    found = []
    for part in get(report.version).sections_for(report.situation):
        raw = typed.get(_key(part), {})
        shown = readable(part, _told(part, raw, report.situation), reader, links)
        if shown:
            found.append(ReadPart(part.section.key, part.section.title, part.person, shown))
    return tuple(found)


def _told(part: SectionPart, raw: RawAnswers, situation: Situation) -> tuple[Answered, ...]:
    """The answers; a question whose items all stand apart is passed over: "not answered" would be untrue."""
    return tuple(
        each
        for each in answered(part, raw, situation.people)
        if not (is_restricted(each.question) and not each.rows and not each.chosen)
    )


def is_restricted(question: object) -> bool:
    """Whether a question's rows are stored apart from the report."""
    return isinstance(question, Rows) and question.professionals_when is not None


def split_restricted(
    version: str, situation: Situation, typed: Iterable[tuple[str, str | None, RawAnswers]]
) -> Split:
    """Take a report's answers apart into what is stored as its content and the restricted items."""
    parts, restricted = [], []
    for section, person_id, raw in typed:
        part = get(version).part(situation, section, person_id)
        items = list(_items(part, raw, situation))
        apart = {name for item in items for name in item.answers}
        kept = {name: value for name, value in raw.items() if name not in apart}
        parts.append(FrozenPart(section, person_id, kept))
        restricted += items
    return Split(tuple(parts), tuple(restricted))


def _items(part: SectionPart, raw: RawAnswers, situation: Situation) -> Iterable[RestrictedAnswers]:
    section, person_id = _key(part)
    for each in answered(part, raw, situation.people):
        rows = each.question
        if not isinstance(rows, Rows) or rows.professionals_when is None:
            continue
        for index, row in zip(rows_typed(rows, raw), each.rows, strict=True):
            names = {
                name
                for inner in rows.questions
                for name, _is_list in field_names(inner, f"{rows.key}-{index}-{inner.key}")
            }
            answers = {name: value for name, value in raw.items() if name in names}
            yield RestrictedAnswers(section, person_id, answers, row.is_kept_to_chair)


def _key(part: SectionPart) -> tuple[str, str | None]:
    return part.section.key, part.person.id if part.person else None
