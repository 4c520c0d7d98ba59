"""People and their browsers, before a portal that really runs."""

import json
from pathlib import Path

import pytest

from tests.journeys.people import Crew
from tests.journeys.portal import running_portal


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group(Path(item.path).stem))  # one portal for a module


@pytest.fixture(scope="module")
def portal(administrator_url, tmp_path_factory):
    """A portal of this module's own: people, no conferences."""
    with running_portal(administrator_url, tmp_path_factory.mktemp("portal"), "people") as running:
        yield running


@pytest.fixture(scope="module")
def crew(portal, chromium):
    """Whoever can sign in, each with a browser of their own."""
    everybody = json.loads(Path(portal.environment["DEMONSTRATION_PEOPLE"]).read_text())
    crew = Crew(portal.address, chromium, everybody)
    yield crew
    crew.leave()
