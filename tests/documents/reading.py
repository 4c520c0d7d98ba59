"""Reading a built file back: its words, its metadata, and whether it conforms."""

import io
import re
import shutil
import subprocess

import docx
import page
import pypdf

from portal.documents.content import DEMONSTRATION_LINE, Document
from portal.documents.printable import Printer
from portal.documents.text import to_text

HAS_PDFTOTEXT = shutil.which("pdftotext") is not None


def failures(pdf: bytes) -> list[str]:
    """Return everything that keeps the PDF from being PDF/UA-1 and PDF/A-2a."""
    reports = [page.validate_pdf_bytes(pdf, profile=profile) for profile in ("ua1", "2a")]
    return [failure.message for report in reports for failure in report.failures]


def pages(pdf: bytes) -> list[str]:
    return [one.extract_text() for one in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def pages_by_pdftotext(pdf: bytes) -> list[str]:
    finished = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return finished.stdout.decode().split("\f")[:-1]


def letters(text: str) -> str:
    """Return the text without white space, so that where lines break does not matter."""
    return re.sub(r"\s+", "", text)


def body_letters(document: Document, printed: list[str]) -> str:
    """Return the letters of the printed pages without the lines that stand on every page."""
    edges = [f"For: {document.reader}", document.classification, DEMONSTRATION_LINE]
    edges.append(f"{document.reference}, {document.version}")
    found = ""
    for number, text in enumerate(printed, 1):
        here = letters(text).replace("•", "")  # the bullets of lists
        for edge in (*edges, f"Page {number} of {len(printed)}"):
            assert letters(edge) in here, f"page {number} lacks its header or footer"
            here = here.replace(letters(edge), "", 1)
        found += here.replace(letters(document.title), "", 1)  # the header's; the cover keeps its own
    return found


def expected_letters(document: Document) -> str:
    return letters(Printer().printable(to_text(document), "anywhere"))


def stands_in_order(wanted: str, found: str) -> bool:
    """Return whether the wanted words appear in this order, with others (a repeated header) between them."""
    place, found = 0, letters(found)
    for word in wanted.split():
        place = found.find(word, place) + len(word)
        if place < len(word):
            return False
    return True


def docx_text(content: bytes) -> str:
    """Return the body of a Word file in reading order, one paragraph to a line."""
    lines: list[str] = []
    for part in docx.Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(part, docx.table.Table):
            lines += [
                paragraph.text for row in part.rows for cell in row.cells for paragraph in cell.paragraphs
            ]
        else:
            lines.append(part.text)
    return "\n".join(line for line in lines if line.strip())
