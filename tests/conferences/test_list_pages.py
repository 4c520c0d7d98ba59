"""The lists of conferences and requests as pages: whom they name is noted, and cursors are checked."""

from datetime import date

import pytest
from sqlalchemy import select

import config
from portal.audit.actions import begin_view, end_view
from portal.authorisation.actor import Role
from portal.conferences.list_text import LARGEST_FILE
from portal.conferences.models import Involvement
from portal.conferences.queries import conferences_for
from portal.conferences.states import PersonRole
from portal.database import acting_as, new_id
from portal.web.pagination import encode_cursor
from tests.support import factories as make
from tests.support.lists.list_samples import list_of, rows_of_one_conference

FOREIGN = [(1, "x", 3), (date(2026, 1, 1),), ("x", "y"), (new_id(), date(2026, 1, 1)), ("a\0", "b")]
OVERHEAD = 10_000
"""What a form adds to a file, in bytes, and more."""


@pytest.fixture
def listed(ground):
    ground.take_over(list_of(rows_of_one_conference()))
    return ground


@pytest.mark.parametrize("key", FOREIGN)
def test_a_cursor_of_another_list_is_refused_plainly(listed, browser, key):
    browser.sign_in_as(listed.contact)
    assert browser.get(f"/conferences?after={encode_cursor(key)}").status_code == 422
    assert browser.get(f"/conferences?past&after={encode_cursor(key)}").status_code == 422
    browser.sign_in_as(make.make_actor(listed.practices["Y90001"], Role.CLINICIAN))
    assert browser.get(f"/requests?after={encode_cursor(key)}").status_code == 422
    assert browser.get(f"/requests?done_after={encode_cursor(key)}").status_code == 422
    browser.sign_in_as(listed.chairs["chair1@children.example.org"])
    assert browser.get(f"/conferences-to-chair?after={encode_cursor(key)}").status_code == 422


def test_whose_family_name_is_listed_is_noted(db, listed):
    with acting_as(listed.scope):
        parts = db.execute(select(Involvement.person_id, Involvement.role)).all()
        viewed = begin_view(listed.contact, "conference:list", None)
        assert [row.family_name for row in conferences_for(listed.contact)] == ["Example"]
        end_view()
    assert viewed.people == {person_id for person_id, role in parts if role == PersonRole.SUBJECT}


def test_a_file_that_is_too_large_is_refused_in_words_of_ours():
    assert config.Config.largest_request > LARGEST_FILE + OVERHEAD
