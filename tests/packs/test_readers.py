"""Each output holds exactly what its reader may read (issue 2, it must show 3)."""

import logging
import re

import pytest

from tests.documents.reading import failures, letters
from tests.packs import families
from tests.packs.outputs import make_pack

ADULTS = {
    "kept_apart": ["Sarah Zqrourke", "Lee Zqtromans"],
    "twins": ["Magda Zqunder", "Darren Zqzaman"],
    "three_practices": ["Kelly Zqfarrow", "Wayne Zqwayne", "Daz Zqchaudhry"],
}
NONCE = re.compile(r"'nonce-[^']+'")
ADDRESS = re.compile(r'(?:href|action|src|data-[a-z]+-url)="([^"]*)"')
CASES = [(name, reader) for name in ADULTS for reader in ("chair", "professionals", *ADULTS[name])]


def _reported(name):
    family = getattr(families, name)()
    for practice in family.requests:
        family.hand_in(practice)
    return family


@pytest.mark.parametrize(("name", "who"), CASES)
def test_every_canary_reaches_its_readers_and_nobody_else(db, name, who):
    family = _reported(name)
    reader = family.id(who) if who in family.people else who
    output = make_pack(family, reader)

    found = {each.word for each in family.aviary.canaries if each.word in output.everything}
    wanted = {each.word for each in family.aviary.canaries if each.may_reach(reader, family)}

    about = {each.word: each for each in family.aviary.canaries}
    assert [about[word] for word in found - wanted] == []
    assert [about[word] for word in wanted - found] == []
    assert found or who == "Lee Zqtromans" or not wanted


@pytest.mark.parametrize("name", ADULTS)
def test_family_copies_name_no_practice_clinician_school_or_address(db, name):
    family = _reported(name)
    secret = ["Zqdoctor", "Zqchair", letters(families.SCHOOL), "Zqwalk", "ZZ22DG", "nursing.example.org"]
    secret += [letters(practice) for practice in family.requests]
    for adult in ADULTS[name]:
        output = make_pack(family, family.id(adult))
        assert [word for word in secret if word in output.everything] == []


def test_family_copy_says_nothing_of_who_is_kept_apart(db):
    family = _reported("kept_apart")
    lees = make_pack(family, family.id("Lee Zqtromans"))
    assert [word for word in ("Freya", "Sarah", "Zqrourke") if word in lees.everything] == []
    sarahs = make_pack(family, family.id("Sarah Zqrourke"))
    assert "Freya" in sarahs.everything
    assert [word for word in ("LeeZqtromans", "Zqtromans", "Anotheradult") if word in sarahs.everything] == []


def test_family_copy_says_nothing_of_another_parents_child(db):
    family = _reported("three_practices")
    daz = make_pack(family, family.id("Daz Zqchaudhry"))
    assert "Olivia" in daz.everything
    assert [word for word in ("Musa", "Grace", "Kelly", "Zqwayne") if word in daz.everything] == []


@pytest.mark.parametrize("who", ["chair", "professionals", "Sarah Zqrourke", "Lee Zqtromans"])
def test_packs_are_accessible_and_made_to_last(db, who):
    family = _reported("kept_apart")
    output = make_pack(family, family.id(who) if who in family.people else who)
    assert failures(output.pdf) == []


def test_names_and_metadata_hold_no_person(db):
    family = _reported("kept_apart")
    for reader in ("chair", "professionals", family.id("Sarah Zqrourke")):
        output = make_pack(family, reader)
        assert all("zq" not in name.lower() for name in output.names)
        assert output.names[0].startswith(family.reference)


def test_mail_and_logs_hold_no_answer(db, portal_config, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    family = _reported("kept_apart")
    for reader in ("chair", family.id("Sarah Zqrourke")):
        make_pack(family, reader)
    told = caplog.text + "".join(mail.read_text() for mail in portal_config.mail.folder.glob("**/*.eml"))
    told += "".join(capfd.readouterr())
    assert "zq" not in told.replace("Zqlake", "").replace("Zqgreen", "").lower()


def told_in_headers(response):
    """Every header without what is random in it: the nonce, and the sealed cookie, which is read apart."""
    headers = [(name, value) for name, value in response.headers if name != "Set-Cookie"]
    return [NONCE.sub("", value) for _, value in headers]


@pytest.mark.parametrize("name", ADULTS)
def test_addresses_headers_and_logs_of_every_page_hold_nobody(browser, name, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    family = getattr(families, name)()
    submission_id = family.hand_in(next(iter(family.requests)))
    packs = [make_pack(family, reader).pack.id for reader in ("chair", family.id(ADULTS[name][0]))]
    browser.sign_in_as(family.chair)
    start = "/conferences-to-chair"
    page = f"{start}/{family.conference_id}"
    pages = [browser.get(path) for path in (start, page, f"{start}/answers/{submission_id}")]
    answers = [browser.get(f"{start}/packs/{each}/{kind}") for each in packs for kind in ("pdf", "docx")]
    asked = browser.send(f"{page}/packs", {"reader": family.id(ADULTS[name][1])})
    assert [answer.status_code for answer in (*pages, *answers, asked)] == [200] * 7 + [303]
    assert all("Zq" in each.text for each in pages)
    found = [address for each in pages for address in ADDRESS.findall(each.text)]
    found += [value for each in (*pages, *answers, asked) for value in told_in_headers(each)]
    with browser.session_transaction() as cookie:
        found.append(str(dict(cookie)))
    assert [each for each in found if "zq" in each.lower()] == []
    logged = caplog.text + "".join(capfd.readouterr())
    assert logged.count('"endpoint": "packs.download"') == len(answers)
    assert "zq" not in logged.lower()


def test_polish_arabic_and_emoji_are_printed_or_marked(db):
    family = families.twins()
    family.aviary.extra = "Zażółć gęślą jaźń العربية 🙂"
    family.hand_in("Zqchad Surgery")
    output = make_pack(family, "chair")
    assert failures(output.pdf) == []
    assert output.pack.unprintable == 1
    assert "Zażółć" in output.everything
    assert letters("SLIGHTLY SMILING FACE") in output.everything
    assert "🙂" in output.everything  # the Word file keeps it
