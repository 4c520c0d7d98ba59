"""Tests, and everything CI asks for, in one order here and there."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from commands import browser, database, environment, interface_kit, settings
from commands.failure import Failure
from commands.paths import PYTHON, VIRTUAL_ENVIRONMENT
from commands.programs import run

RUFF = VIRTUAL_ENVIRONMENT / "bin" / "ruff"
STEPS: tuple[tuple[str, tuple[str | Path, ...]], ...] = (
    ("format", (RUFF, "format", "--check", ".", "run")),
    ("lint", (RUFF, "check", ".", "run")),
    ("types", (PYTHON, "-m", "mypy")),
    ("layers", (VIRTUAL_ENVIRONMENT / "bin" / "lint-imports",)),
)


def test(arguments: Sequence[str]) -> int:
    """Run pytest, on two processes unless told otherwise; returns its exit code."""
    _prepare()
    return _pytest(arguments)


def check() -> int:
    """Run every step CI runs, stopping at the first that fails. Raises Failure naming it."""
    _prepare()
    surroundings = settings.for_environment("test", {})
    for name, command in STEPS:
        _timed(name, partial(run, command, surroundings))
    _timed("tests", lambda: _pytest([]))
    return 0


def format_code() -> int:
    """Format the code and mend what the linter can mend; returns the linter's exit code."""
    environment.prepare()
    run([RUFF, "check", "--fix-only", "--quiet", ".", "run"])
    run([RUFF, "format", ".", "run"])
    return run([RUFF, "check", ".", "run"])


def _prepare() -> None:
    environment.prepare()
    interface_kit.prepare()


def _pytest(arguments: Sequence[str]) -> int:
    processes = (
        [] if any(argument.startswith("-n") for argument in arguments) else ["-n", "2", "--dist", "loadgroup"]
    )
    with database.for_tests() as addresses:
        surroundings = {**settings.for_environment("test", addresses), **browser.settings()}
        plugin = ["-p", "commands.no_skipped_browser"]
        return run([PYTHON, "-m", "pytest", *plugin, *processes, *arguments], surroundings)


def _timed(name: str, step: Callable[[], int]) -> None:
    print(f"── {name}", flush=True)
    began = time.monotonic()
    code = step()
    seconds = time.monotonic() - began
    if code:
        raise Failure(f"── {name}: failed after {seconds:.1f} s")
    print(f"── {name}: passed in {seconds:.1f} s", flush=True)
