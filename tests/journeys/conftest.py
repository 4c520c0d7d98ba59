"""The whole portal, as people meet it: web server, worker, database, browser; nothing is imitated."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests.conftest import ROLES
from tests.journeys.people import Crew
from tests.support.settings import BLIND_INDEX_KEY, DATA_KEY

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FLASK = [sys.executable, "-m", "flask", "--app", "portal"]
GUNICORN = [sys.executable, "-m", "gunicorn", "--config", "python:commands.gunicorn_settings"]
PATIENCE = 60  # seconds for the server's first answer


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group(Path(item.path).stem))  # one portal for a module


class Portal:
    """The running portal of one test module."""

    def __init__(self, environment, address, folder):
        self.environment = environment
        self.address = address
        self.folder = folder
        self.programs = []

    def start(self):
        self.web = self._start([*GUNICORN, "portal:create_app()"], "web")
        self.worker = self._start([*FLASK, "worker"], "worker")
        self.wait_until_it_answers()

    def start_web(self):
        self.web = self._start([*GUNICORN, "portal:create_app()"], "web")
        self.wait_until_it_answers()

    def kill_web(self):
        """End the web server as a power cut would: all of it, at once."""
        os.killpg(self.web.pid, signal.SIGKILL)
        self.web.wait()

    def flask(self, *arguments):
        """Run a command of the portal's; returns what it printed."""
        done = subprocess.run(
            [*FLASK, *arguments], env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def log_of(self, name):
        return (self.folder / f"{name}.log").read_text()

    def mail(self):
        """Every message sent so far, as text."""
        folder = Path(self.environment["MAIL_FOLDER"])
        return [path.read_text() for path in sorted(folder.glob("*.eml"))]

    def wait_until_it_answers(self):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=2):
                    return
            except OSError:
                assert self.web.poll() is None, self.log_of("web")
                time.sleep(0.2)
        pytest.fail("the web server does not answer:\n" + self.log_of("web"))

    def stop(self):
        for program in self.programs:
            if program.poll() is None:
                os.killpg(program.pid, signal.SIGTERM)
        for program in self.programs:
            try:
                program.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(program.pid, signal.SIGKILL)
                program.wait()

    def _start(self, command, name):
        log = (self.folder / f"{name}.log").open("a")
        program = subprocess.Popen(
            command, env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
        )
        log.close()
        self.programs.append(program)
        return program


@pytest.fixture(scope="module")
def portal(administrator_url, tmp_path_factory):
    """A portal of this module's own: fresh database, people, no conferences."""
    name = f"portal_journey_{os.getpid()}_{time.monotonic_ns() % 10**6}"
    administrator = create_engine(administrator_url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with administrator.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(1)"))
        connection.connection.driver_connection.execute(ROLES.read_text())
        connection.execute(text(f"CREATE DATABASE {name} OWNER portal_owner"))
    running = Portal(*_settings(administrator_url, name, tmp_path_factory.mktemp("portal")))
    try:
        running.flask("database", "upgrade")
        running.flask("demonstration", "people")
        running.start()
        yield running
    finally:
        running.stop()
        with administrator.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} (FORCE)"))


def _settings(administrator_url, name, folder):
    address = f"http://127.0.0.1:{_free_port()}"
    owner = administrator_url.set(username="portal_owner", database=name)
    application = administrator_url.set(username="portal_app", database=name)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PORTAL_ENVIRONMENT": "demonstration",
        "SECRET_KEY": "a-secret-of-the-journeys-and-of-nothing-else-0123456789",
        "DATA_KEYS": f"k1:{DATA_KEY}",
        "BLIND_INDEX_KEY": BLIND_INDEX_KEY,
        "DATABASE_URL": application.render_as_string(hide_password=False),
        "MIGRATION_DATABASE_URL": owner.render_as_string(hide_password=False),
        "MAIL_FOLDER": str(folder / "mail"),
        "DEMONSTRATION_PEOPLE": str(folder / "people.json"),
        "PUBLIC_ADDRESS": address,
        "PORTAL_BIND": address.removeprefix("http://"),
        "PORTAL_WEB_PROCESSES": "1",
        "PYTHONPATH": str(ROOT),
    }
    return environment, address, folder


def _free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def crew(portal, chromium):
    """Whoever can sign in, each with a browser of their own."""
    everybody = json.loads(Path(portal.environment["DEMONSTRATION_PEOPLE"]).read_text())
    crew = Crew(portal.address, chromium, everybody)
    yield crew
    crew.leave()
