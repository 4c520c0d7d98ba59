import io
import subprocess
import sys

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.documents import pdf as pdf_module
from portal.documents.content import (
    Answer,
    Answers,
    AnswerState,
    Bullets,
    Fact,
    Facts,
    Heading,
    Notice,
    NoticeKind,
    PageBreak,
    Paragraph,
    Table,
)
from portal.documents.pdf import RenderingFailed, to_pdf
from portal.documents.printable import Printer
from tests.documents import reading
from tests.documents.sample import BLOCKS, document

MARKUP = (
    '#eval("1") $x$ *bold* _slant_ <label> @ref \\ // rest /* c */ `code` [x] {y} #import "a" -- ... ~ '
    "'q' \"q\" https://example.org/a%20b\n"
    "= Heading\n- item\n+ number\n/ term: text\n\\u{41}"
)


def everywhere(text):
    """Return one block of each kind with the text in each of its places."""
    return (
        Heading(1, text),
        Paragraph(text),
        Bullets((text,)),
        Facts((Fact(text, text),)),
        Answers((Answer(text, text, text, (text,), AnswerState.NOT_KNOWN),)),
        PageBreak(),
        Table(text, (text, "Second"), ((text, text),)),
        Notice(NoticeKind.RESTRICTED, text, text),
    )


@pytest.fixture(scope="module")
def sample():
    return to_pdf(document())


def test_sample_is_pdf_ua_1_and_pdf_a_2a(sample):
    assert reading.failures(sample.content) == []
    assert sample.unprintable == ()


def test_sample_says_every_word_in_order_on_pages_with_header_and_footer(sample):
    printed = reading.pages(sample.content)

    assert reading.body_letters(document(), printed)
    # the Arabic words are compared in their own test
    wanted = " ".join(word for word in reading.to_text(document()).split() if word.isascii())
    assert reading.stands_in_order(wanted, " ".join(printed))


def test_bookmarks_lead_to_every_heading(sample):
    outline = pypdf.PdfReader(io.BytesIO(sample.content)).outline

    def titles(items):
        return [
            title for item in items for title in (titles(item) if isinstance(item, list) else [item.title])
        ]

    assert titles(outline) == ["Contents", *(block.text for block in BLOCKS if isinstance(block, Heading))]


def test_metadata_names_the_team_and_nobody_else(sample):
    read = pypdf.PdfReader(io.BytesIO(sample.content))
    xmp = read.trailer["/Root"]["/Metadata"].get_data().decode()

    assert read.metadata.title == "Chair's pack, CPC-27-0002, version 3"
    assert read.metadata.author == "Sandwell contact team"
    assert read.trailer["/Root"]["/Lang"] == "en-GB"
    assert not [name for name in ("Przyk", "Zofia", "Alder", "Marta") if name in f"{read.metadata}{xmp}"]


def test_same_document_gives_the_same_bytes(sample):
    assert to_pdf(document()).content == sample.content


def test_markup_is_printed_as_typed_in_every_place():
    typed = document(*everywhere(MARKUP))

    rendered = to_pdf(typed)

    assert reading.body_letters(typed, reading.pages(rendered.content)) == reading.expected_letters(typed)
    assert reading.failures(rendered.content) == []


@pytest.mark.skipif(not reading.HAS_PDFTOTEXT, reason="pdftotext (poppler-utils) is not installed")
def test_markup_is_printed_as_typed_when_read_by_pdftotext():
    typed = document(*everywhere(MARKUP))

    printed = reading.pages_by_pdftotext(to_pdf(typed).content)

    assert reading.body_letters(typed, printed) == reading.expected_letters(typed)


def test_arabic_and_polish_words_are_read_back():
    polish, arabic = "Zażółć gęślą jaźń", "تتكلم قليلا من العربية مع جارتها"

    text = " ".join(reading.pages(to_pdf(document(Paragraph(polish), Paragraph(arabic))).content))

    assert polish in text
    assert all(word in text for word in arabic.split())  # readers differ in the order of words from the right


@pytest.mark.parametrize(
    "text",
    [
        "😀 👨‍👩‍👧 中文 ਪੰਜਾਬੀ",
        "e\u0301 q\u0323\u0301\u0489 \u0300x a" + "\u0300" * 30,
        "\u202eabc\u202c \x00\x07 tab\there",
        "ا\u064e\u0651لله שָׁלוֹם می\u200cخواهم हिन्दी क्षत्रिय ไทย",
        "\ud800 \ue000 \uffff",
    ],
)
def test_difficult_characters_still_make_a_conforming_pdf(text):
    rendered = to_pdf(document(*everywhere("Words " + text)))

    assert reading.failures(rendered.content) == []


