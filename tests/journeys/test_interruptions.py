"""What must survive: a killed web server, two people in one section, two people at one contact."""

import uuid

import pytest

from tests.journeys import work

CONTACT = "contact1@children.example.org"


@pytest.fixture(scope="module")
def contact(portal, crew):
    officer = crew.visitor(CONTACT)
    work.hand_in_list(officer)
    return officer


def test_sending_again_when_the_server_died_before_it_answered(portal, crew, contact):
    writer = crew.visitor("lead@y90001.nhs.example.org")
    work.write_report(writer, "Freya O'Rourke", "wombat")
    writer.see(work.request_of(writer) + "/report/check")
    writer.press("Go on to sign")
    page = writer.page
    page.get_by_role("checkbox").check()
    page.get_by_label("Six-digit code").fill(crew.code_of(writer.person))
    form = {each.get_attribute("name"): each.input_value() for each in page.locator("main form input").all()}
    key = uuid.UUID(form["idempotency_key"])
    answers = []
    for _ in range(2):
        # The first answer is thrown away, as if the server had died after it had stored the report.
        response = page.request.post(page.url, form=form, max_redirects=0)
        answers.append((response.status, response.headers.get("location")))
        portal.kill_web()
        portal.start_web()

    assert answers[0] == answers[1], key
    assert answers[0][0] == 303
    contact.see("/queue")
    contact.follow("Reports and answers")
    assert contact.page.locator("tbody tr").count() == 1


def test_two_people_in_one_section_lose_no_words(crew, contact):
    first = crew.visitor("lead@y90004.nhs.example.org")
    first.see("/requests")
    first.follow("Layla Underhill")
    first.press("Write the report")
    section = work.request_of(first) + "/report/writer/family"
    second = crew.visitor("gp@y90004.nhs.example.org")
    for person in (first, second):
        person.see(section)
        person.page.get_by_label("What is wrong or missing").fill(f"written by {person.person['name']}")
    first.press("Save and come back later")
    second.press("Save and come back later")

    both = [*second.page.locator("textarea").all(), *second.page.locator("input[type=text]").all()]
    kept = second.text + " ".join(field.input_value() for field in both)
    assert f"written by {first.person['name']}" in kept
    assert f"written by {second.person['name']}" in kept


def test_two_people_take_one_contact(crew, contact):
    other = crew.visitor("contact2@children.example.org")
    for officer in (contact, other):
        officer.see("/queue")
        officer.follow("Łukasik family")
    contact.press("Take this")
    other.press("Take this")
    assert contact.person["name"] in other.text
