"""What only a browser can show: accessibility, width, sending once, paper."""

import io
import re

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

PAGES = ["/", "/form", "/autosaved", "/document", "/long-names", "/status/404", "/status/500"]
# A page that answers 4xx is written into the console by the browser itself.
ANSWERED = re.compile(r"Failed to load resource: the server responded with a status of [45]\d\d")


def complaints(page):
    return [said for said in page.complaints if not ANSWERED.match(said)]


@pytest.mark.parametrize("width", [1280, 375, 320])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(page, address, path, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address + path, wait_until="networkidle")

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not complaints(page)


@pytest.mark.parametrize("width", [1280, 375])
def test_a_refused_form_is_accessible_and_moves_to_its_errors(page, address, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address + "/form", wait_until="networkidle")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_load_state("networkidle")
    page.get_by_label("No, it could put someone at risk").check()

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
    assert page.title().startswith("Error: Write about Ada")
    page.get_by_role("link", name="Enter a reason").click()
    assert page.evaluate("document.activeElement.id") == "reason"
    assert not complaints(page)


def test_more_to_say_shows_only_with_its_answer(page, address):
    page.goto(address + "/form", wait_until="networkidle")
    why = page.get_by_label("Why not?")

    assert not why.is_visible()
    page.get_by_label("No, it could put someone at risk").check()
    assert why.is_visible()
    page.get_by_label("Yes", exact=True).check()
    assert not why.is_visible()


def test_everything_shows_without_javascript(chromium, address):
    visit = chromium.new_context(java_script_enabled=False)
    page = visit.new_page()
    page.goto(address + "/form")

    assert page.get_by_label("Why not?").is_visible()
    visit.close()


def test_text_survives_the_browser_and_a_refusal(page, address):
    typed = "\n\n  two lines\n\tand more \n"
    page.goto(address + "/form", wait_until="networkidle")
    page.get_by_label("Reason").fill(typed)
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_load_state("networkidle")

    assert page.get_by_label("Reason").input_value() == typed


def test_a_form_is_sent_once_until_the_page_is_shown_again(page, address):
    sent = []

    def answer_without_leaving(route):
        if route.request.method == "POST":
            sent.append(route.request.url)
            route.fulfill(status=204)
        else:
            route.continue_()

    page.goto(address + "/form", wait_until="networkidle")
    page.route("**/form", answer_without_leaving)
    button = page.get_by_role("button", name="Save and continue")
    for _ in range(2):
        button.click()
        page.wait_for_timeout(200)
    assert len(sent) == 1

    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    button.click()
    page.wait_for_timeout(200)

    assert len(sent) == 2


def test_copy_puts_text_on_the_clipboard(page, address):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address + "/", wait_until="networkidle")
    page.get_by_role("button", name="Copy reference").click()

    page.get_by_role("button", name="Copied").wait_for()


def test_whose_page_it_is_stands_on_every_sheet(page, address):
    page.goto(address + "/document", wait_until="networkidle")

    sheets = [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]

    assert len(sheets) > 2
    assert all("999 123 4567" in sheet for sheet in sheets)
    assert not any("Sign out" in sheet or "Print this page" in sheet or "http" in sheet for sheet in sheets)
