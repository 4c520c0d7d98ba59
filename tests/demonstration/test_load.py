"""The demonstration holds something in every state, and is loaded once."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from portal import clock
from portal.accounts.queries import get_organisation
from portal.authorisation.actor import OrganisationKind, authority_scope
from portal.contacts.states import ContactKind, ContactState
from portal.database import acting_as, commit
from portal.demonstration.load import load_work
from portal.demonstration.people import AUTHORITY_CODE, load_people, write_list
from portal.submissions.states import SubmissionKind, SubmissionState

SUNDAY_IN_THE_HOLIDAYS = datetime(2026, 12, 27, 11, tzinfo=UTC)
A_MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(params=[A_MONDAY, SUNDAY_IN_THE_HOLIDAYS], ids=["monday", "christmas"])
def loaded(db, request):
    """The demonstration, loaded on that day, asked in its authority's scope."""
    with clock.moved_to(request.param):
        assert load_work(load_people())
        commit()
        authority = get_organisation(OrganisationKind.AUTHORITY, AUTHORITY_CODE)
        with acting_as(authority_scope(authority.id)):
            yield db


def counted(db, question):
    return Counter(tuple(row) for row in db.execute(text(question)))


def test_something_stands_in_every_state(loaded):
    requests = counted(loaded, "SELECT state, progress, late_until IS NOT NULL FROM report_request")
    for state, progress, is_late in (
        ("open", "not_started", False),
        ("open", "not_started", True),
        ("open", "drafting", False),
        ("open", "waiting_for_signature", False),
        ("answered", "drafting", False),
        ("nothing_found", "not_started", False),
    ):
        assert requests[state, progress, is_late] > 1
    submissions = counted(loaded, "SELECT kind, state FROM submission")
    assert {kind for kind, _state in submissions} == set(SubmissionKind)
    assert {state for _kind, state in submissions} >= {
        SubmissionState.RECEIVED,
        SubmissionState.ACCEPTED,
        SubmissionState.RETURNED,
    }
    contacts = counted(loaded, "SELECT kind, state FROM contact")
    assert {kind for kind, _state in contacts} >= set(ContactKind) - {
        ContactKind.EQUAL_NHS_NUMBER,
        ContactKind.MAIL_UNDELIVERABLE,
    }
    assert {state for _kind, state in contacts} == set(ContactState)
    assert counted(loaded, "SELECT audience FROM pack").keys() == {
        ("chair",),
        ("professionals",),
        ("family",),
    }
    assert counted(loaded, "SELECT is_kept_to_chair FROM restricted_item").keys() == {(True,), (False,)}

    today = clock.today()
    soonest = loaded.scalar(text("SELECT min(held_on) FROM conference"))
    assert today < soonest <= today + timedelta(days=7)
    assert loaded.scalar(text("SELECT count(*) FROM report_request WHERE is_short_notice")) == 1

    before = counted(loaded, "SELECT state, number, reference FROM submission")
    assert load_work(load_people()) is False
    assert counted(loaded, "SELECT state, number, reference FROM submission") == before


def test_the_list_of_people_names_everybody_with_both_factors(db, tmp_path):
    everybody = load_people()
    write_list(everybody, tmp_path / "demo" / "people.json")
    written = json.loads((tmp_path / "demo" / "people.json").read_text())
    assert len(written) == len(everybody) == len({line["email"] for line in written})
    assert {"name", "email", "password", "totp_secret", "roles", "organisation"} == set(written[0])
    locum = next(line for line in written if line["email"].startswith("locum"))
    assert locum["organisation"] == "Lakeside Surgery / St Chad's Surgery"


def test_it_is_refused_where_real_people_could_be(app):
    result = app.test_cli_runner().invoke(args=["demonstration", "load"])
    assert result.exit_code == 2
    assert "PORTAL_ENVIRONMENT=demonstration" in result.output
