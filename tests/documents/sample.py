"""An invented family's pack, as near to a real one as the tests need."""

from datetime import UTC, datetime
from typing import Any

from portal.documents.content import (
    Answer,
    Answers,
    AnswerState,
    Block,
    Bullets,
    Document,
    Fact,
    Facts,
    Heading,
    Notice,
    NoticeKind,
    PageBreak,
    Paragraph,
    Table,
)

CREATED_AT = datetime(2027, 3, 4, 9, 30, tzinfo=UTC)

COVER: tuple[Block, ...] = (
    Facts(
        (
            Fact("Conference", "Initial child protection conference"),
            Fact("When and where", "Tuesday 9 March 2027, 10:00, Meeting room 2, Oakfield House"),
            Fact("Children", "Zofia Przykładowa, 6 years\nKuba Przykładowy, 11 months"),
            Fact("Chair", "Named on the invitation"),
        )
    ),
    Table(
        "Who was asked and who answered",
        ("Practice", "Asked about", "Sent", "Contact team's check"),
        (
            ("Alder Lane Surgery", "Zofia, Kuba, Marta (mother)", "Report, 2 March 2027", "Checked"),
            ("Brook Street Practice", "Tomasz (father)", "Report, 3 March 2027", "Not yet checked"),
            (
                "Canal View Medical Centre",
                "Piotr (mother's partner)",
                "Nothing yet. 1 working day overdue",
                "–",
            ),
        ),
        (28, 30, 26, 20),
    ),
    Notice(
        NoticeKind.WARNING,
        "One report is missing",
        "Canal View Medical Centre has not answered. Nothing here says that there is no concern about Piotr.",
    ),
)

BLOCKS: tuple[Block, ...] = (
    Heading(1, "Summary for reading aloud", "summary"),
    Paragraph(
        "Zofia has missed three of four asthma reviews since January 2026 and has had oral steroids twice. "
        "Her mother says that getting to the surgery before school is hard.\n\n"
        "Kuba is up to date with his immunisations. Seen on 18 February 2027: well, on the 25th centile."
    ),
    Bullets(
        (
            "What worries us: untreated asthma, and what Zofia said on 12 January.",
            "What is going well: Marta rings back, and brought both children on the same day.",
            "What needs to happen: an asthma plan that school, mother and surgery share, by 1 April 2027.",
        )
    ),
    Notice(
        NoticeKind.RESTRICTED,
        "Restricted: not for Tomasz",
        "The item below was kept from Tomasz by its author, with a reason.",
    ),
    Heading(1, "Alder Lane Surgery", "alder"),
    Heading(2, "Zofia", "alder-zofia"),
    Heading(3, "Health"),
    Answers(
        (
            Answer(
                "When was she last seen?",
                "18 February 2027, by the practice nurse, face to face",
                marks=("Fact",),
            ),
            Answer(
                "Health summary",
                "Asthma since 2024. Salbutamol as needed, beclometasone daily; collected 3 times of 9.\n"
                "Seen twice in the emergency department (October 2026, January 2027).",
                note="From the record, January 2024 to March 2027",
                marks=("Fact", "Not yet checked"),
            ),
            Answer("Missed appointments", "", state=AnswerState.NOT_ANSWERED),
            Answer(
                "The child's voice",
                "“I don't like it when they shout. I go to Kuba and we are quiet.” Said to the nurse.",
                marks=("Reported",),
            ),
            Answer("Alcohol and drugs", "", state=AnswerState.NOT_KNOWN),
        )
    ),
    Heading(2, "Marta"),
    Paragraph(
        "Mówi po polsku i potrzebuje tłumacza: „Zażółć gęślą jaźń”. تتكلم قليلا من العربية مع جارتها. Seen ✓"
    ),
    Notice(NoticeKind.INFORMATION, "About these words", "Marta's own words were interpreted by telephone."),
    Heading(1, "Chronology", "chronology"),
    Table(
        "What happened, in order",
        ("Date", "Who", "What", "Source"),
        tuple(
            (
                f"{day} January 2027",
                ("Zofia", "Kuba", "Marta")[day % 3],
                f"Contact number {day}: attended with mother, seen by the nurse, a plan agreed and written.",
                ("Fact", "Reported", "Opinion")[day % 3],
            )
            for day in range(1, 32)
        ),
        (22, 14, 84, 16),
    ),
    PageBreak(),
    Heading(1, "Who has been told", "told"),
    Paragraph(
        "Marta knows that this report was sent. Tomasz has not been told, because it could put Marta at risk."
    ),
)


def document(*blocks: Block, **fields: Any) -> Document:
    """Return a document of these blocks, or the whole sample when none are given."""
    given: dict[str, Any] = {
        "title": "Chair's pack",
        "subtitle": "The Przykładowy family",
        "reader": "the chair of the conference",
        "version": "version 3",
        "reference": "CPC-27-0002",
        "classification": "OFFICIAL-SENSITIVE: chair only",
        "author": "Sandwell contact team",
        "created_at": CREATED_AT,
        "blocks": blocks or BLOCKS,
        "cover": () if blocks else COVER,
        "has_contents": not blocks,
        "is_demonstration": True,
    }
    return Document(**(given | fields))
