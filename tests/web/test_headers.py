"""Headers of pages, files, errors, redirects and static files."""

import re

import pytest

from tests.web.sample_app import make_app

ADDRESSES = [
    "/",
    "/form",
    "/file",
    "/sign-in",
    "/nothing-here",
    "/raise/NotAllowed",
    "/database-down",
    "/static/portal.css",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_response_carries_the_security_headers(client, address):
    headers = client.get(address).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_page_policy_is_exactly_this(client):
    policy = client.get("/").headers["Content-Security-Policy"]

    assert re.sub(r"nonce-[\w-]{24}", "nonce-X", policy) == (
        "default-src 'none'; script-src 'nonce-X'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def test_nonce_is_new_for_each_request(client):
    policies = {client.get("/").headers["Content-Security-Policy"] for _ in range(5)}

    assert len(policies) == 5


def test_a_file_may_never_run_as_a_page(client):
    assert client.get("/file").headers["Content-Security-Policy"].endswith("sandbox")


@pytest.mark.parametrize("address", [address for address in ADDRESSES if "static" not in address])
def test_nothing_but_static_files_may_be_stored(client, address):
    assert client.get(address).headers["Cache-Control"] == "no-store"


def test_a_static_file_is_kept_for_a_year_only_under_its_own_hash(client):
    address = re.search(r'href="(/static/portal\.css\?v=[0-9a-f]{16})"', client.get("/").text).group(1)

    assert client.get(address).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/static/portal.css?v=0000000000000000").headers["Cache-Control"] == "no-cache"
    assert client.get("/static/portal.css").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("address", ["/static/none.css", "/static/../config.py", "/static/none.css?v="])
def test_a_missing_static_file_is_not_kept(client, address):
    response = client.get(address)

    assert response.status_code == 404
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [("production", True), (None, True), ("development", False), ("demonstration", False)],
)
def test_https_is_demanded_but_where_the_portal_runs_on_plain_http(environment, expected):
    client = make_app(PORTAL_ENVIRONMENT=environment).test_client()

    for address in ("/", "/nothing-here", "/sign-in"):
        assert ("Strict-Transport-Security" in client.get(address).headers) is expected
