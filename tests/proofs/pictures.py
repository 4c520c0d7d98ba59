"""Pictures of the main pages, of the demonstration as it runs: made anew, to be looked at."""

import json
import os
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from sqlalchemy.engine import make_url

from tests.journeys.conftest import CHROMIUM, QUIET
from tests.journeys.people import DESKTOP, PHONE, Crew
from tests.journeys.portal import running_portal

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
WIDTHS = {"desktop": DESKTOP, "phone": PHONE}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    address = make_url(os.environ["ADMIN_DATABASE_URL"]).set(drivername="postgresql+psycopg")
    with tempfile.TemporaryDirectory() as folder, running_portal(address, Path(folder), "load") as portal:
        everybody = json.loads(Path(portal.environment["DEMONSTRATION_PEOPLE"]).read_text())
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            crew = Crew(portal.address, chromium, everybody)
            for width, viewport in WIDTHS.items():
                take_all(crew, width, viewport)
            crew.leave()


def take_all(crew: Crew, width: str, viewport: dict[str, int]) -> None:
    writer = crew.visitor("lead@y90001.nhs.example.org", viewport=viewport)
    take(writer, "inbox", width)
    writer.page.get_by_role("link", name="Drafting").or_(writer.page.locator("tbody a").first).first.click()
    take(writer, "request", width)
    report = writer.page.url + "/report"
    writer.page.goto(report)
    if writer.page.get_by_role("heading", name="Your report").count():
        take(writer, "report", width)
        writer.page.locator("main a[href*='/report/']").nth(3).click()
        take(writer, "section", width)
    officer = crew.visitor("contact1@children.example.org", viewport=viewport)
    take(officer, "queue", width)
    officer.page.goto(crew.address + "/queue?about=received")
    officer.page.locator("tbody a").first.click()
    take(officer, "contact", width)
    chair = crew.visitor("chair1@children.example.org", viewport=viewport)
    take(chair, "chairs-conferences", width)
    chair.page.locator("tbody a", has_text="CPC").first.click()
    take(chair, "chairs-page", width)


def take(visitor, name: str, width: str) -> None:
    visitor.check()
    visitor.page.screenshot(path=FOLDER / f"{name}-{width}.png", full_page=True)
    print(f"docs/screenshots/{name}-{width}.png: axe finds nothing")


if __name__ == "__main__":
    main()
