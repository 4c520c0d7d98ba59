"""What stands on every page: whom to ring, also where several authorities ask one practice."""

import pytest

from portal.authorisation.actor import Role
from tests.support import factories as make
from tests.triage.family import signed_in


def asked_by(name, telephone, practice):
    authority = make.make_authority(name)
    with make.acting_as(make.PLATFORM):
        authority.telephone = telephone
        make.db.flush()
    child = make.make_person(authority, practice=practice)
    conference = make.make_conference(authority, make.make_actor(authority, Role.CHAIR), [(child, "subject")])
    return make.make_request(conference, practice, [child])


@pytest.fixture
def practice(db):
    return make.make_practice()


@pytest.fixture
def requests(practice):
    found = [
        asked_by("Bromsley Council", "0121 496 0001", practice),
        asked_by("Avonmere Council", "0121 496 0002", practice),
        asked_by("Elsewhere Council", "0121 496 0003", make.make_practice("Another Surgery")),
    ]
    make.db.commit()
    return found


def test_the_inbox_names_every_contact_team_that_asks(browser, practice, requests):
    signed_in(browser, make.make_actor(practice, Role.CLINICIAN))
    page = browser.get("/", follow_redirects=True).text
    danger = page.split("Is a child in danger now?")[1].split("This portal is not")[0]
    for words in ("Bromsley Council contact team", "0121 496 0001", "Avonmere Council", "0121 496 0002"):
        assert words in danger, words
        assert page.count(words) > danger.count(words), "and below every page"
    assert "Elsewhere" not in page


def test_a_page_about_one_request_names_its_own_contact_team_only(browser, practice, requests):
    signed_in(browser, make.make_actor(practice, Role.CLINICIAN))
    page = browser.get(f"/requests/{requests[0].id}").text
    assert "0121 496 0001" in page
    assert "0121 496 0002" not in page
