"""Turns everything that goes wrong into a page, or JSON, that says what to do."""

import logging
from dataclasses import replace
from typing import Any

from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError, generate_csrf
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, InternalServerError

from portal import context, errors
from portal.web.error_words import CSRF, ErrorWords, words_for
from portal.web.templating import frame

log = logging.getLogger("portal.errors")

STATUS_OF = {
    errors.NotFound: 404,
    errors.NotAllowed: 403,
    errors.NotReady: 409,
    errors.ImpossibleMove: 409,
    errors.StaleEdit: 409,
    errors.Conflict: 409,
    errors.InvalidInput: 422,
    errors.TooMany: 429,
    errors.DomainError: 409,
}
RETRY_AFTER_SECONDS = {429: 300, 503: 60}


def configure_error_pages(app: Flask) -> None:
    """Answer every error of the application, of Werkzeug and of the database with a page of ours."""
    app.register_error_handler(errors.DomainError, _domain_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(InternalServerError, _server_error)
    for unavailable in (OperationalError, InterfaceError, PoolTimeout):
        app.register_error_handler(unavailable, _database_unavailable)


def accepts_only_json() -> bool:
    """Whether the request came from a script that asked for JSON and nothing else."""
    accepted = request.accept_mimetypes
    return accepted.best == "application/json" and accepted.quality("text/html") == 0


def _domain_error(error: errors.DomainError) -> Response:
    status = next(STATUS_OF[kind] for kind in type(error).__mro__ if kind in STATUS_OF)
    words = words_for(status)
    if status != 404:  # a missing page never says why: that would tell an absent thing from a hidden one
        words = replace(words, paragraphs=(error.message, *_without_guesses(words, status)))
    return _answer(status, words)


def _without_guesses(words: ErrorWords, status: int) -> tuple[str, ...]:
    """The page's own advice, but where the error itself said it better."""
    return () if status in {403, 429} else words.paragraphs


def _csrf_error(error: CSRFError) -> Response:
    """Give a script a fresh token with the refusal: other sites cannot read it, our own page can go on."""
    del error
    response = _answer(400, CSRF)
    if accepts_only_json():
        response.set_data(jsonify(**(response.json or {}), csrf_token=generate_csrf()).get_data())
    return response


def _http_error(error: HTTPException) -> Any:
    status = error.code or 500
    if status < 400:  # redirects that routing raises
        return error
    response = _answer(status, words_for(status))
    if error.get_response().headers.get("Allow"):
        response.headers["Allow"] = error.get_response().headers["Allow"]
    return response


def _server_error(error: InternalServerError) -> Response:
    del error  # Flask has logged it
    return _answer(500, words_for(500))


def _database_unavailable(error: Exception) -> Response:
    log.error("database_unavailable", exc_info=error)
    return _answer(503, words_for(503))


def _answer(status: int, words: ErrorWords) -> Response:
    if accepts_only_json():
        told = {
            "status": status,
            "title": words.title,
            "message": " ".join(words.paragraphs),
            "request_id": context.request_id(),
        }
        response = jsonify(error=told)
    else:
        response = make_response(_page(status, words))
    response.status_code = status
    if status in RETRY_AFTER_SECONDS:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS[status])
    return response


def _page(status: int, words: ErrorWords) -> str:
    """The page in its usual frame; in a bare one when that needs what has just failed."""
    g.form_was_refused = False
    if status < 500:
        try:
            return render_template("errors/error.html", status=status, words=words)
        except Exception as failure:
            log.error("error_page_failed", exc_info=failure)
    # Straight from Jinja: no context processors, so no query and nobody signed in.
    template = current_app.jinja_env.get_template("errors/error.html")
    return template.render(**frame(), status=status, words=words)
