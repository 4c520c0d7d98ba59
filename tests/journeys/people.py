"""People in front of their browsers: they sign in as anybody would, and every page they see is checked."""

import re
import time

import pyotp
from axe_playwright_python.sync_playwright import Axe

STEP_SECONDS = 30
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 740}
REFUSED = (409, 422)  # the same page again, with what to mend
AXE_OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


class Crew:
    """Everybody who can sign in, found by e-mail."""

    def __init__(self, address, chromium, everybody):
        self.address = address
        self.chromium = chromium
        self.everybody = {each["email"]: each for each in everybody}
        self.contexts = []
        self.used_steps = {}
        self.looked_at = set()

    def visitor(self, email, *, viewport=None, has_javascript=True):
        """This person, signed in, in a fresh browser."""
        context = self.chromium.new_context(
            viewport=viewport or DESKTOP,
            java_script_enabled=has_javascript,
            locale="en-GB",
            timezone_id="Europe/London",
            accept_downloads=True,
        )
        self.contexts.append(context)
        visitor = Visitor(self, self.everybody[email], context, has_javascript)
        visitor.sign_in()
        return visitor

    def code_of(self, person):
        """A code that was not used yet; waits for the next one where it must."""
        totp = pyotp.TOTP(person["totp_secret"])
        while True:
            step = max(int(time.time()) // STEP_SECONDS, self.used_steps.get(person["email"], 0) + 1)
            if step <= int(time.time()) // STEP_SECONDS + 1:
                self.used_steps[person["email"]] = step
                return totp.generate_otp(step)
            time.sleep(1)

    def leave(self):
        for context in self.contexts:
            context.close()


class Visitor:
    """One signed-in person. `see` goes to a page and checks it; `page` is Playwright's."""

    def __init__(self, crew, person, context, has_javascript):
        self.crew = crew
        self.person = person
        self.has_javascript = has_javascript
        self.page = context.new_page()
        self.complaints = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def sign_in(self):
        self.see("/sign-in")
        self.page.get_by_label("E-mail address").fill(self.person["email"])
        self.page.get_by_label("Password", exact=True).fill(self.person["password"])
        self.press("Continue")
        self.page.get_by_label("Six-digit code").fill(self.crew.code_of(self.person))
        self.press("Sign in")

    def see(self, path):
        """Go to a page of the portal and check it."""
        self.page.goto(self.crew.address + path)
        self.check()

    def press(self, name, *, within=None):
        """Press a button and check the page that follows."""
        with self.page.expect_navigation():  # what is being saved goes first, so the page may leave late
            (within or self.page).get_by_role("button", name=name, exact=True).last.click()
        self.check()

    def follow(self, name, *, within=None):
        """Follow a link and check the page that follows."""
        with self.page.expect_navigation():
            (within or self.page).get_by_role("link", name=name).first.click()
        self.check()

    def check(self):
        """No fault by axe, nothing wider than the window, nothing the browser complains of."""
        if self.has_javascript and self._is_new():
            self.page.wait_for_load_state("load")  # modules have run by then
            results = Axe().run(self.page, options=AXE_OPTIONS).response["violations"]
            faults = [f"{each['id']}: {[n['html'][:160] for n in each['nodes']]}" for each in results]
            assert not faults, f"{self.page.url}\n" + "\n".join(faults)
            too_wide = self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
            assert not too_wide, f"{self.page.url} scrolls sideways"
        assert not self.complaints, (self.page.url, self.complaints)

    def _is_new(self):
        """Whether no page of this route, title and width was looked at before; titles tell errors apart."""
        route = ID.sub("…", self.page.url)
        page = (route, self.page.title(), self.page.viewport_size["width"])
        is_new = page not in self.crew.looked_at
        self.crew.looked_at.add(page)
        return is_new

    @property
    def text(self):
        return self.page.locator("body").inner_text()

    def _listen(self, message):
        is_refusal = any(f"status of {status}" in message.text for status in REFUSED)
        if message.type in ("error", "warning") and not is_refusal:
            self.complaints.append(message.text)
