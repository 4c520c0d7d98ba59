"""Error pages: status, words, and what they do not give away."""

import re

import pytest

from tests.web.sample_app import make_app

CODES = [400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503]
JSON = {"Accept": "application/json"}


@pytest.mark.parametrize("code", CODES)
def test_each_status_has_a_page_with_the_request_id(client, code):
    response = client.get(f"/status/{code}")

    assert response.status_code == code
    assert re.search(r"<code>[0-9a-f]{16}</code>", response.text)
    assert response.mimetype == "text/html"


@pytest.mark.parametrize("code", CODES)
def test_each_status_answers_a_script_in_json(client, code):
    response = client.get(f"/status/{code}", headers=JSON)

    assert response.status_code == code
    assert response.json["error"]["status"] == code
    assert re.fullmatch(r"[0-9a-f]{16}", response.json["error"]["request_id"])


@pytest.mark.parametrize(
    "accept", ["text/html,application/json", "*/*", "text/html", "application/json, text/html;q=0.1"]
)
def test_whoever_can_read_a_page_gets_one(client, accept):
    assert client.get("/status/404", headers={"Accept": accept}).mimetype == "text/html"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("NotFound", 404), ("NotAllowed", 403), ("NotReady", 409), ("ImpossibleMove", 409),
        ("StaleEdit", 409), ("Conflict", 409), ("InvalidInput", 422), ("TooMany", 429), ("DomainError", 409),
    ],
)  # fmt: skip
def test_a_domain_error_shows_its_message(client, name, status):
    response = client.get(f"/raise/{name}?said=1")

    assert response.status_code == status
    assert ("<p>Ring the contact team.</p>" in response.text) is (status != 404)


def test_a_hidden_object_and_a_missing_one_read_the_same(client):
    def without_what_always_differs(address):
        text = client.get(address).text
        text = re.sub(r'nonce="[^"]+"', "", text)
        text = re.sub(r'name="csrf_token" value="[^"]+"', "", text)
        return re.sub(r"<code>[0-9a-f]{16}</code>", "", text)

    pages = {
        without_what_always_differs(a)
        for a in ("/raise/NotFound?said=1", "/raise/NotFound", "/status/404", "/none/at/all")
    }

    assert len(pages) == 1


def test_a_form_without_its_token_says_what_to_do(client):
    response = client.post("/form", data={"place": "Home"})

    assert response.status_code == 400
    assert "Your form was not sent" in response.text


def test_a_script_without_its_token_gets_a_fresh_one_that_works(client):
    refused = client.post("/save", data={"reason": "x"}, headers=JSON)
    token = refused.json["csrf_token"]

    accepted = client.post("/save", data={"reason": "x"}, headers={**JSON, "X-CSRFToken": token})

    assert refused.status_code == 400
    assert refused.json["error"]["title"] == "Your form was not sent"
    assert accepted.status_code == 200


def test_other_bad_requests_give_no_token(client):
    assert "csrf_token" not in client.get("/status/400", headers=JSON).json


def test_a_bug_shows_nothing_of_itself_and_asks_nothing_of_the_database(app, client):
    @app.context_processor
    def ask_the_database():
        raise RuntimeError("the database is down")

    response = client.get("/bug")

    assert response.status_code == 500
    assert "Ada" not in response.text
    assert "Something went wrong at our end" in response.text


def test_a_client_error_still_has_a_page_when_the_database_is_down(app, client):
    @app.context_processor
    def ask_the_database():
        raise RuntimeError("the database is down")

    response = client.get("/status/404")

    assert response.status_code == 404
    assert "Page not found" in response.text


def test_a_lost_database_is_503_and_asks_to_come_back(client):
    response = client.get("/database-down")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert "Ada" not in response.text


def test_a_method_that_is_not_allowed_names_those_that_are(client):
    response = client.delete("/file", headers={"X-CSRFToken": "x"})

    assert response.status_code in {400, 405}
    assert client.get("/sign-out").status_code == 405
    assert "POST" in client.get("/sign-out").headers["Allow"]


def test_an_address_without_its_slash_is_still_redirected(app, client):
    app.add_url_rule("/folder/", "folder", lambda: "in")

    assert client.get("/folder").status_code == 308


def test_error_page_leads_to_sign_in_only_for_401(client):
    assert 'href="/sign-in">Sign in' in client.get("/status/401").text
    assert 'href="/sign-in">Sign in' not in client.get("/status/403").text


def test_pages_stand_outside_the_demonstration_too():
    client = make_app(PORTAL_ENVIRONMENT="production").test_client()

    assert "Demonstration data" not in client.get("/status/500").text
