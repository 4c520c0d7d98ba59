"""The embedded server starts, is shared, and leaves nothing behind, however its users end."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from commands.paths import ROOT
from commands.postgres_keeper import is_server_of

# A command that uses a server of its own in a folder of the test's; it says so and waits.
USE = """
import subprocess, sys
from pathlib import Path
from commands import postgres, postgres_keeper
postgres_keeper.VAR = Path(sys.argv[1])
def start_keeper(places):
    with (places.folder / "keeper.log").open("wb") as log:
        command = [sys.executable, "-c", KEEP, sys.argv[1]]
        return subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
postgres._start_keeper = start_keeper
with postgres.running("development") as folder:
    print(folder, flush=True)
    sys.stdin.readline()
"""
KEEP = """
import sys
from pathlib import Path
from commands import postgres_keeper, postgres_program
postgres_program.VAR = postgres_keeper.VAR = Path(sys.argv[1])
postgres_keeper.keep("development")
"""
PATIENCE = 30  # seconds


class Command:
    """A process that uses the server until it is told to leave."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            [sys.executable, "-c", f"KEEP = {KEEP!r}\n{USE}", str(folder)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.socket_folder = self.process.stdout.readline().strip()

    def leave(self):
        self.process.communicate("\n", timeout=PATIENCE)
        assert self.process.returncode == 0


@pytest.fixture
def start(tmp_path):
    """Start commands; none outlives the test."""
    started = []

    def start_one():
        started.append(Command(tmp_path))
        return started[-1]

    yield start_one
    for command in started:
        command.process.kill()
        command.process.communicate(timeout=PATIENCE)
    assert_soon(lambda: not (tmp_path / "postgres/development/data/postmaster.pid").exists())


@pytest.fixture
def process_file(tmp_path):
    return tmp_path / "postgres" / "development" / "data" / "postmaster.pid"


def server_of(process_file):
    return int(process_file.read_text(encoding="utf-8").splitlines()[0])


def assert_soon(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_alive(process_id):
    with suppress(ProcessLookupError):
        os.kill(process_id, 0)
        return True
    return False


def test_second_command_shares_the_server_and_outlives_the_first(start, process_file):
    first, second = start(), start()
    server = server_of(process_file)

    first.leave()

    assert first.socket_folder == second.socket_folder
    assert is_server_of(server, process_file.parent)
    second.leave()
    assert not is_alive(server)
    assert not os.path.exists(second.socket_folder)


def test_server_stops_when_its_only_user_is_killed(start, process_file):
    command = start()
    server = server_of(process_file)

    command.process.kill()

    assert_soon(lambda: not is_alive(server))
    assert not process_file.exists()


def test_next_command_starts_after_the_keeper_and_the_user_were_killed(start, process_file):
    command = start()
    server = server_of(process_file)
    keeper = int(Path(f"/proc/{server}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[1])

    command.process.kill()
    os.kill(keeper, signal.SIGKILL)

    assert_soon(lambda: not is_alive(server))
    later = start()
    assert not os.path.exists(command.socket_folder)
    later.leave()


def test_stale_process_file_with_the_number_of_a_living_process_is_no_obstacle(start, process_file):
    start().leave()
    process_file.write_text(f"{os.getpid()}\n", encoding="utf-8")

    command = start()

    assert is_server_of(server_of(process_file), process_file.parent)
    command.leave()


def test_socket_folder_is_short_and_private(start):
    command = start()

    assert len(f"{command.socket_folder}/.s.PGSQL.5432") < 100
    assert os.stat(command.socket_folder).st_mode & 0o777 == 0o700
    command.leave()
