"""Locks between commands: held on a file, given back by the kernel however the holder dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SHARED = fcntl.LOCK_SH
EXCLUSIVE = fcntl.LOCK_EX


def open_lock(path: Path) -> int:
    """Return a descriptor to lock on. Programs started later do not inherit it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def take(descriptor: int, kind: int) -> None:
    """Wait until the lock is ours."""
    fcntl.flock(descriptor, kind)


def try_take(descriptor: int, kind: int) -> bool:
    """Take the lock if that needs no waiting; say whether it is ours."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def release(descriptor: int) -> None:
    """Give the lock back and keep the descriptor."""
    fcntl.flock(descriptor, fcntl.LOCK_UN)


@contextmanager
def held(path: Path, kind: int = EXCLUSIVE) -> Iterator[None]:
    """Hold the lock on `path` for the length of a block, waiting for it first."""
    descriptor = open_lock(path)
    try:
        take(descriptor, kind)
        yield
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Say whether somebody holds the lock on `path` alone."""
    descriptor = open_lock(path)
    try:
        return not try_take(descriptor, SHARED)
    finally:
        os.close(descriptor)
