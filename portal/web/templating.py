"""Sets up our templates: strict about names, with our filters and what every page needs."""

from typing import Any

from flask import Flask, current_app, url_for
from jinja2 import StrictUndefined

from portal import context
from portal.web.forms import form_was_refused
from portal.web.headers import csp_nonce
from portal.web.kit import Kit
from portal.web.state_words import state_in_words
from portal.web.words import FILTERS

SERVICE_NAME = "Child protection conferences: general practice"


def configure_templates(app: Flask) -> None:
    """Set up the application's Jinja environment; call before the first template is read."""
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.filters.update(FILTERS)
    environment.globals.update(
        kit=Kit(),
        csp_nonce=csp_nonce,
        request_id=context.request_id,
        form_was_refused=form_was_refused,
        state_in_words=state_in_words,
        url_if_known=url_if_known,
    )
    app.context_processor(frame)


def frame() -> dict[str, Any]:
    """What the layout needs when nobody is signed in and nothing can be asked of the database.

    The application adds its own context processor after this one: `actor`, `contact_team`, `contact_teams`,
    `navigation`.
    """
    return {
        "actor": None,
        "contact_team": None,
        "contact_teams": (),
        "navigation": (),
        "has_several_memberships": False,
        "service_name": current_app.config.get("SERVICE_NAME", SERVICE_NAME),
        "is_demonstration": current_app.config.get("PORTAL_ENVIRONMENT") == "demonstration",
    }


def url_if_known(endpoint: str) -> str | None:
    """The address of a page that takes no arguments, or None when this application does not have it."""
    return url_for(endpoint) if endpoint in current_app.view_functions else None
