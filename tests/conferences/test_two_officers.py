"""Two of the contact team at one conference or one list: nobody's work goes without a word."""

import re
import threading

import pytest
from sqlalchemy import select, text

from portal import database
from portal.authorisation.actor import Role, authority_scope
from portal.conferences import list_import, settling
from portal.conferences.hand_booking import Refusal, book_by_hand
from portal.conferences.models import Conference
from portal.database import Model, acting_as, commit
from portal.errors import StaleEdit
from tests.conferences.test_list_known import TYPED
from tests.support import factories as make
from tests.support.lists.list_samples import list_of, rows_of_one_conference

REVISION = re.compile(r'name="revision" value="([^"]*)"')
SAM = {
    "person_role": "subject",
    "family_name": "Example",
    "given_names": "Sam",
    "date_of_birth": "2021-08-02",
    "address_confidential": "no",
    "lives_in_household": "yes",
}


@pytest.fixture
def path(db, ground, browser):
    ground.take_over(list_of(rows_of_one_conference()))
    with acting_as(ground.scope):
        conference_id = db.scalars(select(Conference.id)).one()
    commit()
    browser.sign_in_as(ground.contact)
    return f"/conferences/{conference_id}/reason"


def stands(db, ground):
    db.expire_all()
    with acting_as(ground.scope):
        conference = db.scalars(select(Conference)).one()
        return conference.reason, conference.questions


def test_the_second_reason_does_not_erase_the_first(db, ground, browser, path):
    seen = REVISION.search(browser.get(path).text)[1]
    first = {"reason": "First reason", "questions": "First question", "revision": seen}
    second = {"reason": "Second reason", "questions": "", "revision": seen}
    assert browser.send(path, first).status_code == 303
    refused = browser.send(path, second)
    assert refused.status_code == 422
    assert all(words in refused.text for words in ("First reason", "First question", "Second reason"))
    assert stands(db, ground) == ("First reason", "First question")
    agreed = second | {"revision": REVISION.search(refused.text)[1]}
    assert browser.send(path, agreed).status_code == 303
    assert stands(db, ground) == ("Second reason", None)


def test_the_same_reason_sent_twice_is_no_conflict(db, ground, browser, path):
    seen = REVISION.search(browser.get(path).text)[1]
    sent = {"reason": "First reason", "questions": "", "revision": seen}
    assert [browser.send(path, sent).status_code for _ in range(2)] == [303, 303]


def test_a_reason_refused_for_itself_keeps_what_was_seen(browser, path):
    browser.send(path, {"reason": "First reason", "questions": "", "revision": ""})
    refused = browser.send(path, {"reason": "", "questions": "", "revision": ""})
    assert REVISION.search(refused.text)[1] == ""


def test_a_stale_reason_is_refused_by_the_action(db, ground, path):
    with acting_as(ground.scope):
        conference = db.scalars(select(Conference)).one()
        settling.say_why(ground.contact, conference, "First", "", seen="")
        with pytest.raises(StaleEdit):
            settling.say_why(ground.contact, conference, "Second", "", seen="")


def kept(ground, actor, ref):
    with acting_as(ground.scope):
        list_id = list_import.keep_list(actor, list_of(rows_of_one_conference(ref))).id
    commit()
    return f"/conferences/lists/{list_id}"


@pytest.mark.parametrize("deed", ["", "/progress", "/confirm"])
def test_whoever_finds_their_list_set_aside_is_told_by_whom(db, ground, browser, deed):
    mine = kept(ground, ground.contact, "C-1")
    colleague = make.make_actor(ground.authority, Role.CONTACT, name="Lin Marsh")
    theirs = kept(ground, colleague, "C-2")
    browser.sign_in_as(colleague)
    browser.send(f"{theirs}/confirm")
    browser.sign_in_as(ground.contact)
    browser.get("/conferences")
    found = browser.send(mine + deed) if deed == "/confirm" else browser.get(mine + deed)
    page = browser.get(found.location)
    assert found.location == "/conferences/lists/new"
    assert "Lin Marsh confirmed another list on 23 November 2026" in page.text
    assert "Upload yours again" in page.text


def test_a_list_confirmed_twice_leads_to_its_progress(ground, browser):
    mine = kept(ground, ground.contact, "C-1")
    browser.sign_in_as(ground.contact)
    browser.get(mine)
    assert {browser.send(f"{mine}/confirm").location for _ in range(3)} == {f"{mine}/progress"}


@pytest.fixture
def office(app, owner):
    """An authority with a chair and two colleagues, committed, and cleared away afterwards."""
    database.close()
    authority = make.make_authority("At once")
    chair = make.make_actor(authority, Role.CHAIR)
    colleagues = [make.make_actor(authority, Role.CONTACT, name=name) for name in ("Priya", "Tom")]
    with acting_as(authority_scope(authority.id)):
        email = next(iter(list_import.staff_of_authority(authority.id).chair_ids))
    database.commit()
    database.close()
    yield authority, colleagues, email
    database.close()
    for table in reversed(Model.metadata.sorted_tables):
        if "authority_id" in table.columns:
            owner.execute(text(f"DELETE FROM {table.name} WHERE authority_id = :id"), {"id": authority.id})
    owner.execute(text("DELETE FROM membership WHERE organisation_id = :id"), {"id": authority.id})
    people = {"ids": [each.user_id for each in (chair, *colleagues)]}
    for table in ("credential", "user_account"):
        owner.execute(text(f"DELETE FROM {table} WHERE id = ANY(:ids)"), people)
    owner.execute(text("DELETE FROM organisation WHERE id = :id"), {"id": authority.id})
    owner.commit()


def test_of_two_who_book_one_number_at_once_the_second_is_told(office, monday):
    authority, colleagues, chair_email = office
    together, told = threading.Barrier(2, timeout=10), []

    def work(actor):
        with acting_as(authority_scope(authority.id)):
            together.wait()
            told.append(book_by_hand(actor, TYPED | {"chair_email": chair_email}, [SAM]))
            database.commit()
        database.close()

    threads = [threading.Thread(target=work, args=(actor,)) for actor in colleagues]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    refused = [each for each in told if isinstance(each, list)]
    assert (len(told), refused) == (
        2,
        [[Refusal("conference_ref", 0, "there is already a conference with this number")]],
    )
