"""The main job in steps, each as the person whose step it is would do it."""

import io
import re
import zipfile
from pathlib import Path

from pypdf import PdfReader

from portal import clock
from portal.conferences.list_writing import shift_dates
from tests.journeys.filling import fill_section
from tests.support.lists.list_samples import LISTS

BUILT_WITHIN_SECONDS = 60


def sample_list():
    """The sample conference list with its dates ahead of today."""
    return shift_dates((LISTS / "conferences.csv").read_bytes(), clock.today())


def upload_list(contact):
    """Upload the list; the preview follows."""
    contact.see("/conferences/lists/new")
    upload = {"name": "conferences.csv", "mimeType": "text/csv", "buffer": sample_list()}
    contact.page.set_input_files("input[type=file]", upload)
    contact.press("Read the list")


def hand_in_list(contact):
    """Upload the list, read the preview, confirm, and wait until it is taken over."""
    upload_list(contact)
    assert "64 new conferences" in contact.text
    assert "Nothing has been taken over yet" in contact.text
    contact.press("Take over 64 conferences")
    done = contact.page.get_by_role("heading", name="The list has been taken over")
    done.wait_for(timeout=BUILT_WITHIN_SECONDS * 1000)
    contact.check()


def write_report(writer, patient, word):
    """Find the request by a patient's name, answer every section, and check; returns the texts typed."""
    writer.see("/requests")
    writer.follow(patient)
    writer.press("Write the report")
    sections = [
        link.get_attribute("href")
        for link in writer.page.locator("main a[href*='/report/']").all()
        if not link.get_attribute("href").endswith("/check")
    ]
    typed = []
    for section in sections:
        writer.see(section)
        typed += fill_section(writer, word)
        writer.press("Save and continue")
        refused = writer.page.locator(".nhsuk-error-summary li").all_inner_texts()
        assert not refused, (section, refused)
    return typed


def sign(writer):
    """Check, declare, confirm with a code, send; returns the receipt's reference."""
    writer.see(request_of(writer) + "/report/check")
    writer.press("Go on to sign")
    writer.page.get_by_role("checkbox").check()
    writer.page.get_by_label("Six-digit code").fill(writer.crew.code_of(writer.person))
    writer.press("Sign and send")
    return re.search(r"GP-\w{4}-\w{4}", writer.text).group()


def request_of(writer):
    """The path of the request that the page is about."""
    return re.search(r"/requests/[0-9a-f-]{36}", writer.page.url).group()


def accept_report(contact, family, practice):
    """Find what came in the queue, take it and accept it."""
    contact.see("/queue")
    contact.follow("Reports and answers")
    row = contact.page.locator("tr", has_text=family).filter(has_text=practice)
    contact.follow(family, within=row)
    contact.press("Take this")
    contact.press("Accept")


def make_pack(chair, reference, reader):
    """Ask for a pack and wait until it is ready; returns its title with its version."""
    chair.see("/conferences-to-chair")
    chair.follow(reference)
    title = f"{reader}, version {chair.page.get_by_role('link', name=f'PDF of {reader}').count() + 1}"
    chair.page.get_by_label("Who is it for?").select_option(label=reader)
    chair.press("Make a pack")
    link = chair.page.get_by_role("link", name=f"PDF of {title}")
    for _ in range(BUILT_WITHIN_SECONDS):
        if link.count():
            break
        chair.page.wait_for_timeout(1000)
        if not chair.has_javascript:
            chair.page.reload()
    chair.check()
    return title


def download(chair, kind, title):
    """Take a file of a pack away ("PDF" or "Word file"); returns its name and content."""
    with chair.page.expect_download() as waiting:
        chair.page.get_by_role("link", name=f"{kind} of {title}").click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def pdf_text(content):
    """All text of a PDF, its white space folded away: lines break where the page does."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    return re.sub(r"\s+", "", " ".join(pages))


def word_text(content):
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return re.sub(r"<[^>]+>", "", parts.read("word/document.xml").decode())
