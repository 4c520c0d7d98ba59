import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.documents.content import Heading, Paragraph, Table
from portal.documents.text import to_text
from portal.documents.word import to_docx
from tests.documents import reading
from tests.documents.sample import BLOCKS, CREATED_AT, document
from tests.documents.test_pdf import MARKUP, everywhere


def opened(content):
    return docx.Document(io.BytesIO(content))


def test_sample_says_the_same_words_in_the_same_order():
    typed = document(*BLOCKS)

    assert reading.letters(reading.docx_text(to_docx(typed))) == reading.letters(to_text(typed))


@pytest.mark.parametrize(
    "text", [MARKUP, "<w:p/> & ]]>", "Zażółć 😀 عربي 中", "a\x00\x08b\ud800c\u202ed", "x" * 10_000]
)
def test_difficult_text_stands_as_typed_in_every_place(text):
    typed = document(*everywhere("Words " + text))

    assert reading.letters(reading.docx_text(to_docx(typed))) == reading.letters(to_text(typed))


@given(st.text(alphabet=st.characters(), max_size=60))
@settings(max_examples=30, deadline=None)
def test_any_text_makes_a_file_that_opens(text):
    typed = document(Paragraph(f"Start {text} end"))

    assert reading.letters(reading.docx_text(to_docx(typed))) == reading.letters(to_text(typed))


def test_same_document_gives_the_same_bytes():
    assert to_docx(document()) == to_docx(document())


def test_properties_name_the_team_and_nobody_else():
    content = to_docx(document())

    properties = opened(content).core_properties
    assert properties.title == "Chair's pack, CPC-27-0002, version 3"
    assert properties.author == properties.last_modified_by == "Sandwell contact team"
    assert properties.created == properties.modified == CREATED_AT
    assert properties.language == "en-GB"
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        beside = b"".join(parts.read(name) for name in parts.namelist() if name.startswith("docProps"))
    assert not [name for name in ("Przyk", "Zofia", "Alder", "python-docx") if name.encode() in beside]


def test_headings_are_real_and_links_in_the_contents_reach_them():
    body = opened(to_docx(document())).element.body

    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert anchors == marks
    assert "k_alder_zofia" in anchors
    styles = [
        p.style.name for p in opened(to_docx(document())).paragraphs if p.style.name.startswith("Heading")
    ]
    assert styles == [f"Heading {block.level}" for block in BLOCKS if isinstance(block, Heading)]


def test_table_header_is_marked_and_captioned_for_assistive_technology():
    word = opened(to_docx(document(Table("Caption", ("a", "b"), (("1", "2"),)))))

    table = word.tables[0]._tbl
    assert len(list(table.iter(qn("w:tblHeader")))) == 1
    assert next(table.iter(qn("w:tblCaption"))).get(qn("w:val")) == "Caption"


def test_language_header_and_footer_are_set():
    word = opened(to_docx(document()))

    section = word.sections[0]
    header = "\n".join(paragraph.text for paragraph in section.header.paragraphs)
    assert header == (
        "For: the chair of the conference\tOFFICIAL-SENSITIVE: chair only\n"
        "Chair's pack\tDemonstration data. Not real people."
    )
    assert section.footer.paragraphs[0].text == "CPC-27-0002, version 3\tPage 1 of 1"
    fields = [words.text.strip() for words in section.footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert word.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en-GB"
