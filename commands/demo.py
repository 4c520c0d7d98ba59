"""The demonstration: everything set up, loaded and started, on this machine only, until Ctrl-C."""

import shutil
import socket
import urllib.error
import urllib.request

from commands import database, environment, interface_kit, settings
from commands.codes import Person, people
from commands.failure import Failure
from commands.paths import LOGS, MAIL, PEOPLE, PYTHON, ROOT
from commands.programs import run_python, together

HOST = "127.0.0.1"
PATIENCE = 60  # seconds for the first answer
# A proxy that the reader's environment names is not for this machine's own address.
DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))
FLASK = ("-m", "flask", "--app", "portal")
GUNICORN = ("-m", "gunicorn", "--config", "python:commands.gunicorn_settings", "portal:create_app()")


def run(port: int, *, is_fresh: bool) -> int:
    """Serve the demonstration until it is stopped. Raises Failure when a part of it fails."""
    _refuse_taken(port)
    environment.prepare()
    interface_kit.prepare()
    with database.for_development(is_fresh=is_fresh) as addresses:
        if is_fresh:
            _forget()
        programs_environment = _environment(addresses, port)
        run_python([*FLASK, "database", "upgrade"], programs_environment, "Bringing the database up to date")
        run_python([*FLASK, "demonstration", "load"], programs_environment, "Loading the demonstration")
        _serve(programs_environment, port)
    return 0


def _serve(programs_environment: dict[str, str], port: int) -> None:
    with together() as programs:
        programs.start("web server", [PYTHON, *GUNICORN], programs_environment, LOGS / "web.log")
        programs.start("worker", [PYTHON, *FLASK, "worker"], programs_environment, LOGS / "worker.log")
        programs.wait(until=lambda: _answers(port), seconds=PATIENCE)
        print(welcome(port, people()), flush=True)
        try:
            programs.wait(until=database.has_died)
            raise Failure(
                "The database server stopped by itself; var/postgres/development/server.log says more."
            )
        except KeyboardInterrupt:
            print("\nStopping …", flush=True)


def welcome(port: int, who: list[Person]) -> str:
    """Return what the reader needs: the address, who may sign in, codes, mail, how to stop."""
    rows = [("E-mail", "Password", "Role", "Organisation")]
    rows += [(person.email, person.password, person.roles, person.organisation) for person in who]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    table = ["  ".join([*(cell.ljust(widths[n]) for n, cell in enumerate(row[:3])), row[3]]) for row in rows]
    return "\n".join(
        [
            *("", "Demonstration data. Not real people.", "", *table, ""),
            "Six-digit code:   ./run code E-MAIL   (in a second terminal)",
            f"Mail is written:  {MAIL.relative_to(ROOT)}/",
            f"Logs are written: {LOGS.relative_to(ROOT)}/",
            f"The same list:    {PEOPLE.relative_to(ROOT)}",
            "Stop:             Ctrl-C",
            "",
            f"Open {_address(port)}",
        ]
    )


def _environment(addresses: dict[str, str], port: int) -> dict[str, str]:
    return {
        **settings.for_environment("demonstration", addresses),
        "PORTAL_BIND": f"{HOST}:{port}",
        "PUBLIC_ADDRESS": _address(port),
    }


def _address(port: int) -> str:
    return f"http://{HOST}:{port}"


def _forget() -> None:
    shutil.rmtree(PEOPLE.parent, ignore_errors=True)
    shutil.rmtree(MAIL, ignore_errors=True)


def _refuse_taken(port: int) -> None:
    """Say so before the long part. Reuse as gunicorn does, or a port just left would look taken."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as error:
            raise Failure(f"Port {port} is taken. Choose another: ./run demo --port {port + 1}") from error


def _answers(port: int) -> bool:
    try:
        with DIRECTLY.open(f"{_address(port)}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
