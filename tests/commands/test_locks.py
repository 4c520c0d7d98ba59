"""Locks hold between processes and are given back when a holder is killed."""

import subprocess
import sys

from commands import locks
from commands.paths import ROOT

HOLD = """
import sys, time
from pathlib import Path
from commands import locks
with locks.held(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_lock_is_held_while_a_block_runs_and_free_after_it(tmp_path):
    path = tmp_path / "some.lock"

    with locks.held(path):
        assert locks.is_held(path)

    assert not locks.is_held(path)


def test_shared_locks_live_together_but_nobody_has_one_alone(tmp_path):
    first, second = (locks.open_lock(tmp_path / "some.lock") for _ in range(2))

    assert locks.try_take(first, locks.SHARED)
    assert locks.try_take(second, locks.SHARED)
    assert not locks.try_take(second, locks.EXCLUSIVE)


def test_lock_of_a_killed_process_is_free(tmp_path):
    path = tmp_path / "some.lock"
    arguments = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert locks.is_held(path)

        holder.kill()
        holder.wait()

        assert not locks.is_held(path)
