"""How gunicorn serves the portal; read by gunicorn itself, which `./run demo` and `./run serve` start."""

import multiprocessing
import os
from pathlib import Path
from typing import Any

bind = os.environ.get("PORTAL_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("PORTAL_WEB_PROCESSES", str(min(multiprocessing.cpu_count(), 4))))
worker_class = "gthread"
threads = 4
preload_app = True
timeout = 60  # seconds a request may take
graceful_timeout = 10  # seconds open requests get when stopping
# The control socket would stand in the home folder: nothing is written outside the project.
control_socket_disable = True
# A heartbeat file on a disk can block a worker while the disk is busy.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn makes it unnamed
# The portal logs requests itself, without addresses that could name a person.
accesslog = None
errorlog = "-"
loglevel = "warning"


def post_fork(_server: Any, _worker: Any) -> None:
    """Forget connections that were opened before the fork: two processes on one would mix their answers."""
    from portal.database import db

    db.remove()
    engine = db.session_factory.kw.get("bind")
    if engine is not None:
        engine.dispose(close=False)
