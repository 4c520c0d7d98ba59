"""What a person just sent from one of our pages: to know it again, to keep it, to show it to them."""

import hashlib
import json
from urllib.parse import urlsplit

from flask import current_app, request

from portal.crypto.keys import PLATFORM, keyed_digest

Fields = list[tuple[str, str]]
"""Name and value of each field, in the order of the page; a name may come more than once."""

NEVER_KEPT = frozenset({"csrf_token", "code", "password"})
"""What proves who sends and when: given afresh each time, and never stored with what was typed."""


def fields_sent() -> Fields:
    """Every field of the form but those that are never kept."""
    return [(name, value) for name, value in request.form.items(multi=True) if name.lower() not in NEVER_KEPT]


def content_digest() -> bytes:
    """A keyed digest of where the form was sent and of what it holds, its files too."""
    content = {
        "path": request.path,
        "fields": fields_sent(),
        "files": [
            (name, chosen.filename, _digest_of(chosen.stream))
            for name, chosen in request.files.items(multi=True)
        ],
    }
    written = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return keyed_digest(PLATFORM, "idempotency", written.encode())


def _digest_of(stream: object) -> str:
    digest = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]  # any binary stream
    stream.seek(0)  # type: ignore[attr-defined]
    return digest


def is_typed_by_a_person() -> bool:
    """Whether this is a form that somebody sent behind the sign-in: not a script's, and without a file."""
    view = current_app.view_functions.get(request.endpoint or "")
    access = getattr(view, "access", None)
    is_script = "X-Background" in request.headers or request.accept_mimetypes.best == "application/json"
    has_files = any(chosen.filename for chosen in request.files.values())
    is_behind_sign_in = access is not None and access.permission is not None
    return request.method == "POST" and is_behind_sign_in and not is_script and not has_files


def comes_from_our_page() -> bool:
    """Whether the browser says that the form stood on a page of ours.

    Asked where the form's own token is no proof any more: what another site sends is neither kept nor shown.
    """
    said = request.headers.get("Sec-Fetch-Site")
    if said is not None:
        return said == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host
