"""The portal: GP reports to child protection conferences, asked for, written, checked and collated."""

import os
from datetime import timedelta

from flask import Flask
from sqlalchemy.exc import ProgrammingError

from config import ROOT, Config, ConfigurationError, from_environment
from portal import crypto, database
from portal.accounts.queries import has_invented_people
from portal.accounts.sign_in import configure_sign_in
from portal.authorisation.gate import public, refuse_undeclared
from portal.cli import add_commands
from portal.crypto.keys import KeyRing
from portal.extensions import csrf
from portal.frame import configure_frame
from portal.notifications.actions import letterbox
from portal.notifications.transport import transport_for
from portal.packages import BLUEPRINTS
from portal.packs.building import printing
from portal.web.setup import configure_web


def create_app(config: Config | None = None) -> Flask:
    """Build the application from `config` (from the environment when none is given).

    Raises ConfigurationError for a missing or weak setting, RuntimeError for a route that does not say who
    may enter it.
    """
    config = config or from_environment(os.environ)
    app = Flask(__name__, template_folder=str(ROOT / "templates"))
    app.config.from_mapping(flask_settings(config))
    app.extensions["portal"] = config
    connect_parts(config)
    csrf.init_app(app)
    configure_sign_in(app)
    configure_web(app)
    configure_frame(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.view_functions["static"] = public("files that hold no data")(app.view_functions["static"])
    add_commands(app)
    refuse_undeclared(app)
    if config.is_production:
        refuse_unsafe_start()
    return app


def refuse_unsafe_start() -> None:
    """Raise ConfigurationError where row-level security would not hold, or invented people could sign in."""
    try:
        if database.is_login_above_row_security():
            raise ConfigurationError(
                "DATABASE_URL must name a role that owns no table and obeys row-level security."
            )
        if database.has_schema() and has_invented_people():
            raise ConfigurationError(
                "This database holds demonstration accounts: use another for production."
            )
    except ProgrammingError as error:
        raise ConfigurationError(
            "DATABASE_URL must name a role made as migrations/roles.sql does."
        ) from error
    finally:
        database.close()


def connect_parts(config: Config) -> None:
    """Give keys, database, letterbox and printing of this process their settings."""
    crypto.keys.configure(KeyRing(config.data_keys, config.current_data_key, config.blind_index_key))
    database.connect(config.database_url)
    letterbox.transport = transport_for(config.mail)
    letterbox.sender = config.mail.sender
    letterbox.public_address = config.public_address
    printing.is_demonstration = config.is_demonstration


def flask_settings(config: Config) -> dict[str, object]:
    """The settings Flask and its extensions read."""
    is_secure = config.public_address.startswith("https://")
    return {
        "SECRET_KEY": config.secret_key,
        "PORTAL_ENVIRONMENT": config.environment.value,
        "SERVICE_NAME": config.service_name,
        "MAX_CONTENT_LENGTH": config.largest_request,
        "MAX_FORM_MEMORY_SIZE": config.largest_request,
        "MAX_FORM_PARTS": 5_000,
        "SESSION_COOKIE_NAME": "__Host-portal" if is_secure else "portal",
        "SESSION_COOKIE_SECURE": is_secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=8),
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session
    }
