"""Logs: one JSON object a line, and nobody's data in any of them."""

import json
import logging
import uuid
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import OperationalError

from portal.web.logs import install_json_lines

CANARIES = ("Ada", "9991234567", "search-word", "SELECT")


@pytest.fixture
def lines(capsys):
    install_json_lines()
    return lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_request_is_logged_by_endpoint_and_never_by_address(client, lines):
    client.get("/raise/NotAllowed?said=search-word")

    (line,) = lines()
    assert line["event"] == "request"
    assert line["endpoint"] == "raise_error"
    assert line["status"] == 403
    assert line["method"] == "GET"
    assert line["duration_ms"] >= 0
    assert line["time"].endswith("+00:00")
    assert "search-word" not in json.dumps(line)


def test_a_request_names_who_acted(app, client, lines):
    from flask import g

    from tests.web.sample_app import ACTOR

    app.before_request(lambda: setattr(g, "_login_user", SimpleNamespace(actor=ACTOR)))
    client.get("/file")

    (line,) = lines()
    assert line["actor_id"] == str(ACTOR.user_id)
    assert line["organisation_id"] == str(ACTOR.organisation_id)
    assert "Example" not in json.dumps(line)


@pytest.mark.parametrize("address", ["/bug", "/database-down"])
def test_an_exception_is_logged_by_type_and_place_only(client, lines, address):
    client.get(address)

    written = lines()
    errors = next(line["errors"] for line in written if "errors" in line)
    assert errors[0]["type"] in {"builtins.ValueError", "sqlalchemy.exc.OperationalError"}
    assert any(frame.startswith("tests/web/sample_app.py:") for frame in errors[0]["frames"])
    assert not [word for word in CANARIES if word in json.dumps(written)]


def test_a_chain_of_exceptions_is_told_without_words(lines):
    try:
        try:
            raise OperationalError("SELECT Ada", {"name": "Ada"}, Exception("Ada 9991234567"))
        except OperationalError as error:
            raise KeyError("Ada") from error
    except KeyError:
        logging.getLogger("portal.jobs").exception(
            "job_failed", extra={"job_id": uuid.UUID(int=7), "person": "Ada"}
        )

    (line,) = lines()
    assert line["event"] == "job_failed"
    assert [error["type"] for error in line["errors"]] == [
        "builtins.KeyError",
        "sqlalchemy.exc.OperationalError",
    ]
    assert line["job_id"] == str(uuid.UUID(int=7))
    assert not [word for word in CANARIES if word in json.dumps(line)]


def test_messages_of_others_are_left_out(lines):
    logging.getLogger("sqlalchemy.engine").warning("SELECT Ada")
    logging.getLogger("portal.jobs").warning("Could not send to Ada")
    logging.getLogger("portal.jobs").warning("sent_to_%s", "Ada")

    assert [line["event"] for line in lines()] == ["library_message"] * 3


def test_gunicorn_says_what_but_not_which(lines):
    logging.getLogger("gunicorn.error").error("Error handling request %s", "/people/Ada")

    (line,) = lines()
    assert line["template"] == "Error handling request %s"
    assert "Ada" not in json.dumps(line)


def test_a_field_that_is_not_a_plain_value_is_withheld(lines):
    logging.getLogger("portal.jobs").info("job_started", extra={"job_kind": "Ada Example, born", "count": 3})

    (line,) = lines()
    assert line["job_kind"] == "withheld"
    assert line["count"] == 3


def test_installing_twice_writes_each_line_once(lines):
    install_json_lines()
    logging.getLogger("portal.jobs").info("job_started")

    assert len(lines()) == 1


def test_each_request_has_an_id_of_its_own_even_when_its_form_is_refused(client, lines):
    answers = [client.get("/file"), client.post("/form"), client.get("/status/404")]

    ids = [line["request_id"] for line in lines() if line["event"] == "request"]
    assert len(set(ids)) == len(answers)
    assert f"<code>{ids[1]}</code>" in answers[1].text
    assert f"<code>{ids[2]}</code>" in answers[2].text


def test_a_migration_writes_no_line_for_each_step(lines):
    install_json_lines()
    logging.getLogger("alembic.runtime.migration").info("Running upgrade %s -> %s", "0001", "0002")
    logging.getLogger("alembic.runtime.migration").warning("kept")
    assert [(line["logger"], line["level"]) for line in lines()] == [("alembic.runtime.migration", "warning")]
