"""A document as plain text, in the order in which every output is read."""

from collections.abc import Iterator

from portal.documents.content import (
    Answer,
    Answers,
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Table,
    with_steady_headings,
)
from portal.documents.printable import without_hidden


def to_text(document: Document) -> str:
    """Return every text of the pages, one to a line, without contents list, page headers and page footers."""
    lines = [document.title, document.subtitle]
    for block in with_steady_headings((*document.cover, *document.blocks)):
        lines += _texts(block)
    return without_hidden("\n".join(line for line in lines if line))


def answer_texts(answer: Answer) -> Iterator[str]:
    """Yield what one answer shows: question, marks, state in words, answer, note; leave out what is empty."""
    parts = (answer.question, " · ".join(answer.marks), answer.state.words, answer.answer, answer.note)
    yield from (part for part in parts if part)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Heading() | Paragraph():
            yield block.text
        case Bullets():
            yield from block.items
        case Facts():
            yield from (text for fact in block.items for text in (fact.label, fact.value))
        case Answers():
            yield from (text for answer in block.items for text in answer_texts(answer))
        case Table():
            yield block.caption
            yield from (cell for row in (block.header, *block.rows) for cell in row)
        case Notice():
            yield from (block.title, block.text)
        case PageBreak():
            return
