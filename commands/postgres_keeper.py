"""The process that keeps one embedded PostgreSQL server for as long as any command uses it.

Every command that uses the server holds a shared lock on `users.lock`. The keeper stops the server when it
can have that lock alone. The kernel gives locks back however a command dies, so a killed command leaves
nothing behind; and when the keeper itself is killed, the kernel stops the server.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from commands import locks, postgres_program
from commands.failure import Failure
from commands.paths import VAR

PATIENCE = 60.0  # seconds, for a start (crash recovery included) and for a stop
GLANCE = 0.1  # seconds between two looks

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    # No row's content may reach the log: it names people.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
}
FAST_AND_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Places:
    """The files of one server; `name` is "development" or "tests"."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.folder = VAR / "postgres" / name
        self.users = self.folder / "users.lock"
        self.starting = self.folder / "starting.lock"
        self.keeper = self.folder / "keeper.lock"
        self.log = self.folder / "server.log"
        # Written when the server answers: where its socket is.
        self.ready = self.folder / "socket-folder"


def keep(name: str) -> None:
    """Start the server, say where its socket is, and stop it when nobody uses it any more."""
    places = Places(name)
    _take_charge(places)
    program = postgres_program.find()
    data = program.data_folders / name / "data"
    _clear_what_a_crash_left(data)
    if name == "tests":
        # Databases of tests that were killed go; and without fsync a crash of the machine may have spoilt it.
        shutil.rmtree(data, ignore_errors=True)
    if not (data / "PG_VERSION").exists():
        _make_data_folder(program, data)
    socket_folder = _make_socket_folder(program)
    with places.log.open("w", encoding="utf-8") as log:
        server = program.start("postgres", *_options(data, socket_folder, name), output=log)
    try:
        _wait_until_ready(server, data)
        _write_ready(places, socket_folder)
        _wait_until_unused(places, server)
    finally:
        _stop(server)
        forget_socket_folder(places)
        shutil.rmtree(socket_folder, ignore_errors=True)


def _take_charge(places: Places) -> None:
    """Hold the keeper's lock from now on. Others glance at it, which takes it for a moment: try again."""
    alone = locks.open_lock(places.keeper)
    deadline = time.monotonic() + PATIENCE / 3
    while not locks.try_take(alone, locks.EXCLUSIVE):
        if time.monotonic() > deadline:
            raise Failure(f"Another process keeps the {places.name} server.")
        time.sleep(GLANCE / 4)


def forget_socket_folder(places: Places) -> None:
    """Remove the socket folder that the last keeper made, and the word that it is ready."""
    if places.ready.exists():
        shutil.rmtree(places.ready.read_text(encoding="utf-8"), ignore_errors=True)
        places.ready.unlink()


def _clear_what_a_crash_left(data: Path) -> None:
    """Wait for a server whose keeper was killed, and remove its process file."""
    process_file = data / "postmaster.pid"
    deadline = time.monotonic() + PATIENCE
    while process_file.exists():
        process_id = int(process_file.read_text(encoding="utf-8").split("\n", 1)[0])
        if not is_server_of(process_id, data):
            # Nobody's, or a process that was given the old number: PostgreSQL would refuse to start.
            process_file.unlink(missing_ok=True)
        elif time.monotonic() > deadline:
            raise Failure(f"An old PostgreSQL server (process {process_id}) does not stop.")
        else:
            os.kill(process_id, signal.SIGINT)
            time.sleep(GLANCE)


def is_server_of(process_id: int, data: Path) -> bool:
    """Say whether that process is a PostgreSQL server that works in `data`."""
    process = Path("/proc") / str(process_id)
    try:
        is_postgres = process.joinpath("comm").read_text(encoding="utf-8").strip() == "postgres"
        return is_postgres and process.joinpath("cwd").resolve() == data.resolve()
    except OSError:
        return False


def _make_data_folder(program: postgres_program.Program, data: Path) -> None:
    """Make the data folder beside its place and move it there when whole."""
    data.parent.mkdir(mode=0o700, exist_ok=True)
    unfinished = data.with_name("data.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    if program.owner is not None:
        os.chown(data.parent, program.owner, -1)
    locale = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    initdb = program.start(
        *("initdb", "-D", unfinished, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", *locale),
        output=subprocess.PIPE,
    )
    words, _ = initdb.communicate(timeout=PATIENCE)
    if initdb.returncode:
        raise Failure(f"PostgreSQL could not make its data folder:\n{words}")
    unfinished.rename(data)


def _make_socket_folder(program: postgres_program.Program) -> Path:
    """Make a folder of our own with a short name: a socket's path may have 107 bytes, a clone may be deep."""
    folder = Path(tempfile.mkdtemp(prefix="gp-portal-", dir="/tmp"))
    if program.owner is not None:
        os.chown(folder, program.owner, -1)
    return folder


def _options(data: Path, socket_folder: Path, name: str) -> list[str]:
    settings = {**SETTINGS, "unix_socket_directories": str(socket_folder)}
    if name == "tests":
        settings |= FAST_AND_FORGETFUL
    return ["-D", str(data), *(f"--{setting}={value}" for setting, value in settings.items())]


def _wait_until_ready(server: subprocess.Popen[str], data: Path) -> None:
    """Wait for the server's own word, the last line of its process file."""
    deadline = time.monotonic() + PATIENCE
    process_file = data / "postmaster.pid"
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise Failure("PostgreSQL stopped while it started.")
        lines = process_file.read_text(encoding="utf-8").splitlines() if process_file.exists() else []
        if len(lines) >= 8 and lines[0] == str(server.pid) and lines[7].strip() == "ready":
            return
        time.sleep(GLANCE / 4)
    raise Failure("PostgreSQL did not become ready.")


def _write_ready(places: Places, socket_folder: Path) -> None:
    unfinished = places.ready.with_suffix(".new")
    unfinished.write_text(str(socket_folder), encoding="utf-8")
    unfinished.rename(places.ready)


def _wait_until_unused(places: Places, server: subprocess.Popen[str]) -> None:
    """Return, holding the users' lock alone, when nobody uses the server; or when it has died."""
    users = locks.open_lock(places.users)
    while server.poll() is None and not locks.try_take(users, locks.EXCLUSIVE):
        time.sleep(GLANCE)


def _stop(server: subprocess.Popen[str]) -> None:
    for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if server.poll() is not None:
            return
        server.send_signal(request)
        try:
            server.wait(timeout=PATIENCE / 3)
        except subprocess.TimeoutExpired:
            continue


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        keep(sys.argv[1])
    except Failure as failure:
        sys.exit(str(failure))