def test_what_could_not_be_printed_is_marked_and_listed_at_the_end():
    rendered = to_pdf(document(Heading(1, "Health"), Paragraph("She wrote 😀 twice 😀")))

    text = " ".join(" ".join(reading.pages(rendered.content)).split())
    assert "She wrote [?1] twice [?1]" in text
    assert "[?1] stands for GRINNING FACE (U+1F600). Section: Health." in text
    assert [item.code for item in rendered.unprintable] == ["U+1F600"]


@pytest.mark.parametrize("letter", ["x", "W", "ż"])
def test_word_of_ten_thousand_letters_is_printed_whole_and_on_the_paper(letter):
    typed = document(*everywhere(letter * 200), Paragraph(letter * 10_000))

    rendered = to_pdf(typed)

    printed = reading.pages(rendered.content)
    assert reading.body_letters(typed, printed) == reading.expected_letters(typed)
    assert max(line.count(letter) for text in printed for line in text.split("\n")) < 120
    assert reading.failures(rendered.content) == []


def test_chronology_repeats_its_header_and_loses_no_row():
    rows = tuple((f"Row-{number}", "Some words and more. " * 40) for number in range(60))

    rendered = to_pdf(document(Heading(1, "Chronology"), Table("All rows", ("When", "What"), rows, (1, 6))))

    printed = reading.pages(rendered.content)
    assert len(printed) > 5
    assert all("When" in text and "What" in text for text in printed)
    assert reading.stands_in_order(" ".join(row[0] for row in rows), " ".join(printed))
    assert " ".join(printed).count("words") == 60 * 40
    assert reading.failures(rendered.content) == []


def test_fifty_pages_conform():
    practice = (Paragraph("Words about the family and more. " * 75), PageBreak())
    blocks = [block for number in range(50) for block in (Heading(1, f"Practice {number}"), *practice)]

    rendered = to_pdf(document(*blocks))

    assert len(reading.pages(rendered.content)) == 50
    assert reading.failures(rendered.content) == []


@pytest.mark.parametrize(
    "blocks",
    [
        (Paragraph(""),),
        (Bullets(()), Answers(()), Facts(()), Table("", ("a",), ()), Notice(NoticeKind.WARNING, "", "")),
        (PageBreak(), PageBreak(), Answers((Answer("", ""),))),
        (Heading(3, "a"), Heading(1, "b"), Heading(4, "c"), Heading(2, "d")),
    ],
)
def test_empty_or_oddly_nested_blocks_still_make_a_conforming_pdf(blocks):
    assert reading.failures(to_pdf(document(*blocks)).content) == []


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_makes_a_conforming_pdf(text):
    assert reading.failures(to_pdf(document(*everywhere(f"Words {text}"))).content) == []


@given(
    st.text(alphabet=st.characters(max_codepoint=0x24F, exclude_categories=["Cc", "Cf", "Zs"]), max_size=80)
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_latin_text_is_read_back_as_it_was_typed(text):
    typed = document(Paragraph(f"Start {text} end"))

    printed = reading.pages(to_pdf(typed).content)

    assert reading.expected_letters(typed) in reading.letters(" ".join(printed))


def test_failure_says_nothing_of_the_content(monkeypatch, tmp_path):
    (tmp_path / "document.typ").write_text("#panic(sys.inputs.document)")
    monkeypatch.setattr(pdf_module, "_TEMPLATES", tmp_path)

    with pytest.raises(RenderingFailed) as caught:
        to_pdf(document(Paragraph("secret words")))

    assert "secret" not in caught.value.message
    assert caught.value.__cause__ is None


def test_endless_template_is_stopped_and_says_nothing_of_the_content(monkeypatch, tmp_path):
    template = "#for first in range(100000) { for second in range(100000) { let third = second } }"
    (tmp_path / "document.typ").write_text(template)
    monkeypatch.setattr(pdf_module, "_TEMPLATES", tmp_path)
    monkeypatch.setattr(pdf_module, "_SECONDS", 0.5)

    with pytest.raises(RenderingFailed, match="TimeoutExpired") as caught:
        to_pdf(document(Paragraph("secret words")))

    assert "secret" not in caught.value.message
    assert caught.value.__context__.timeout == 0.5
    assert caught.value.__suppress_context__  # the time-out knows the whole document


def test_rendering_process_does_not_load_the_portal():
    path = pdf_module.typst_once.__file__
    script = f"import runpy, sys; runpy.run_path({path!r}, run_name='x')"
    script += "; print([name for name in sys.modules if name.startswith(('portal', 'flask'))])"

    finished = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, check=True, text=True
    )

    assert finished.stdout.strip() == "[]"


def test_character_without_a_glyph_is_told_apart_so_that_a_cautious_try_follows():
    order = pdf_module._as_data(document(Paragraph("here")), Printer())
    order["blocks"][0]["text"] = "\U0001f600"

    finished = pdf_module._run_typst(order, 0)

    assert finished.returncode == pdf_module.typst_once.GLYPH_MISSING
    assert finished.stderr == b""
