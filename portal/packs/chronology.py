"""The chronology of a pack: the events of every report in one table, in the order they happened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.documents.content import Block, Bullets, Heading, Paragraph, Table
from portal.questionnaire.answers import Answered, AnsweredRow, AnswerState
from portal.submissions.reading import ReadPart

SECTION = "chronology"
TITLE = "Chronology"


@dataclass(frozen=True)
class Event:
    """One event of one report; what its reader may not read is empty."""

    on: date | None
    when: str
    about: str
    what: str
    how_known: str
    source: str


def chronology_blocks(
    reports: Sequence[tuple[str, Iterable[ReadPart]]], *, names_sources: bool
) -> list[Block]:
    """The merged chronology of these reports, each given with its source's name.

    `names_sources`: false in a family member's copy, which tells nobody's practice.
    """
    given = [
        (source, answer)
        for source, parts in reports
        for part in parts
        if part.section_key == SECTION
        for answer in part.answers
        if answer.state is not AnswerState.NOT_ASKED
    ]
    events = [_event(source, row) for source, answer in given for row in answer.rows]
    without = [f"{source}: {_said(answer)}" for source, answer in given if not answer.rows]
    if not events and not (names_sources and without):
        return []
    blocks: list[Block] = [Heading(1, TITLE)]
    if events:
        blocks.append(_table(events, names_sources))
    if names_sources and without:
        blocks += [Paragraph("Reports that list no events:"), Bullets(tuple(without))]
    return blocks


def _said(answer: Answered) -> str:
    return f"{answer.text}. This does not mean that nothing happened."


def _event(source: str, row: AnsweredRow) -> Event:
    cells = {cell.question.key: cell for cell in row.cells}
    barred = _text(cells.get("must_not_see"))
    what = _text(cells.get("event")) or "Not answered"
    known = [_text(cells.get("known_how")) or "Not answered", _text(cells.get("known_from"))]
    on = cells.get("on")
    return Event(
        on=on.when.earliest if on and on.when else None,
        when=_text(on) or "Date not known",
        about=_text(cells.get("people")) or "Not answered",
        what=f"{what}\nMust not be seen by: {barred}" if barred else what,
        how_known=", ".join(part for part in known if part),
        source=source,
    )


def _text(cell: Answered | None) -> str:
    return cell.text if cell is not None and cell.state is AnswerState.ANSWERED else ""


def _table(events: list[Event], names_sources: bool) -> Table:
    """Sorted by date; events without one stand last, since nobody may take them for early."""
    ordered = sorted(events, key=lambda event: (event.on is None, event.on or date.max))
    header = ("Date", "About", "What happened", "How known")
    rows = [(event.when, event.about, event.what, event.how_known) for event in ordered]
    if not names_sources:
        return Table("What happened, in order", header, tuple(rows), (17, 16, 45, 22))
    told = [(*row, event.source) for row, event in zip(rows, ordered, strict=True)]
    return Table("What happened, in order", (*header, "Practice"), tuple(told), (16, 14, 38, 16, 16))
