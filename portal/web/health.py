"""Whether the portal is up (`/healthz`) and fit to serve (`/readyz`); neither says more than that."""

from functools import cache

from alembic.script import ScriptDirectory
from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from config import ROOT
from portal import clock
from portal.authorisation.gate import public
from portal.database import db, rollback
from portal.jobs.failures import is_any_stuck
from portal.jobs.worker import HEARD_WITHIN, last_heard_at

blueprint = Blueprint("health", __name__)
SERVING = ("database", "migrations", "worker")


@blueprint.get("/healthz")
@public("the process answers; it says nothing else")
def healthz() -> ResponseReturnValue:
    return jsonify(status="ok")


@blueprint.get("/readyz")
@public("says of each part whether it works; it says nothing else")
def readyz() -> ResponseReturnValue:
    """503 when this portal cannot serve; a job that needs somebody to look is said, and the rest serves."""
    checks = _checks()
    can_serve = all(checks[part] for part in SERVING)
    status = "not ready" if not can_serve else "ok" if checks["jobs"] else "look at jobs"
    return jsonify(status=status, **checks), 200 if can_serve else 503


def _checks() -> dict[str, bool]:
    try:
        revision = db.scalar(text("SELECT version_num FROM alembic_version"))
        heard_at = last_heard_at()
        is_stuck = is_any_stuck()
    except SQLAlchemyError:
        rollback()
        return dict.fromkeys((*SERVING, "jobs"), False)
    is_heard = heard_at is not None and clock.now() - heard_at < HEARD_WITHIN
    return {
        "database": True,
        "migrations": revision == newest_revision(),
        "worker": is_heard,
        "jobs": not is_stuck,
    }


@cache
def newest_revision() -> str | None:
    """The migration this code expects the database to be at."""
    return ScriptDirectory(str(ROOT / "migrations")).get_current_head()
