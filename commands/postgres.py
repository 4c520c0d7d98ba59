"""The embedded PostgreSQL server as a command sees it: there for the length of a block."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from commands import locks
from commands.failure import Failure
from commands.paths import ROOT
from commands.postgres_keeper import GLANCE, PATIENCE, Places, forget_socket_folder


@contextmanager
def running(name: str) -> Iterator[Path]:
    """Give the socket's folder of a server that answers, started if need be, shared if it already runs.

    `name` is "development" or "tests". Whoever leaves last waits until the server has stopped. Raises Failure
    when it does not start.
    """
    places = Places(name)
    users = locks.open_lock(places.users)
    # Waits only while a keeper is just stopping its server.
    locks.take(users, locks.SHARED)
    try:
        with locks.held(places.starting):
            socket_folder = _started(places)
        yield socket_folder
    finally:
        _leave(places, users)


def is_running(name: str) -> bool:
    """Say whether the server that was started is still there: its keeper ends when it does."""
    return locks.is_held(Places(name).keeper)


def starting_lock(name: str) -> Path:
    """Return the lock to hold while roles or databases are made: two at once would collide."""
    return Places(name).starting


def _started(places: Places) -> Path:
    keeper = None
    if not locks.is_held(places.keeper):
        forget_socket_folder(places)
        keeper = _start_keeper(places)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if places.ready.exists():
            if keeper is not None:
                print(_keepers_words(places), end="", flush=True)
            return Path(places.ready.read_text(encoding="utf-8"))
        if keeper is not None and keeper.poll() is not None:
            break
        time.sleep(GLANCE / 4)
    raise Failure(f"The embedded PostgreSQL server did not start.\n{_last_words(places)}")


def _start_keeper(places: Places) -> subprocess.Popen[bytes]:
    """Start the keeper in a session of its own: Ctrl-C is for the command, which then leaves in order."""
    with (places.folder / "keeper.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "commands.postgres_keeper", places.name],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _keepers_words(places: Places) -> str:
    return (places.folder / "keeper.log").read_text(encoding="utf-8", errors="replace")


def _last_words(places: Places) -> str:
    server = places.log.read_text(encoding="utf-8", errors="replace") if places.log.exists() else ""
    return "\n".join((_keepers_words(places) + server).splitlines()[-15:])


def _leave(places: Places, users: int) -> None:
    """Give the lock back; if nobody else holds it, wait until the keeper has stopped the server."""
    locks.release(users)
    deadline = time.monotonic() + PATIENCE
    while locks.is_held(places.keeper) and time.monotonic() < deadline:
        if _others_use_it(users):
            break
        time.sleep(GLANCE)


def _others_use_it(users: int) -> bool:
    """Shared but not alone: others share it. Neither: the keeper is stopping the server."""
    alone = locks.try_take(users, locks.EXCLUSIVE)
    shared = not alone and locks.try_take(users, locks.SHARED)
    locks.release(users)
    return shared
