"""A form sent twice creates one thing, one after the other or at the same moment."""

import threading
import uuid
from io import BytesIO
from types import SimpleNamespace

import pytest
from flask import Flask, g
from flask_login import LoginManager
from sqlalchemy import text

from portal import context, database
from portal.authorisation import once
from portal.authorisation.actor import practice_scope
from portal.errors import SentOtherwise
from portal.jobs.queue import enqueue
from tests.authorisation.acting import actor_at


@pytest.fixture
def bare(committed):
    """An application where whoever `g.actor_under_test` is counts as signed in."""
    bare = Flask("bare", static_folder=None)
    manager = LoginManager(bare)
    manager.request_loader(lambda _request: SimpleNamespace(actor=g.actor_under_test, is_authenticated=True))
    return bare


def send(bare, actor, key, thing, *, before_commit=lambda: None, **typed):
    """What a view does when the form is sound."""
    with bare.test_request_context(method="POST", data={once.KEY_FIELD: str(key), **typed}):
        g.actor_under_test = actor
        context.set_scope(actor.scope)
        try:
            earlier = once.earlier_location(actor)
            if earlier:
                return earlier
            enqueue(f"make_{thing}")
            before_commit()
            return once.commit_once(f"/things/{thing}").location
        finally:
            database.close()


def made(owner, actor):
    found = owner.scalars(
        text("SELECT name FROM job WHERE organisation_id = :id"), {"id": actor.organisation_id}
    )
    return list(found)


def test_the_second_sending_leads_to_what_the_first_made(bare, owner):
    actor, key = actor_at(practice_scope), uuid.uuid4()
    assert send(bare, actor, key, "one") == "/things/one"
    assert send(bare, actor, key, "two") == "/things/one"
    assert made(owner, actor) == ["make_one"]


def test_another_persons_equal_key_is_another_form(bare, owner):
    key = uuid.uuid4()
    one, two = actor_at(practice_scope), actor_at(practice_scope)
    assert send(bare, one, key, "one") == "/things/one"
    assert send(bare, two, key, "two") == "/things/two"


def test_without_a_sound_key_nothing_is_remembered(bare, owner):
    actor = actor_at(practice_scope)
    for thing in ("one", "two"):
        assert send(bare, actor, "no key", thing) == f"/things/{thing}"
    assert made(owner, actor) == ["make_one", "make_two"]


def test_two_sendings_at_the_same_moment_make_one_thing(bare, owner):
    actor, key = actor_at(practice_scope), uuid.uuid4()
    together = threading.Barrier(2)
    led_to = []

    def work(thing):
        led_to.append(send(bare, actor, key, thing, before_commit=lambda: together.wait(timeout=20)))

    threads = [threading.Thread(target=work, args=(thing,)) for thing in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=40)
    assert len(led_to) == 2
    assert len(set(led_to)) == 1
    assert [f"/things/{name.removeprefix('make_')}" for name in made(owner, actor)] == led_to[:1]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"text": "one"}, {"text": "two"}),
        ({"text": "one"}, {}),
        ({"people": ["a", "b"]}, {"people": ["b", "a"]}),
        ({"list": (BytesIO(b"a"), "list.csv")}, {"list": (BytesIO(b"b"), "list.csv")}),
    ],
    ids=["words", "missing", "order", "file"],
)
def test_other_words_under_the_same_key_never_pass_for_sent(bare, owner, first, second):
    actor, key = actor_at(practice_scope), uuid.uuid4()
    send(bare, actor, key, "one", **first)
    with pytest.raises(SentOtherwise) as refused:
        send(bare, actor, key, "two", **second)
    assert refused.value.location == "/things/one"
    assert made(owner, actor) == ["make_one"]


def test_a_fresh_token_or_code_does_not_make_it_another_form(bare, owner):
    actor, key = actor_at(practice_scope), uuid.uuid4()
    send(bare, actor, key, "one", text="same", csrf_token="1", code="123456")
    assert send(bare, actor, key, "two", text="same", csrf_token="2", code="654321") == "/things/one"


def test_of_two_at_the_same_moment_with_other_words_one_is_told(bare, owner):
    actor, key = actor_at(practice_scope), uuid.uuid4()
    together = threading.Barrier(2, timeout=20)
    ended = []

    def work(thing):
        try:
            ended.append(send(bare, actor, key, thing, before_commit=together.wait, text=thing))
        except SentOtherwise as refused:
            ended.append(refused.location)

    threads = [threading.Thread(target=work, args=(thing,)) for thing in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=40)
    assert len(set(ended)) == 1
    assert len(ended) == 2
    assert len(made(owner, actor)) == 1
