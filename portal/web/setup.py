"""Puts the web package onto an application."""

from flask import Flask

from portal.web.errors import configure_error_pages
from portal.web.forms import configure_forms
from portal.web.headers import configure_headers
from portal.web.logs import configure_logs
from portal.web.templating import configure_templates


def configure_web(app: Flask) -> None:
    """Give the application its pages, headers, logs and error pages.

    Flask runs what follows a request in the reverse order of registration, so logs come first here: they
    then see the response as it leaves.
    """
    configure_logs(app)
    configure_headers(app)
    configure_templates(app)
    configure_forms(app)
    configure_error_pages(app)
