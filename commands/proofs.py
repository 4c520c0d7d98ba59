"""Long proofs and benchmarks: programs under tests/; docs/evidence keeps what they said, when, where."""

import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from commands import browser, database, environment, interface_kit, settings
from commands.failure import Failure
from commands.paths import EVIDENCE, PYTHON, ROOT

PROOFS = ROOT / "tests" / "proofs"
BENCHMARKS = ROOT / "tests" / "benchmarks"


def prove(name: str | None) -> int:
    """Run one proof, or all. Raises Failure when there is none of that name, or when one fails."""
    return _run_all(PROOFS, name)


def bench(name: str | None) -> int:
    """Run one benchmark, or all. Raises Failure when there is none of that name, or when one fails."""
    return _run_all(BENCHMARKS, name)


def chosen(folder: Path, name: str | None) -> list[str]:
    """Return the names to run: those of the folder's files, or the one asked for."""
    known = sorted(file.stem for file in folder.glob("*.py") if not file.stem.startswith("_"))
    if name is None and known:
        return known
    if name in known:
        return [name]
    raise Failure(f"{folder.relative_to(ROOT)}/ has: {', '.join(known) or 'nothing yet'}.")


def _run_all(folder: Path, name: str | None) -> int:
    names = chosen(folder, name)
    environment.prepare()
    interface_kit.prepare()
    with database.for_tests() as addresses:
        surroundings = {**settings.for_environment("test", addresses), **browser.settings()}
        for each in names:
            _run_one(folder, each, surroundings)
    return 0


def _run_one(folder: Path, name: str, surroundings: dict[str, str]) -> None:
    command = [str(PYTHON), "-u", "-m", f"tests.{folder.name}.{name}"]
    with _evidence(f"{folder.name}-{name}.txt") as evidence:
        program = subprocess.Popen(
            command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for line in program.stdout or ():
            sys.stdout.write(line)
            evidence.write(line)
        evidence.write(f"\nexit code {program.wait()}\n")
    if program.returncode:
        raise Failure(f"{name} failed.")


@contextmanager
def _evidence(name: str) -> Iterator[IO[str]]:
    """Open the file that keeps what was seen, headed by when and on what."""
    EVIDENCE.mkdir(parents=True, exist_ok=True)
    with (EVIDENCE / name).open("w", encoding="utf-8") as file:
        file.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC\n")
        file.write(f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, ")
        file.write(f"Python {platform.python_version()}\n\n")
        yield file
