"""The small application of these tests, a client that checks every page, and a browser for the rest."""

import threading
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from tests.support.browser_page import check_page
from tests.web.sample_app import make_app


class CheckingClient(FlaskClient):
    """Reads every page strictly."""

    def open(self, *arguments, **options):
        response = super().open(*arguments, **{"buffered": True, **options})
        check_page(response)
        return response


@pytest.fixture
def app():
    app = make_app()
    app.test_client_class = CheckingClient
    return app


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def address(app) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(chromium) -> Iterator:
    """A page of a fresh visitor; whatever the console says against the page ends up in `page.complaints`."""
    visit = chromium.new_context(
        viewport={"width": 1280, "height": 900}, locale="en-GB", timezone_id="Europe/London"
    )
    page = visit.new_page()
    page.complaints = []
    page.on(
        "console",
        lambda said: page.complaints.append(said.text) if said.type in {"error", "warning"} else None,
    )
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    visit.close()
