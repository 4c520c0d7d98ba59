"""Programs that live together stop together."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from commands.failure import Failure
from commands.paths import ROOT
from commands.programs import run, together

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
START_ONE_AND_WAIT = """
import sys, time
from pathlib import Path
from commands.programs import together
with together() as programs:
    programs.start("sleeper", [sys.executable, "-c", "import time; time.sleep(60)"], {}, Path(sys.argv[1]))
    print(programs._running["sleeper"].pid, flush=True)
    time.sleep(60)
"""


def is_gone(process_id):
    """Gone, or a zombie that its new parent has not collected yet."""
    try:
        state = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return True
    return state == "Z"


def test_run_returns_the_exit_code():
    assert run([sys.executable, "-c", "raise SystemExit(7)"]) == 7


def test_waiting_ends_with_the_name_of_a_program_that_stopped(tmp_path):
    log = tmp_path / "short-lived.log"
    with together() as programs:
        programs.start("steady", SLEEP, {}, tmp_path / "steady.log")
        programs.start("short-lived", [sys.executable, "-c", "print('why'); raise SystemExit(3)"], {}, log)

        with pytest.raises(Failure, match=r"The short-lived stopped by itself \(exit code 3\)"):
            programs.wait(until=lambda: False)

        steady = programs._running["steady"].pid
    assert is_gone(steady)
    assert log.read_text() == "why\n"


def test_waiting_ends_when_time_is_up():
    with together() as programs, pytest.raises(Failure, match="No answer after 0 seconds"):
        programs.wait(until=lambda: False, seconds=0.1)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_programs_end_when_their_starter_does(number, tmp_path):
    arguments = [sys.executable, "-c", START_ONE_AND_WAIT, str(tmp_path / "sleeper.log")]
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    with subprocess.Popen(arguments, cwd=ROOT, **quiet) as starter:
        sleeper = int(starter.stdout.readline())

        os.kill(starter.pid, number)
        starter.wait()

    deadline = time.monotonic() + 10
    while not is_gone(sleeper):
        assert time.monotonic() < deadline
        time.sleep(0.05)
