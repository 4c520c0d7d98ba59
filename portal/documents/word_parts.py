"""Parts of a Word file that python-docx has no words for: fields, bookmarks, contents, fixed times."""

import io
import zipfile
from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


def element(name: str, /, **attributes: str) -> BaseOxmlElement:
    """Return a new element of the word processing namespace; every attribute is of that namespace too."""
    made: BaseOxmlElement = OxmlElement(f"w:{name}")
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    return made


def add_field(paragraph: Paragraph, instruction: str, shown: str = "1") -> None:
    """Add a field, such as PAGE, that Word fills in; `shown` stands there until it does."""
    _add_field_mark(paragraph, "begin", instruction)
    paragraph.add_run(shown)
    _add_field_mark(paragraph, "end")


def _add_field_mark(paragraph: Paragraph, kind: str, instruction: str = "") -> None:
    run = paragraph.add_run()._r
    run.append(element("fldChar", fldCharType=kind))
    if instruction:
        words = element("instrText")
        words.text = f" {instruction} "
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(words)
        run.append(element("fldChar", fldCharType="separate"))


def add_heading(word: WordDocument, level: int, text: str, key: str) -> None:
    """Add a heading that a link can reach by its key."""
    paragraph = word.add_heading(text, level)
    number = str(len(word.element.body))
    paragraph._p.insert(1, element("bookmarkStart", id=number, name=_bookmark(key)))
    paragraph._p.append(element("bookmarkEnd", id=number))


def add_contents(word: WordDocument, headings: Sequence[tuple[int, str, str]]) -> None:
    """Add a table of contents with links, filled in; Word adds page numbers when asked to update it."""
    for number, (level, text, key) in enumerate(headings):
        paragraph = word.add_paragraph(style=f"toc {level}")
        if number == 0:
            _add_field_mark(paragraph, "begin", 'TOC \\o "1-3" \\h')
        link = element("hyperlink", anchor=_bookmark(key), history="1")
        link.append(paragraph.add_run(text)._r)
        paragraph._p.append(link)
        if number == len(headings) - 1:
            _add_field_mark(paragraph, "end")


def _bookmark(key: str) -> str:
    """Return a bookmark's name: a letter first, no hyphens, 40 characters at most (Word's own limits)."""
    return f"k_{key.replace('-', '_')}"


def add_page_break(word: WordDocument) -> None:
    """Let what follows start on a new page."""
    word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def mark_header(row: _Row) -> None:
    """Say that this row is the table's header: it is repeated on every page and read out with each cell."""
    properties = row._tr.get_or_add_trPr()
    properties.append(element("cantSplit"))
    properties.append(element("tblHeader"))
    for cell in row.cells:
        cell._tc.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill="E8EDEE"))


def describe(table: Table, caption: str) -> None:
    """Give the table the title that assistive technology reads."""
    table._tbl.tblPr.append(element("tblCaption", val=caption[:255]))


def with_fixed_times(content: bytes) -> bytes:
    """Return the file with fixed times inside, and without the library's picture of its own template."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _FIXED_TIME), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()
