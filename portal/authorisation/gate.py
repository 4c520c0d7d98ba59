"""The gate: every route says who may enter it, and no view is entered but through here."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, abort, current_app, g, make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from psycopg.errors import InsufficientPrivilege
from sqlalchemy.exc import ProgrammingError
from werkzeug.wrappers import Response

from portal import database
from portal.audit import actions as audit
from portal.authorisation import once
from portal.authorisation.actor import Actor
from portal.authorisation.permissions import SHOWS_PERSONAL_DATA, Permission
from portal.authorisation.policy import allows
from portal.context import NOBODY
from portal.errors import NotFound

View = Callable[..., ResponseReturnValue]
Loader = Callable[..., Any]


@dataclass(frozen=True)
class Access:
    """What a route declares: a permission and how its target is loaded, or why it is public."""

    permission: Permission | None = None
    loader: Loader | None = None
    why_public: str = ""


def public(why: str) -> Callable[[Callable[..., Any]], View]:
    """Let anybody in; `why` says why that is right. Such a view asks the database in nobody's name."""

    def decorate(view: Callable[..., Any]) -> View:
        @functools.wraps(view)
        def enter(**parts: Any) -> ResponseReturnValue:
            database.enter(NOBODY)
            response: ResponseReturnValue = view(**parts)
            return response

        enter.access = Access(why_public=why)  # type: ignore[attr-defined]  # read by refuse_undeclared
        return enter

    return decorate


def requires(permission: Permission, on: Loader | None = None) -> Callable[[View], View]:
    """Let in only whom the policy allows.

    `on(actor, …)` loads the target from the parts of the URL that it names; the view is called with
    the actor, the target (when there is one) and the rest of the URL.
    Refused: 404 with a target, since existence is not disclosed; 403 without; sign-in when nobody is.
    """
    taken = tuple(inspect.signature(on).parameters)[1:] if on else ()

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def enter(**parts: Any) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                return _ask_to_sign_in()
            actor: Actor = current_user.actor
            loaded = [_load(on, actor, {name: parts.pop(name) for name in taken})] if on else []
            if not allows(actor, permission, *loaded):
                _refuse(actor, permission, 404 if on else 403)
            earlier = once.earlier_location(actor) if request.method == "POST" else None
            if earlier:
                return redirect(earlier, 303)
            g.page_target = loaded[0] if loaded else None
            return _enter(view, actor, permission, loaded, parts)

        enter.access = Access(permission, on)  # type: ignore[attr-defined]  # read by refuse_undeclared
        return enter

    return decorate


def can(permission: Permission | str, target: Any = None) -> bool:
    """Whether whoever is signed in may do this; templates ask here too."""
    if not current_user.is_authenticated:
        return False
    return allows(current_user.actor, Permission(permission), target)


def refuse_undeclared(app: Flask) -> None:
    """Stop the start when a route does not say who may enter it. Raises RuntimeError naming them."""
    undeclared = [
        endpoint for endpoint, view in app.view_functions.items() if getattr(view, "access", None) is None
    ]
    if undeclared:
        raise RuntimeError(f"Routes that do not say who may enter them: {', '.join(sorted(undeclared))}")


def _load(loader: Loader, actor: Actor, parts: dict[str, Any]) -> Any:
    try:
        return loader(actor, **parts)
    except NotFound:
        _refuse(actor, None, 404)
    except ProgrammingError as error:
        if not isinstance(error.orig, InsufficientPrivilege):
            raise
        _refuse(actor, None, 404)  # the actor's database role has no right to such a table at all


def _enter(
    view: View, actor: Actor, permission: Permission, loaded: list[Any], parts: dict[str, Any]
) -> ResponseReturnValue:
    if permission not in SHOWS_PERSONAL_DATA:
        return view(actor, *loaded, **parts)
    viewed = audit.begin_view(actor, permission, loaded[0] if loaded else None)
    response = make_response(view(actor, *loaded, **parts))
    _leave_trace(viewed)
    return response


def _leave_trace(viewed: audit.Event) -> None:
    """Commit the trace of a page, and nothing else: what a view did not commit is undone first."""
    audit.end_view()
    if viewed not in audit.pending():
        return
    database.rollback()
    audit.keep_only(viewed)
    database.commit()


def _refuse(actor: Actor, permission: Permission | None, status: int) -> None:
    database.rollback()
    audit.keep_only(None)
    audit.record_event(actor, "refused", permission=permission, endpoint=request.endpoint, status=status)
    database.commit()
    abort(status)


def _ask_to_sign_in() -> Response:
    """Pages go to sign-in and come back; scripts are told 401 and keep the text in the page."""
    if request.headers.get("X-Background") or request.accept_mimetypes.best == "application/json":
        abort(401)
    response: Response = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]  # set by init_app
    return response
