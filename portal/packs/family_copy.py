"""The copy for one named family member: only what the reading gives, and nothing about anybody else.

It names no practice and no clinician, even where no address is confidential: whose practice answered would
tell a reader where somebody else is a patient. It has no table of who was asked, for the same reason.
"""

from portal.documents.content import Block, Document, Fact, Facts, Heading, Notice, NoticeKind, Paragraph
from portal.packs.chronology import SECTION as CHRONOLOGY
from portal.packs.chronology import chronology_blocks
from portal.packs.contents import FamilyContents, PackLabel
from portal.packs.sheets import part_blocks
from portal.web.words import long_date

TITLE = "Your copy"
NOTHING = "There is nothing in this copy."


def family_document(contents: FamilyContents, label: PackLabel) -> Document:
    """The copy of one family member. Only the pages name them; nothing in the file's data does."""
    return Document(
        title=TITLE,
        subtitle="Health information for the conference",
        reader=contents.reader_name,
        version=label.version,
        reference=contents.reference,
        classification="OFFICIAL-SENSITIVE: for this person only",
        author=f"{contents.authority} contact team",
        created_at=label.created_at,
        cover=_cover(contents),
        blocks=tuple(_body(contents)),
        has_contents=False,
        is_demonstration=label.is_demonstration,
    )


def _cover(contents: FamilyContents) -> tuple[Block, ...]:
    ask = f"{contents.authority} contact team, {contents.telephone}"
    return (
        Facts(
            (
                Fact("For", contents.reader_name),
                Fact("Conference", f"{contents.type_words}, {long_date(contents.held_on)}"),
                Fact("Who to ask", ask),
            )
        ),
        Notice(
            NoticeKind.INFORMATION,
            "What this is",
            "Doctors and nurses wrote this for the conference. It is for you alone: keep it safe, and"
            " ask before you show it to anybody.",
        ),
        Notice(
            NoticeKind.INFORMATION,
            "What this is not",
            "It is not everything. Where something is not here, that does not mean that there is no"
            " information, or no concern.",
        ),
    )


def _body(contents: FamilyContents) -> list[Block]:
    blocks: list[Block] = []
    for number, parts in enumerate(contents.reports, 1):
        written = part_blocks([part for part in parts if part.section_key != CHRONOLOGY], 2)
        if written:
            blocks += [Heading(1, _title(contents, number)), *written]
    reports = [("", parts) for parts in contents.reports]
    blocks += chronology_blocks(reports, names_sources=False)
    return blocks or [Paragraph(NOTHING)]


def _title(contents: FamilyContents, number: int) -> str:
    return "What was written" if len(contents.reports) == 1 else f"What was written: {number}"
