import html5lib

from portal.documents.content import Heading, Paragraph
from portal.documents.html import to_html
from portal.documents.text import to_text
from tests.documents import reading
from tests.documents.sample import BLOCKS, document
from tests.documents.test_pdf import MARKUP, everywhere


def read(html):
    """Parse strictly, and return the tree."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(f"<!DOCTYPE html><title>x</title>{html!s}").find("body")


def test_sample_says_the_same_words_in_the_same_order():
    words = reading.letters("".join(read(to_html(document(*BLOCKS))).itertext()))

    start = words.index(reading.letters(BLOCKS[0].text))
    expected = reading.letters(to_text(document(*BLOCKS)))
    assert words[start:] == expected[expected.index(reading.letters(BLOCKS[0].text)) :]


def test_markup_is_escaped_in_every_place():
    html = to_html(document(*everywhere(f"<script>alert(1)</script> & {MARKUP}")))

    assert not list(read(html).iter("script"))
    assert reading.letters("<script>alert(1)</script>") in reading.letters("".join(read(html).itertext()))


def test_attributes_are_escaped_too():
    html = to_html(document(Paragraph("a"), language='en"><script>'))

    assert not list(read(html).iter("script"))


def test_headings_start_below_the_pages_own():
    tree = read(to_html(document(Heading(1, "a", "first"), Heading(2, "b")), heading_offset=2))

    assert [tag.get("id") for tag in tree.iter("h3")] == ["first"]
    assert len(list(tree.iter("h4"))) == 1
    assert not list(tree.iter("h1"))


def test_line_breaks_are_kept():
    assert "one<br>two" in to_html(document(Paragraph("one\ntwo")))
