"""The guard of what was sent, asked as the schema's owner, whom no grant stops."""

import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

IDS = {name: uuid.uuid4() for name in ("authority", "practice", "conference", "request", "submission", "key")}
NAMED = ("authority", "practice", "conference", "request")
ROW = """
    INSERT INTO submission (id, authority_id, practice_id, conference_id, request_id, kind, number, reference,
        state, content_sealed, content_digest, submitted_at, submitted_by_name, submitted_by_role, is_late,
        has_restricted, idempotency_key)
    VALUES (:submission, :authority, :practice, :conference, :request, 'news', 1, 'R', 'received', 'a', 'b',
        '2026-12-02', 'X', 'clinician', false, false, :key)
"""


@pytest.fixture
def stored(owner):
    """A submission that the owner has put in by itself, and never commits."""
    for name in NAMED:
        owner.execute(text(f"ALTER TABLE submission DROP CONSTRAINT fk_submission_{name}_id"))
    owner.execute(text(ROW), IDS)
    yield owner
    owner.rollback()


@pytest.mark.parametrize(
    "change",
    [
        "content_sealed = 'z'",
        "content_digest = 'z'",
        "kind = 'report'",
        "number = 2",
        "submitted_by_name = 'Z'",
    ],
)
def test_what_was_sent_never_changes_even_for_the_owner(stored, change):
    with pytest.raises(IntegrityError, match="never changes"):
        stored.execute(text(f"UPDATE submission SET {change} WHERE id = :submission"), IDS)


def test_its_state_does(stored):
    stored.execute(text("UPDATE submission SET state = 'accepted' WHERE id = :submission"), IDS)
