"""A document as a Word file: real headings, marked table headers, nothing personal in its properties."""

import io
from collections.abc import Sequence

import docx
from docx.document import Document as WordDocument
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from portal.documents import word_parts as parts
from portal.documents.content import (
    CONTENTS_TITLE,
    DEMONSTRATION_LINE,
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
from portal.documents.word_styles import NOTICE_STYLES, prepare_styles

_BODY_MM = 166


def to_docx(document: Document) -> bytes:
    """Return the document as a .docx file: the same bytes for the same document."""
    word = docx.Document()
    prepare_styles(word, document.language)
    _set_page(word, document)
    _set_properties(word, document)
    word.add_paragraph(without_hidden(document.title), style="Title")
    if document.subtitle:
        word.add_paragraph(without_hidden(document.subtitle), style="Subtitle")
    blocks = tuple(with_steady_headings((*document.cover, *document.blocks)))
    cover, body = blocks[: len(document.cover)], blocks[len(document.cover) :]
    _add_blocks(word, cover)
    headings = [block for block in body if isinstance(block, Heading) and block.level <= 3]
    if document.has_contents and headings:
        if cover:
            parts.add_page_break(word)
        word.add_paragraph(CONTENTS_TITLE, style="Contents Title")
        parts.add_contents(word, [(block.level, without_hidden(block.text), block.key) for block in headings])
        parts.add_page_break(word)
    _add_blocks(word, body)
    saved = io.BytesIO()
    word.save(saved)
    return parts.with_fixed_times(saved.getvalue())


def _set_page(word: WordDocument, document: Document) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(27), Mm(25)
    first = f"For: {document.reader}\t{document.classification}"
    second = f"{document.title}\t{DEMONSTRATION_LINE if document.is_demonstration else ''}".rstrip()
    section.header.paragraphs[0].text = without_hidden(first)
    section.header.add_paragraph(without_hidden(second), style="Header")
    footer = section.footer.paragraphs[0]
    footer.text = without_hidden(f"{document.reference}, {document.version}\tPage ")
    parts.add_field(footer, "PAGE")
    footer.add_run(" of ")
    parts.add_field(footer, "NUMPAGES")


def _set_properties(word: WordDocument, document: Document) -> None:
    """Fill every core property, so that none keeps what the library's own template says."""
    properties = word.core_properties
    properties.title = without_hidden(f"{document.title}, {document.reference}, {document.version}")[:255]
    properties.author = properties.last_modified_by = without_hidden(document.author)[:255]
    properties.created = properties.modified = document.created_at
    properties.language = document.language
    properties.revision = 1
    properties.category = properties.comments = properties.keywords = properties.subject = ""


def _add_blocks(word: WordDocument, blocks: Sequence[Block]) -> None:
    for block in blocks:
        match block:
            case Facts():
                _add_facts(word, block)
            case Answers():
                for answer in block.items:
                    _add_answer(word, answer)
            case Table():
                _add_table(word, block)
            case Notice():
                _add_notice(word, block)
            case _:
                _add_simple(word, block)


def _add_simple(word: WordDocument, block: Heading | Paragraph | Bullets | PageBreak) -> None:
    match block:
        case Heading():
            parts.add_heading(word, block.level, without_hidden(block.text), block.key)
        case Paragraph():
            word.add_paragraph(without_hidden(block.text))
        case Bullets():
            for item in block.items:
                word.add_paragraph(without_hidden(item), style="List Bullet")
        case PageBreak():
            parts.add_page_break(word)


def _add_answer(word: WordDocument, answer: Answer) -> None:
    word.add_paragraph(without_hidden(answer.question), style="Question")
    if answer.marks:
        word.add_paragraph(without_hidden(" · ".join(answer.marks)), style="Marks")
    for text in (answer.state.words, answer.answer):
        if text:
            word.add_paragraph(without_hidden(text), style="Answer")
    if answer.note:
        word.add_paragraph(without_hidden(answer.note), style="Note")


def _add_notice(word: WordDocument, notice: Notice) -> None:
    style = NOTICE_STYLES[notice.kind]
    paragraph = word.add_paragraph(style=style)
    if notice.title:
        paragraph.add_run(without_hidden(notice.title)).bold = True
        paragraph.paragraph_format.keep_with_next = True
        paragraph = word.add_paragraph(style=style)
    paragraph.add_run(without_hidden(notice.text))


def _add_facts(word: WordDocument, facts: Facts) -> None:
    if not facts.items:
        return
    table = _new_table(word, len(facts.items), (0.3, 0.7))
    for row, fact in zip(table.rows, facts.items, strict=True):
        _fill(row.cells[0].paragraphs[0], fact.label, is_bold=True)
        _fill(row.cells[1].paragraphs[0], fact.value)
    word.add_paragraph(style="After Table")


def _add_table(word: WordDocument, table: Table) -> None:
    word.add_paragraph(without_hidden(table.caption), style="Caption")
    shown = _new_table(word, 1 + len(table.rows), table.shares)
    parts.mark_header(shown.rows[0])
    parts.describe(shown, without_hidden(table.caption))
    # cell by cell along the XML: asking the library for one cell walks the whole table each time
    for number, (row, texts) in enumerate(zip(shown.rows, (table.header, *table.rows), strict=True)):
        for cell, text in zip(row.cells, texts, strict=True):
            _fill(cell.paragraphs[0], text, is_bold=number == 0)
    word.add_paragraph(style="After Table")


def _new_table(word: WordDocument, rows: int, shares: Sequence[float]) -> WordTable:
    table: WordTable = word.add_table(rows, len(shares), style="Table Grid")
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Mm(_BODY_MM * share)
    for row in table.rows:
        for cell, share in zip(row.cells, shares, strict=True):
            cell.width = Mm(_BODY_MM * share)
    return table


def _fill(paragraph: WordParagraph, text: str, *, is_bold: bool = False) -> None:
    run = paragraph.add_run(without_hidden(text))
    run.bold = is_bold or None
    run.font.size = Pt(10)
    paragraph.paragraph_format.space_after = Pt(2)
