"""Pictures of the main pages, of the demonstration as it runs: made anew, to be looked at."""

import json
import os
import tempfile
from pathlib import Path

from sqlalchemy.engine import make_url

from tests.journeys.people import DESKTOP, PHONE, Crew
from tests.journeys.portal import running_portal
from tests.support.chromium import running_chromium

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
WIDTHS = {"desktop": {**DESKTOP, "height": 1400}, "phone": {**PHONE, "height": 1400}}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    address = make_url(os.environ["ADMIN_DATABASE_URL"]).set(drivername="postgresql+psycopg")
    with tempfile.TemporaryDirectory() as folder, running_portal(address, Path(folder), "load") as portal:
        everybody = json.loads(Path(portal.environment["DEMONSTRATION_PEOPLE"]).read_text())
        with running_chromium() as chromium:
            crew = Crew(portal.address, chromium, everybody)
            for width, viewport in WIDTHS.items():
                take_all(crew, width, viewport)
            crew.leave()


def take_all(crew: Crew, width: str, viewport: dict[str, int]) -> None:
    writer = crew.visitor("lead@y90001.nhs.example.org", viewport=viewport)
    take(writer, "inbox", width)
    writer.page.locator("tr", has_text="Being written").get_by_role("link").first.click()
    take(writer, "request", width)
    writer.page.goto(writer.page.url + "/report")
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
    visitor.page.screenshot(path=FOLDER / f"{name}-{width}.png")
    print(f"docs/screenshots/{name}-{width}.png: axe finds nothing")


if __name__ == "__main__":
    main()
