import uuid
from datetime import timedelta

import pytest

from portal import clock
from tests.reports.changes import find_nothing, say_not_here, widen
from tests.reports.families import make_family


@pytest.fixture
def family(db):
    return make_family()


def receipt(sent):
    return f"/sent/{sent.id}/receipt"


def test_receipt_for_not_registered_names_people_to_its_sender_alone(browser, app, family):
    sent = say_not_here(family, family.administrator, family.mother)
    assert (
        "nothing more to do about Ngozi Okafor"
        in browser.sign_in_as(family.administrator).get(receipt(sent)).text
    )
    colleague = app.test_client().sign_in_as(family.lead).get(receipt(sent)).text
    assert "Ngozi" not in colleague
    assert "nothing more to do about whoever you named" in colleague


def test_receipt_for_not_registered_names_nobody_an_hour_later(browser, family):
    sent = say_not_here(family, family.administrator, family.mother)
    with clock.moved_to(clock.now() + timedelta(minutes=61)):
        assert "Ngozi" not in browser.sign_in_as(family.administrator).get(receipt(sent)).text


def test_receipt_for_not_registered_asks_only_for_what_is_still_due(browser, family):
    find_nothing(family, family.child, family.mother)
    baby = widen(family, given_names="Zuri")
    other = widen(family, given_names="Kemi")
    sent = say_not_here(family, family.administrator, baby)
    page = browser.sign_in_as(family.administrator).get(receipt(sent)).text
    assert f"Your report about {other.full_name} is still due" in page


def test_news_sent_again_with_other_words_is_shown_and_never_passes_for_sent(browser, family):
    find_nothing(family, family.child, family.mother)
    address = f"/requests/{family.request.id}/news"
    browser.sign_in_as(family.clinician).get(address)
    key = str(uuid.uuid4())
    first = browser.send(address, {"text": "The first", "idempotency_key": key})
    assert browser.send(address, {"text": "The first", "idempotency_key": key}).location == first.location
    second = browser.send(address, {"text": "Mother in hospital", "idempotency_key": key})
    assert second.status_code == 409
    assert "You sent this form before with other words" in second.text
    assert "Mother in hospital" in second.text
    assert f'href="{first.location}"' in second.text
    assert f'href="{address}"' in second.text
