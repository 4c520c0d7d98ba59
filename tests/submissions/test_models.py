"""The guard of what was sent, asked as the schema's owner, whom no grant stops."""

import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

IDS = {
    name: uuid.uuid4() for name in ("authority", "practice", "user", "conference", "request", "submission")
}
ROWS = [
    "INSERT INTO organisation VALUES (:authority, 'authority', :authority, 'A', '', '')",
    "INSERT INTO organisation VALUES (:practice, 'practice', :practice, 'P', '', '')",
    "INSERT INTO user_account (id, email, name, is_suspended) VALUES (:user, 'x@example.org', 'X', false)",
    "INSERT INTO conference (id, authority_id, reference, type, state, held_on, starts_at, ends_at, venue, chair_id,"
    " social_worker, social_worker_phone, nurse_email, midwife_email, family_name_sealed, is_address_confidential,"
    " due_on, is_short_notice, booked_at) VALUES (:conference, :authority, 'C', 'initial', 'planned', '2027-01-02',"
    " '10:00', '12:00', '', :user, '', '', '', '', 'x', false, '2027-01-01', false, '2026-12-01')",
    "INSERT INTO report_request (id, authority_id, practice_id, conference_id, state, progress, conference_on, due_on,"
    " is_short_notice, created_at) VALUES (:request, :authority, :practice, :conference, 'open', 'not_started',"
    " '2027-01-02', '2027-01-01', false, '2026-12-01')",
    "INSERT INTO submission (id, authority_id, practice_id, conference_id, request_id, kind, number, reference, state,"
    " content_sealed, content_digest, submitted_at, submitted_by_name, submitted_by_role, is_late, has_restricted,"
    " idempotency_key) VALUES (:submission, :authority, :practice, :conference, :request, 'news', 1, 'R', 'received',"
    " 'a', 'b', '2026-12-02', 'X', 'clinician', false, false, :user)",
]


@pytest.fixture
def stored(owner):
    """A submission that the owner has put in, and never commits."""
    for row in ROWS:
        owner.execute(text(row), IDS)
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
