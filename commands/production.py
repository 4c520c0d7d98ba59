"""Production: the web server and the worker, with the environment's own settings and nothing made up."""

import os
from typing import NoReturn

from commands import environment, interface_kit, settings
from commands.demo import FLASK, GUNICORN
from commands.paths import PYTHON, ROOT


def serve() -> NoReturn:
    """Become the web server; PORTAL_BIND says where. Raises Failure when settings are missing."""
    _become(*GUNICORN)


def work() -> NoReturn:
    """Become the worker. Raises Failure when settings are missing."""
    _become(*FLASK, "worker")


def _become(*arguments: str) -> NoReturn:
    """Replace this process, so that whatever supervises it speaks to the program itself."""
    surroundings = settings.for_production()
    environment.prepare_for_production()
    interface_kit.prepare()
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), *arguments], surroundings)  # noqa: S606 - our own program, no shell wanted
