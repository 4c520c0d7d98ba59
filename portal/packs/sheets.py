"""A report's parts as they stand in a pack: headings, questions, answers, and rows one by one."""

from collections.abc import Iterable
from dataclasses import replace

from portal.documents import content
from portal.documents.content import Answer, Answers, Block, Heading, Notice, NoticeKind
from portal.questionnaire.answers import Answered, AnsweredRow, AnswerState
from portal.questionnaire.model import Rows
from portal.questionnaire.phrases import NOT_LOOKED
from portal.submissions.reading import ReadPart

TITLES = {
    "writer": "The writer and the family",
    "worries": "Worries",
    "opinion": "Opinion for this child",
    "told": "Whether they have been told",
    "attendance": "Who comes to the conference",
}
"""Titles of the questionnaire speak to the writer; these say the same to a reader."""


RESTRICTED = "restricted"
NOT_FOR_FAMILY = Notice(
    NoticeKind.RESTRICTED,
    "Not for the family",
    "Each item says who must not see it. It is in no family member’s copy. The chair decides how it is used.",
)


def title_of(part: ReadPart) -> str:
    """The heading of a part: what it is, and of whom."""
    title = TITLES.get(part.section_key, part.title)
    return f"{title}: {part.person.name}" if part.person else title


def part_blocks(parts: Iterable[ReadPart], level: int) -> list[Block]:
    """Each part under its own heading; a part with nothing to print has no heading either."""
    blocks: list[Block] = []
    for part in parts:
        answers = answer_items(part.answers)
        if answers:
            warning = [NOT_FOR_FAMILY] if part.section_key == RESTRICTED else []
            blocks += [Heading(level, title_of(part)), *warning, Answers(answers)]
    return blocks


def answer_items(answers: Iterable[Answered]) -> tuple[Answer, ...]:
    """Every question that was asked, with its answer; "not answered" is said in words, never left blank."""
    return tuple(item for each in answers for item in _items(each))


def _items(each: Answered) -> list[Answer]:
    if each.state is AnswerState.NOT_ASKED:
        return []
    if isinstance(each.question, Rows) and each.rows:
        return [_row_item(each.question, row) for row in each.rows]
    return [Answer(each.question.reading, "" if _state(each).words else each.text, state=_state(each))]


def _state(each: Answered) -> content.AnswerState:
    if each.state is AnswerState.NOT_ANSWERED:
        return content.AnswerState.NOT_ANSWERED
    is_not_looked = each.chosen == (NOT_LOOKED.value,)
    return content.AnswerState.NOT_KNOWN if is_not_looked else content.AnswerState.ANSWERED


def _row_item(question: Rows, row: AnsweredRow) -> Answer:
    lines = "\n".join(f"{cell.question.reading}: {cell.text}" for cell in row.cells if _is_shown(cell))
    marks = ("Kept to the chair",) if row.is_kept_to_chair else ()
    return Answer(f"{question.reading}, {question.row_noun} {row.number}", lines, marks=marks)


def _is_shown(cell: Answered) -> bool:
    """An optional cell left empty says nothing; a required one says that it was not answered."""
    if cell.state is AnswerState.NOT_ASKED:
        return False
    return cell.question.is_required or cell.state is not AnswerState.NOT_ANSWERED


def kept_to_chair(parts: Iterable[ReadPart]) -> tuple[ReadPart, ...]:
    """Only the rows that the chair alone reads, each under its own part."""
    found = []
    for part in parts:
        rows = tuple(kept for each in part.answers if (kept := _with_rows(each, is_kept=True)).rows)
        if rows:
            found.append(replace(part, answers=rows))
    return tuple(found)


def without_kept_to_chair(parts: Iterable[ReadPart]) -> tuple[ReadPart, ...]:
    """The parts without those rows: they stand on the chair's own sheet."""
    found = []
    for part in parts:
        answers = tuple(
            _with_rows(each, is_kept=False)
            for each in part.answers
            if not each.rows or not all(row.is_kept_to_chair for row in each.rows)
        )
        if answers:
            found.append(replace(part, answers=answers))
    return tuple(found)


def _with_rows(each: Answered, *, is_kept: bool) -> Answered:
    rows = [row for row in each.rows if row.is_kept_to_chair is is_kept]
    return replace(each, rows=tuple(replace(row, number=number) for number, row in enumerate(rows, 1)))
