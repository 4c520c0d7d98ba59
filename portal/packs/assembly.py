"""The chair's and the professionals' pack as documents, in the order in which a conference is prepared.

Cover; what is kept to the chair, on its own sheet; people and whose record was seen; summaries to read
aloud; one chronology; the reports; short answers and news; who has been told.
"""

from portal.documents.content import (
    Answer,
    Answers,
    Block,
    Document,
    Fact,
    Facts,
    Heading,
    Notice,
    NoticeKind,
    PageBreak,
    Paragraph,
)
from portal.packs.chronology import SECTION as CHRONOLOGY
from portal.packs.chronology import TITLE as CHRONOLOGY_TITLE
from portal.packs.chronology import chronology_blocks
from portal.packs.contents import AnswerGiven, PackContents, PackLabel, PracticeAsked
from portal.packs.cover import NO_CONCERN, came_words, cover_blocks
from portal.packs.coverage import coverage_blocks
from portal.packs.sheets import answer_items, kept_to_chair, part_blocks, without_kept_to_chair
from portal.packs.states import Audience
from portal.submissions.states import SubmissionKind

SUMMARY = ("worries", "safety", "opinion")
TOLD = ("told", "told_child")
CHAIRS_SHEET = "For the chair alone"
READERS = {
    Audience.CHAIR: ("Chair’s pack", "the chair of the conference", "OFFICIAL-SENSITIVE: chair only"),
    Audience.PROFESSIONALS: (
        "Professionals’ pack",
        "professionals at the conference, not for the family",
        "OFFICIAL-SENSITIVE: professionals only",
    ),
}
"""Title, for whom, and marking on every page."""


def pack_document(contents: PackContents, audience: Audience, label: PackLabel) -> Document:
    """The whole pack. `contents` must have been gathered for the same reader. KeyError for a family copy."""
    title, reader, classification = READERS[audience]
    sheet = _chairs_sheet(contents) if audience is Audience.CHAIR else []
    return Document(
        title=title,
        subtitle=f"The {contents.conference.family_name} family",
        reader=reader,
        version=label.version,
        reference=contents.conference.reference,
        classification=classification,
        author=contents.conference.contact_team,
        created_at=label.created_at,
        cover=cover_blocks(contents),
        blocks=(
            *sheet,
            *coverage_blocks(contents),
            *_summaries(contents),
            *_chronology(contents),
            *_reports(contents),
            *_short_answers(contents),
            *_told(contents),
        ),
        is_demonstration=label.is_demonstration,
    )


def answer_blocks(contents: PackContents, practice: PracticeAsked, answer: AnswerGiven) -> tuple[Block, ...]:
    """One answer on its own, for the screen; what is kept to the chair stands in its place, marked."""
    read = contents.read[answer.id]
    chronology = chronology_blocks([(practice.name, read.parts)], names_sources=True)
    others = [part for part in read.parts if part.section_key != CHRONOLOGY]
    said = [Paragraph(sentence) for sentence in read.sentences]
    return (_signature(answer), *said, *part_blocks(others, 1), *chronology)


def _chairs_sheet(contents: PackContents) -> list[Block]:
    blocks: list[Block] = []
    for practice in contents.asked:
        parts = kept_to_chair(contents.parts_of(practice))
        if parts:
            blocks += [Heading(2, practice.name), *part_blocks(parts, 3)]
    if not blocks:
        return []
    notice = Notice(
        NoticeKind.RESTRICTED,
        "Only the chair has this sheet",
        "It is in no other pack. Each item says why its writer kept it to the chair.",
    )
    return [Heading(1, CHAIRS_SHEET), notice, *blocks, PageBreak()]


def _summaries(contents: PackContents) -> list[Block]:
    blocks: list[Block] = [Heading(1, "Summaries to read aloud")]
    for practice in contents.asked:
        parts = part_blocks(contents.parts_of(practice, *SUMMARY), 3)
        blocks += [Heading(2, practice.name), *(parts or [Paragraph(_without_report(practice))])]
    return blocks


def _without_report(practice: PracticeAsked) -> str:
    if practice.answers:
        return f"This practice sent no report. See “{SHORT_ANSWERS}”. {NO_CONCERN}"
    return f"Nothing has come from this practice. {NO_CONCERN}"


def _chronology(contents: PackContents) -> list[Block]:
    reports = [(practice.name, contents.parts_of(practice)) for practice in contents.asked]
    return chronology_blocks(reports, names_sources=True)


def _reports(contents: PackContents) -> list[Block]:
    """Each report as it was sent, but for its chronology, who was told, and the chair's own items."""
    blocks: list[Block] = []
    for practice in contents.asked:
        for answer in practice.answers:
            if answer.kind is SubmissionKind.REPORT:
                blocks += [PageBreak(), Heading(1, f"Report of {practice.name}"), _signature(answer)]
                blocks += _report_parts(contents, answer)
    return blocks


def _report_parts(contents: PackContents, answer: AnswerGiven) -> list[Block]:
    parts = contents.read[answer.id].parts
    shown = [part for part in parts if part.section_key not in (CHRONOLOGY, *TOLD)]
    elsewhere = f"Its events are under “{CHRONOLOGY_TITLE}”; whom the practice told, under “{TOLD_TITLE}”."
    own = f" What it keeps to the chair is under “{CHAIRS_SHEET}”." if kept_to_chair(parts) else ""
    return [Paragraph(elsewhere + own), *part_blocks(without_kept_to_chair(shown), 2)]


def _signature(answer: AnswerGiven) -> Facts:
    return Facts(
        (
            Fact("What came", came_words(answer)),
            Fact("Sent by", answer.submitted_by),
            Fact("Contact team’s check", answer.check_words),
        )
    )


SHORT_ANSWERS = "Short answers, news and replies filed elsewhere"
TOLD_TITLE = "Who has been told"


def _short_answers(contents: PackContents) -> list[Block]:
    items = tuple(
        Answer(
            f"{practice.name}: {answer.kind_words}",
            "\n".join(contents.read[answer.id].sentences),
            note=came_words(answer),
            marks=(answer.check_words,),
        )
        for practice in contents.asked
        for answer in practice.answers
        if answer.kind is not SubmissionKind.REPORT
    )
    return [Heading(1, SHORT_ANSWERS), Answers(items)] if items else []


def _told(contents: PackContents) -> list[Block]:
    blocks: list[Block] = []
    for practice in contents.asked:
        parts = contents.parts_of(practice, *TOLD)
        if parts:
            blocks += [Heading(2, practice.name)]
        for part in parts:
            who = part.person.name if part.person else practice.name
            blocks += [Heading(3, who), Answers(answer_items(part.answers))]
    return [Heading(1, TOLD_TITLE), *blocks] if blocks else []
