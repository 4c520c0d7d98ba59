"""What is no report: told to chair and professionals, never as "no concern", never to the family."""

from datetime import date

import pytest

from portal.authorisation.actor import Role
from portal.database import acting_as
from portal.packs import building
from portal.packs.gathering import gather
from portal.questionnaire.readers import ReaderKind
from portal.submissions.content import News, RecordedReply
from portal.submissions.short_answers import PersonLooked, PersonNotHere, RecordRead, ShortAnswer, Since
from portal.submissions.states import SubmissionKind
from tests.packs import families
from tests.packs.families import send
from tests.packs.outputs import make_pack
from tests.support import factories as make

GREEN, LAKE = "Zqgreen Surgery", "Zqlake Surgery"


@pytest.fixture
def family(db):
    return families.kept_apart()


def _lee(family):
    return family.id("Lee Zqtromans")


def test_nothing_found_is_not_no_concern(family):
    looked = PersonLooked(_lee(family), "Lee Zqtromans", RecordRead.FULL, "2015", date(2026, 3, 1))
    send(family, GREEN, SubmissionKind.NOTHING_FOUND, ShortAnswer((looked,)))
    chairs = make_pack(family, "chair").everything
    assert "Thisdoesnotmeantherearenoconcerns." in chairs
    assert "Thispracticesentnoreport." in chairs
    assert "1practicehasnotanswered" in chairs
    assert "relevant" not in make_pack(family, family.id("Sarah Zqrourke")).everything


def test_not_registered_leaves_somebody_whom_nobody_answers_for(family):
    gone = PersonNotHere(_lee(family), "Lee Zqtromans", Since.NEVER, None)
    send(family, GREEN, SubmissionKind.NOT_REGISTERED, ShortAnswer((gone,)))
    chairs = make_pack(family, "chair").everything
    assert "LeeZqtromansisnotregisteredatZqgreenSurgery" in chairs
    assert "Notregisteredthere:norecordwasread" in chairs


def test_a_recorded_reply_is_never_missing(family):
    reply = RecordedReply("email", date(2026, 11, 20), "Shared drive, zqfolder", "Dr Zqpaper")
    send(family, GREEN, SubmissionKind.RECORDED, reply)
    for reader in ("chair", "professionals"):
        everything = make_pack(family, reader).everything
        assert "zqfolder" in everything
        assert "1practicehasnotanswered" in everything  # the other one
    assert "zqfolder" not in make_pack(family, _lee(family)).everything


def test_a_note_for_the_chair_on_a_recorded_reply_is_for_the_chair(browser, db, family):
    reply = RecordedReply("telephone", date(2026, 11, 20), "Case system, 12", "Dr Zqpaper", "zqnote")
    submission_id = send(family, GREEN, SubmissionKind.RECORDED, reply)
    assert "Noteforthechair:zqnote" in make_pack(family, "chair").everything
    assert "zqnote" not in make_pack(family, "professionals").everything
    address = f"/conferences-to-chair/answers/{submission_id}"
    assert "zqnote" in browser.sign_in_as(family.chair).get(address).text
    db.expunge_all()
    contact = make.make_actor(db.get(make.Organisation, family.authority_id), Role.CONTACT)
    assert "zqnote" not in browser.sign_in_as(contact).get(address).text


def test_news_is_for_professionals_only(family):
    family.hand_in(LAKE)
    send(family, LAKE, SubmissionKind.NEWS, News("zqnews: seen at the emergency department"))
    assert "zqnews" in make_pack(family, "professionals").everything
    assert "zqnews" not in make_pack(family, family.id("Sarah Zqrourke")).everything


def test_professionals_are_not_even_given_what_is_kept_to_the_chair(family):
    family.hand_in(LAKE)
    with acting_as(family.scope):
        contents = gather(family.chair, family.conference, ReaderKind.PROFESSIONALS)
    rows = [
        row
        for read in contents.read.values()
        for part in read.parts
        for answer in part.answers
        for row in answer.rows
    ]
    assert rows
    assert not any(row.is_kept_to_chair for row in rows)


def test_demonstration_packs_say_so_on_every_page(family, monkeypatch):
    monkeypatch.setattr(building.printing, "is_demonstration", True)
    everything = make_pack(family, "chair").everything
    assert "Demonstrationdata.Notrealpeople." in everything
