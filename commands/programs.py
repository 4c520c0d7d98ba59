"""Starting our programs: one in the foreground, or several that live and stop together."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from commands.failure import Failure
from commands.parents import end_with_this_process
from commands.paths import PYTHON, ROOT

PATIENCE = 20  # seconds for a program to end when asked
OWN_WAY = 5  # seconds for a program to end after Ctrl-C, before it is asked


def stop_on_signals() -> None:
    """Make SIGTERM and SIGHUP leave in order, as Ctrl-C does: every block still ends what it began."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _frame: sys.exit(128 + received))


def run(arguments: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> int:
    """Run one program in the foreground and return its exit code. However we leave, it has ended."""
    program = subprocess.Popen(arguments, cwd=ROOT, env=environment)
    try:
        return program.wait()
    except KeyboardInterrupt:
        # Ctrl-C has reached it too, as it shares our terminal: let it end in its own way first.
        with suppress(subprocess.TimeoutExpired):
            program.wait(timeout=OWN_WAY)
        raise
    finally:
        _end(program)


def run_python(arguments: Sequence[str], environment: Mapping[str, str], purpose: str) -> None:
    """Run the virtual environment's Python. Raises Failure, naming the purpose, when that fails."""
    if run([PYTHON, *arguments], environment):
        raise Failure(f"{purpose} failed; the reason is above.")


class Together:
    """Programs that live together: when one ends, `wait` says which."""

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._logs: dict[str, Path] = {}

    def start(
        self, name: str, arguments: Sequence[str | Path], environment: Mapping[str, str], log: Path
    ) -> None:
        """Start a program in a session of its own, so that Ctrl-C reaches us only and we stop it in order.

        What it says goes into `log`.
        """
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as output:
            self._running[name] = subprocess.Popen(
                arguments,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=end_with_this_process(signal.SIGTERM),  # noqa: PLW1509 - no second thread runs here
            )
        self._logs[name] = log

    def wait(self, until: Callable[[], bool], seconds: float | None = None) -> None:
        """Return when `until` says so. Raises Failure when a program ends before, or when time is up."""
        deadline = None if seconds is None else time.monotonic() + seconds
        while not until():
            for name, program in self._running.items():
                if program.poll() is not None:
                    ended = f"The {name} stopped by itself (exit code {program.returncode})"
                    raise Failure(f"{ended}; {self._logs[name]} says more.")
            if deadline is not None and time.monotonic() > deadline:
                raise Failure(f"No answer after {seconds:.0f} seconds.")
            time.sleep(0.25)

    def stop(self) -> None:
        """End all, the last started last."""
        for program in self._running.values():
            _end(program)


@contextmanager
def together() -> Iterator[Together]:
    """Programs for the length of a block; none is left after it."""
    programs = Together()
    try:
        yield programs
    finally:
        programs.stop()


def _end(program: subprocess.Popen[bytes]) -> None:
    if program.poll() is None:
        program.terminate()
    try:
        program.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()
