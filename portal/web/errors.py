"""Turns everything that goes wrong into a page, or JSON, that says what to do."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError, generate_csrf
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, InternalServerError

from portal import context, errors
from portal.authorisation.posted_forms import comes_from_our_page, fields_sent, is_typed_by_a_person
from portal.web.error_words import CSRF, SENT_OTHERWISE, ErrorWords, words_for
from portal.web.templating import frame
from portal.web.typed_form import TypedText, typed_texts

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
    app.register_error_handler(CSRFError, csrf_refused)
    app.register_error_handler(errors.SentOtherwise, _sent_otherwise)
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


def _sent_otherwise(error: errors.SentOtherwise) -> Response:
    """Show what was typed beside the way to what was sent first: neither may pass for the other."""
    return _answer(
        409, SENT_OTHERWISE, texts=_typed_now(), earlier_url=error.location, page_url=page_of_form()
    )


def csrf_refused(error: CSRFError) -> Response:
    """Give a script a fresh token with the refusal: other sites cannot read it, our own page can go on.

    Whoever typed into our page reads it again here; what another site sent is not shown.
    """
    del error
    is_ours = comes_from_our_page()
    response = _answer(400, CSRF, texts=_typed_now() if is_ours else (), page_url=page_of_form())
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


def _typed_now() -> Sequence[TypedText]:
    return typed_texts(fields_sent()) if is_typed_by_a_person() else ()


def page_of_form(path: str = "") -> str:
    """The address of a page that a form was sent to, empty where there is no page at that address."""
    address = path or request.full_path.rstrip("?")
    try:
        current_app.url_map.bind("localhost").match(urlsplit(address).path, method="GET")
    except HTTPException:
        return ""
    return address


def _answer(status: int, words: ErrorWords, **more: Any) -> Response:
    if accepts_only_json():
        told = {
            "status": status,
            "title": words.title,
            "message": " ".join(words.paragraphs),
            "request_id": context.request_id(),
        }
        response = jsonify(error=told)
    else:
        response = make_response(_page(status, words, more))
    response.status_code = status
    if status in RETRY_AFTER_SECONDS:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS[status])
    return response


def _page(status: int, words: ErrorWords, more: dict[str, Any]) -> str:
    """The page in its usual frame; in a bare one when that needs what has just failed."""
    g.form_was_refused = False
    shown = {"texts": (), "earlier_url": "", "page_url": "", **more, "status": status, "words": words}
    if status < 500:
        try:
            return render_template("errors/error.html", **shown)
        except Exception as failure:
            log.error("error_page_failed", exc_info=failure)
    # Straight from Jinja: no context processors, so no query and nobody signed in.
    template = current_app.jinja_env.get_template("errors/error.html")
    return template.render(**frame(), **shown)
