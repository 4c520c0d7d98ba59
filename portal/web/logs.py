"""Logs one JSON object a line, made only of what is known to hold no personal data.

Code logs an event by name with fields in `extra`: `logger.info("job_finished", extra={"job_id": job.id})`.
Only names in EVENT_NAME's shape and fields in FIELDS are written. Messages of other libraries and of
exceptions are never written: they may quote what somebody typed.
"""

import json
import logging
import re
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask, Response, g, request, request_started

from portal import context

EVENT_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
PLAIN_VALUE = re.compile(r"[A-Za-z0-9_.:+-]{1,80}")
FIELDS = (
    "method",
    "endpoint",
    "status",
    "duration_ms",
    "actor_id",
    "organisation_id",
    "job_id",
    "job_kind",
    "attempt",
    "count",
    "permission",
    "notification_id",
    "delivery",
)
# gunicorn writes "Listening at: %s" and the like: the template without its values says enough.
TEMPLATES_MAY_SHOW = {"gunicorn.error"}
PROJECT_FOLDER = Path(__file__).resolve().parents[2]

request_log = logging.getLogger("portal.requests")


class JsonLine(logging.Formatter):
    """Turns a log record into one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without a line end."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": _event(record),
            "logger": record.name,
            "request_id": context.request_id(),
        }
        line |= {name: _plain(getattr(record, name)) for name in FIELDS if hasattr(record, name)}
        if record.name in TEMPLATES_MAY_SHOW:
            line["template"] = str(record.msg)
        if record.exc_info and record.exc_info[1]:
            line["errors"] = _described(record.exc_info[1])
        return json.dumps(line)


class JsonLinesHandler(logging.Handler):
    """Writes to standard error as it is at that moment: servers and tests replace it."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        try:
            sys.stderr.write(self.format(record) + "\n")
            sys.stderr.flush()
        except Exception:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Say that a line was lost, never what was in it: the default prints the message and its values."""
        del record
        if sys.stderr:
            sys.stderr.write('{"event": "log_line_lost", "level": "error"}\n')


def _event(record: logging.LogRecord) -> str:
    is_name = isinstance(record.msg, str) and EVENT_NAME.fullmatch(record.msg) and not record.args
    if is_name and record.name.startswith("portal"):
        return str(record.msg)
    return "exception" if record.exc_info else "library_message"


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    return text if isinstance(value, UUID) or PLAIN_VALUE.fullmatch(text) else "withheld"


def _described(error: BaseException) -> list[dict[str, Any]]:
    """An exception and what caused it, outermost first, by type and place: never by message or values."""
    described: list[dict[str, Any]] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = [
            f"{_short(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__)
        ]
        described.append(
            {"type": f"{type(current).__module__}.{type(current).__qualname__}", "frames": frames}
        )
        current = current.__cause__ or current.__context__
    return described


def _short(filename: str) -> str:
    path = Path(filename)
    if "site-packages" in path.parts:
        return "/".join(path.parts[path.parts.index("site-packages") + 1 :])
    return path.relative_to(PROJECT_FOLDER).as_posix() if path.is_relative_to(PROJECT_FOLDER) else path.name


def configure_logs(app: Flask) -> None:
    """Send every logger through JSON lines, and log each request when it has been answered."""
    install_json_lines()
    # Earlier than any before_request function: a refused CSRF token is answered in one of those.
    request_started.connect(_begin_request, app)
    app.after_request(_log_request)


def install_json_lines() -> None:
    """Make the JSON handler the only one of ours on the root logger, and quieten libraries."""
    root = logging.getLogger()
    root.handlers = [handler for handler in root.handlers if not isinstance(handler, JsonLinesHandler)]
    handler = JsonLinesHandler()
    handler.setFormatter(JsonLine())
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for name in ("werkzeug", "sqlalchemy", "alembic", "gunicorn.access"):
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("werkzeug", "gunicorn.error", "gunicorn.access"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True


def _begin_request(sender: Flask, **_: Any) -> None:
    """Give the request an id of its own, which its error page shows, and start its stopwatch."""
    del sender
    context.new_request_id()
    g.started = time.perf_counter()


def _log_request(response: Response) -> Response:
    """Log the endpoint's name and never the path: addresses may carry what somebody typed."""
    started = g.get("started")
    # Where Flask-Login keeps whom it has already loaded: asking it would load somebody, with a query.
    actor = getattr(g.get("_login_user"), "actor", None)
    request_log.info(
        "request",
        extra={
            "method": request.method,
            "endpoint": request.endpoint or "none",
            "status": response.status_code,
            "duration_ms": round((time.perf_counter() - started) * 1000, 1) if started else None,
            "actor_id": getattr(actor, "user_id", None),
            "organisation_id": getattr(actor, "organisation_id", None),
        },
    )
    return response
