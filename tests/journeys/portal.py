"""The portal as it runs: web server, worker, a database of its own; nothing is imitated."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests.support.settings import BLIND_INDEX_KEY, DATA_KEY

ROOT = Path(__file__).resolve().parents[2]
ROLES = ROOT / "migrations" / "roles.sql"
FLASK = [sys.executable, "-m", "flask", "--app", "portal"]
GUNICORN = [sys.executable, "-m", "gunicorn", "--config", "python:commands.gunicorn_settings"]
PATIENCE = 60  # seconds for the server's first answer


class Portal:
    """A running portal."""

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
        raise AssertionError("the web server does not answer:\n" + self.log_of("web"))

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


@contextmanager
def running_portal(administrator_url, folder, demonstration):
    """A portal for the length of a block; `demonstration` is what is loaded: "people", or "load" for all."""
    name = f"portal_journey_{os.getpid()}_{time.monotonic_ns() % 10**6}"
    administrator = create_engine(administrator_url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with administrator.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(1)"))  # two workers must not make one role at once
        connection.connection.driver_connection.execute(ROLES.read_text())
        connection.execute(text(f"CREATE DATABASE {name} OWNER portal_owner"))
    running = Portal(*_settings(administrator_url, name, folder))
    try:
        running.flask("database", "upgrade")
        running.flask("demonstration", demonstration)
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
