"""Children that end with their parent, however the parent ends."""

import ctypes
import os
import signal
from collections.abc import Callable

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def end_with_this_process(request: signal.Signals) -> Callable[[], None]:
    """Return what a child does before it becomes another program: ask the kernel for `request` when we die.

    Ctrl-C and SIGTERM are answered in order elsewhere; this is for SIGKILL, which nobody can answer. Where
    the kernel cannot do it (it is Linux's), nothing happens.
    """
    library = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def first() -> None:
        if hasattr(library, "prctl"):
            library.prctl(PR_SET_PDEATHSIG, request)
        if os.getppid() != parent:
            os._exit(1)

    return first
