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
from portal.jobs.worker import HEARD_WITHIN, last_heard_at

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public("the process answers; it says nothing else")
def healthz() -> ResponseReturnValue:
    return jsonify(status="ok")


@blueprint.get("/readyz")
@public("says of each part whether it works; it says nothing else")
def readyz() -> ResponseReturnValue:
    checks = _checks()
    return jsonify(status="ok" if all(checks.values()) else "not ready", **checks), (
        200 if all(checks.values()) else 503
    )


def _checks() -> dict[str, bool]:
    try:
        revision = db.scalar(text("SELECT version_num FROM alembic_version"))
        heard_at = last_heard_at()
    except SQLAlchemyError:
        rollback()
        return {"database": False, "migrations": False, "worker": False}
    is_heard = heard_at is not None and clock.now() - heard_at < HEARD_WITHIN
    return {"database": True, "migrations": revision == newest_revision(), "worker": is_heard}


@cache
def newest_revision() -> str | None:
    """The migration this code expects the database to be at."""
    return ScriptDirectory(str(ROOT / "migrations")).get_current_head()
