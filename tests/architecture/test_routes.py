"""Every role at every route, with its own object and with another side's: only what the policy says.

The cases are made from the application's routes. A route whose address has a part that SAMPLES does not
know fails by name: say there what to put into it.
"""

import re
import uuid

import pytest
from flask import url_for

from portal import context, database
from portal.authorisation.gate import Access
from portal.packages import BLUEPRINTS
from tests.architecture.bare import bare_app
from tests.support.personas import PERSONAS, allowed, needs_target
from tests.support.world import make_side

SAMPLES = {
    "conference_id": "conference_id",
    "request_id": "request_id",
    "submission_id": "submission_id",
    "contact_id": "contact_id",
    "pack_id": "pack_id",
    "list_id": "list_id",
    "person_id": "person_id",
    "aside_id": "aside_id",
    "parked_id": "parked_id",
}
"""Part of an address → which sample of a side goes into it."""
PLAIN_PARTS = {
    "filename": "icon.svg",
    "section": "writer",
    "about": "family",
    "reader": "professionals",
    "file_type": "pdf",
}
"""Part of an address → a word that is the same on every side."""
NOBODY = "nobody"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


RULES = list(bare_app(BLUEPRINTS).url_map.iter_rules())
CASES = sorted({(rule.endpoint, method) for rule in RULES for method in rule.methods - {"HEAD", "OPTIONS"}})
NESTED = sorted({rule.endpoint for rule in RULES if len(rule.arguments & set(SAMPLES)) > 1})
"""Routes that name one thing inside another."""


@pytest.fixture(scope="module")
def sides(app):
    """Two sides, made once: every visit is undone by itself."""
    engine = database.db.get_bind()
    database.close()
    with engine.connect() as connection:
        undone = connection.begin()
        database.db.configure(bind=connection, join_transaction_mode="create_savepoint")
        yield make_side(), make_side()
        database.close()
        undone.rollback()
    database.db.configure(bind=engine, join_transaction_mode="conditional_savepoint")
    context.set_scope(context.NOBODY)


@pytest.mark.parametrize(("endpoint", "method"), CASES)
def test_route_lets_in_only_whom_the_policy_allows(app, sides, endpoint, method):
    own, foreign = sides
    access: Access = app.view_functions[endpoint].access
    for persona in [*PERSONAS, NOBODY]:
        for is_own, side in ((True, own), (False, foreign)):
            parts = parts_of(app, endpoint, side)
            status, location = visit(app, own, persona, endpoint, method, parts)
            expected = outcome(access, persona, is_own=is_own, has_parts=bool(parts))
            seen = f"{method} {endpoint} as {persona}, {'own' if is_own else 'foreign'}: {status} {location}"
            assert fits(expected, status, location), f"{seen}, expected {expected}"
            if not parts:
                break


def test_only_the_chair_of_the_conference_takes_the_chairs_pack(app, sides):
    own, _foreign = sides
    parts = parts_of(app, "packs.download", own) | {"pack_id": own.ids["chairs_pack_id"]}
    let_in = {
        persona
        for persona in PERSONAS
        if visit(app, own, persona, "packs.download", "GET", parts)[0] not in (403, 404)
    }
    assert let_in == {"chair"}


@pytest.mark.parametrize("endpoint", NESTED)
def test_an_own_object_does_not_open_another_sides_part(app, sides, endpoint):
    """`/requests/<own>/people/<foreign>`: each part alone is replaced; nothing may be shown."""
    own, foreign = sides
    parts = parts_of(app, endpoint, own)
    for replaced in set(parts) & set(SAMPLES):
        for persona in PERSONAS:
            mixed = parts | {replaced: foreign.ids[SAMPLES[replaced]]}
            status, _location = visit(app, own, persona, endpoint, "GET", mixed)
            assert status in (403, 404), f"{endpoint} with a foreign {replaced} as {persona}: {status}"


def outcome(access, persona, *, is_own, has_parts):
    """What the policy says of one visit: in, refused with 404 or 403, or asked to sign in."""
    if access.why_public:
        return "in"
    if persona == NOBODY:
        return "sign in"
    if persona in allowed(access.permission, is_own=is_own) and (is_own or not access.loader):
        return "in"
    return "404" if access.loader else "403"


def fits(expected, status, location):
    is_to_sign_in = status == 303 and location.startswith("/sign-in")
    if expected == "sign in":
        return is_to_sign_in
    if expected == "in":
        return status in (200, 303, 409, 413, 422, 503) and not (is_to_sign_in and "next=" in location)
    return str(status) == expected


def parts_of(app, endpoint, side):
    """What fills the address of this route on this side."""
    rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
    parts = {}
    for name in rule.arguments - set(rule.defaults or {}):
        assert name in SAMPLES or name in PLAIN_PARTS, (
            f"{rule.rule}: say in SAMPLES or PLAIN_PARTS what <{name}> may be"
        )
        parts[name] = side.ids[SAMPLES[name]] if name in SAMPLES else PLAIN_PARTS[name]
    return parts


def visit(app, side, persona, endpoint, method, parts):
    """Status and location of one visit, whose traces in the database are undone."""
    with app.test_request_context():
        address = url_for(endpoint, **parts)
    connection = database.db.get_bind()
    undone = connection.begin_nested()
    browser = app.test_client()
    try:
        if persona != NOBODY:
            browser.sign_in_as(side.people[persona])
        if method == "GET":
            response = browser.get(address)
        else:
            browser.get("/sign-in" if persona == NOBODY else "/information/privacy")
            data = {"csrf_token": browser.token, "idempotency_key": uuid.uuid4().hex}
            response = browser.open(address, method=method, data=data)
        return response.status_code, response.headers.get("Location", "")
    finally:
        database.close()
        undone.rollback()


def test_an_undeclared_route_stops_the_start():
    from flask import Flask

    from portal.authorisation.gate import refuse_undeclared

    bare = Flask("bare", static_folder=None)
    bare.add_url_rule("/open", "open", lambda: "")
    with pytest.raises(RuntimeError, match="open"):
        refuse_undeclared(bare)


def test_every_public_route_says_why(app):
    public = {
        endpoint: view.access.why_public
        for endpoint, view in app.view_functions.items()
        if view.access.permission is None
    }
    assert all(len(why) > 15 for why in public.values())
    assert set(public) == {
        "static",
        "health.healthz",
        "health.readyz",
        "information.accessibility",
        "information.privacy",
        "accounts.sign_in",
        "accounts.code",
        "accounts.unlock",
        "accounts.acting_for",
        "accounts.sign_out",
    }, "a new public route: is it really for everybody?"


def test_a_permission_about_an_object_is_never_asked_without_one(app):
    """Such a rule would fail on the missing object; a rule without object would let foreign ones pass."""
    faults = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if view.access.permission and needs_target(view.access.permission) != bool(view.access.loader)
    ]
    assert not faults


def test_every_permission_is_asked_for_somewhere(app):
    """Only what templates and actions ask for besides may be missing here."""
    from portal.authorisation.permissions import Permission

    asked = {view.access.permission for view in app.view_functions.values()}
    assert asked - {None} <= set(Permission)
