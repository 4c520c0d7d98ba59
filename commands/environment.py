"""The virtual environment in .venv: made once, then only when the locked requirements change."""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

from commands.failure import Failure
from commands.locks import held
from commands.paths import PYTHON, REQUIREMENTS, ROOT, VAR, VIRTUAL_ENVIRONMENT, make_var

DEVELOPMENT = REQUIREMENTS / "development.txt"
RUNTIME = REQUIREMENTS / "runtime.txt"
STAMP = VIRTUAL_ENVIRONMENT / "installed.txt"
# Part of every virtual environment, so never "left over".
ALWAYS_THERE = {"pip", "setuptools"}


def prepare(requirements: Path = DEVELOPMENT) -> None:
    """Make .venv hold exactly `requirements`; quick when it already does.

    Two commands at once are safe: the second waits, then finds the work done. The stamp is written last, so
    an interrupted set-up is done again. Raises Failure when Python cannot make it or pip cannot fill it.
    """
    make_var()
    wanted = stamp(requirements, VIRTUAL_ENVIRONMENT)
    if _installed() == wanted:
        return
    with held(VAR / "environment.lock"):
        if _installed() == wanted:
            return
        print(f"Setting up .venv from requirements/{requirements.name} …", flush=True)
        if not _belongs_here():
            _create()
        STAMP.unlink(missing_ok=True)
        _install(requirements)
        _remove_left_overs(requirements)
        STAMP.write_text(wanted, encoding="utf-8")


def prepare_for_production() -> None:
    """Accept .venv as it is when it holds the development or the runtime lock; else make the latter."""
    if _installed() != stamp(DEVELOPMENT, VIRTUAL_ENVIRONMENT):
        prepare(RUNTIME)


def stamp(requirements: Path, folder: Path) -> str:
    """Return what a finished environment has to say: its place and the digest of its lock.

    The place counts because a virtual environment that was copied still points to where it came from.
    """
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    return f"{folder}\n{digest}\n"


def _installed() -> str:
    if not (PYTHON.exists() and STAMP.exists()):
        return ""
    return STAMP.read_text(encoding="utf-8")


def _belongs_here() -> bool:
    """Say whether .venv was finished here once: then it needs only what changed."""
    return _installed().startswith(f"{VIRTUAL_ENVIRONMENT}\n")


def _create() -> None:
    shutil.rmtree(VIRTUAL_ENVIRONMENT, ignore_errors=True)
    command = [sys.executable, "-m", "venv", str(VIRTUAL_ENVIRONMENT)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        raise Failure(
            f"Python could not make a virtual environment:\n{made.stdout}{made.stderr}\n"
            "On Debian and Ubuntu it needs the package python3-venv."
        )


def _install(requirements: Path) -> None:
    run_pip(
        PYTHON,
        # The lock is complete and every file in it has its hash: nothing is left to resolve.
        *("install", "--require-hashes", "--no-deps", "--no-compile", "--progress-bar", "off"),
        *("--requirement", str(requirements)),
    )


def _remove_left_overs(requirements: Path) -> None:
    """Take out what an earlier lock held: it would hide a missing dependency here that fails elsewhere."""
    wanted = package_names(requirements.read_text(encoding="utf-8")) | ALWAYS_THERE
    command = [str(PYTHON), "-m", "pip", "list", "--format=freeze", "--disable-pip-version-check"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True)
    left_over = sorted(package_names(listed.stdout) - wanted)
    if left_over:
        run_pip(PYTHON, "uninstall", "--yes", *left_over)


def package_names(lines: str) -> set[str]:
    """Return the names in `name==version` lines, spelt the one way (PEP 503)."""
    names = re.findall(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==", lines, flags=re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


def run_pip(python: Path, *arguments: str | Path) -> None:
    """Run pip without its chatter. Raises Failure with its last words when it cannot finish."""
    quiet = ("--quiet", "--no-input", "--disable-pip-version-check")
    command = [python, "-m", "pip", *arguments, *quiet]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        last_words = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        raise Failure(
            f"pip could not finish:\n{last_words}\n\nNothing half-made is used: run the same command again."
        )
