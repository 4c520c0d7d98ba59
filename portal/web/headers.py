"""Security and caching headers of every response."""

import hashlib
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, request

ONE_YEAR_SECONDS = 365 * 24 * 60 * 60
STATIC_ENDPOINT = "static"
PLAIN_HTTP_ENVIRONMENTS = {"development", "demonstration"}

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # CSRF protection compares the Referer of our own forms, so same-origin and not no-referrer.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": (
        "camera=(), clipboard-read=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
}


def csp_nonce() -> str:
    """This request's script nonce: the same each time within a request, never again after it."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(18)
    nonce: str = g.csp_nonce
    return nonce


def configure_headers(app: Flask) -> None:
    """Add headers to every response and a content hash to every static address."""
    app.after_request(_add_headers)
    app.url_defaults(_add_static_version)


def _page_policy() -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'nonce-{csp_nonce()}'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


# A file or JSON answer opened on its own must never run as a page.
FILE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


def _add_headers(response: Response) -> Response:
    response.headers.update(ALWAYS)
    is_page = response.mimetype == "text/html"
    response.headers["Content-Security-Policy"] = _page_policy() if is_page else FILE_POLICY
    if current_app.config.get("PORTAL_ENVIRONMENT") not in PLAIN_HTTP_ENVIRONMENTS:
        response.headers["Strict-Transport-Security"] = f"max-age={2 * ONE_YEAR_SECONDS}; includeSubDomains"
    response.headers["Cache-Control"] = _caching(response)
    return response


def _caching(response: Response) -> str:
    if request.endpoint != STATIC_ENDPOINT or response.status_code not in {200, 206, 304}:
        return "no-store"
    filename = (request.view_args or {}).get("filename", "")
    if request.args.get("v") == static_version(filename):
        return f"public, max-age={ONE_YEAR_SECONDS}, immutable"
    return "no-cache"


def _add_static_version(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == STATIC_ENDPOINT and "filename" in values and "v" not in values:
        version = static_version(values["filename"])
        if version:
            values["v"] = version


def static_version(filename: str) -> str | None:
    """The first 16 hexadecimal digits of a static file's SHA-256, or None when there is no such file."""
    folder = Path(current_app.static_folder or "").resolve()
    path = (folder / filename).resolve()
    if not path.is_relative_to(folder) or not path.is_file():
        return None
    return _digest(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _digest(path: Path, changed_at: int) -> str:
    """Hash a file once per change: `changed_at` is only there to make a new cache entry."""
    del changed_at
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
