"""The whole main job in a real browser: list in, report written, signed and checked, pack taken away."""

import pytest

from tests.journeys import work
from tests.journeys.people import DESKTOP, PHONE

CONTACT = "contact1@children.example.org"
PRIVATE = ("O'Rourke", "Freya", "Sarah", "Tromans", "Underhill", "Layla", "9994003380", "999 400 3380")
"""Names and a number of the families below, which no mail and no log may hold."""


@pytest.fixture(scope="module")
def contact(portal, crew):
    """The contact officer, who has handed in the conference list."""
    officer = crew.visitor(CONTACT)
    work.hand_in_list(officer)
    return officer


def test_from_the_list_to_the_chairs_pack(portal, crew, contact):
    writer = crew.visitor("lead@y90001.nhs.example.org", viewport=DESKTOP)
    typed = work.write_report(writer, "Freya O'Rourke", "numbat")
    reference = work.sign(writer)
    assert reference.startswith("GP-")
    work.accept_report(contact, "O'Rourke family", "Lakeside Surgery")
    chair = crew.visitor("chair3@children.example.org")
    title = work.make_pack(chair, "CPC-27-0002", "Chair’s pack")

    name, pdf = work.download(chair, "PDF", title)
    _, word = work.download(chair, "Word file", title)

    assert len(typed) > 25
    missing = [text for text in typed if text not in work.pdf_text(pdf) or text not in work.word_text(word)]
    assert not missing
    assert "RoundsGreenSurgery" in work.pdf_text(pdf), "who has not answered stands in the pack"
    assert not any(private in name for private in PRIVATE)


def test_on_a_telephone(crew, contact):
    writer = crew.visitor("lead@y90004.nhs.example.org", viewport=PHONE)
    typed = work.write_report(writer, "Layla Underhill", "bilby")
    assert work.sign(writer)
    officer = crew.visitor("contact2@children.example.org", viewport=PHONE)
    work.accept_report(officer, "Underhill family", "St Chad's Surgery")
    chair = crew.visitor("chair1@children.example.org", viewport=PHONE)
    title = work.make_pack(chair, "CPC-27-0044", "Professionals’ pack")
    _, pdf = work.download(chair, "PDF", title)
    assert [text for text in typed if text not in work.pdf_text(pdf)] == []


def test_without_javascript(crew, contact):
    writer = crew.visitor("lead@y90011.nhs.example.org", has_javascript=False)
    typed = work.write_report(writer, "Lee Tromans", "quoll")
    assert work.sign(writer)
    officer = crew.visitor("contact2@children.example.org", has_javascript=False)
    work.accept_report(officer, "O'Rourke family", "Rounds Green Surgery")
    chair = crew.visitor("chair3@children.example.org", has_javascript=False)
    title = work.make_pack(chair, "CPC-27-0002", "Chair’s pack")
    _, pdf = work.download(chair, "PDF", title)
    assert [text for text in typed if text not in work.pdf_text(pdf)] == []


@pytest.mark.parametrize("has_javascript", [True, False], ids=["telephone", "no-javascript"])
def test_the_same_list_again_changes_nothing(crew, contact, has_javascript):
    officer = crew.visitor("contact2@children.example.org", viewport=PHONE, has_javascript=has_javascript)
    work.upload_list(officer)
    assert "64 unchanged conferences" in officer.text
    assert "0 new conferences" in officer.text
    officer.press("Set this list aside")
    for path in ("/conferences", "/conferences/new", "/waiting-for-practices", "/queue"):
        officer.see(path)


def test_mail_and_logs_hold_nobodys_details(portal, contact):
    mail = portal.mail()
    assert len(mail) > 64
    told = "\n".join([*mail, portal.log_of("web"), portal.log_of("worker")])
    words = (*PRIVATE, "numbat", "bilby", "quoll")
    assert [word for word in words if word in told] == []
