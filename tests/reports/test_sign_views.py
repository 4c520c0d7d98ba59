import re

import pyotp
import pytest
from sqlalchemy import select

from portal import clock
from portal.accounts.models import Credential
from portal.context import NOBODY
from portal.database import acting_as, commit, new_id
from portal.notifications.models import Notification
from portal.reports.actions import Typed, save_section
from portal.submissions.models import Submission
from tests.reports.families import make_family, write_report

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def family(db):
    return make_family()


def path(family, rest=""):
    return f"/requests/{family.request.id}{rest}"


def give_secret(actor, db):
    with acting_as(NOBODY):
        credential = db.get(Credential, actor.user_id)
        credential.totp_secret = SECRET
    db.commit()


def code():
    return pyotp.TOTP(SECRET).at(clock.now())


def hidden_fields(page):
    """What the form carries beside its questions: its key, and which text was read."""
    return dict(re.findall(r'type="hidden" name="(idempotency_key|edition)" value="([^"]+)"', page))


def test_writing_signing_and_sending(browser, family, db):
    give_secret(family.clinician, db)
    browser.sign_in_as(family.clinician)
    browser.get(path(family))
    started = browser.send(path(family, "/start"))
    assert started.location == path(family, "/report")
    write_report(family, family.clinician)
    for page in (
        "/report",
        "/report/check",
        "/report/copies/professionals",
        f"/report/copies/{family.mother.id}",
    ):
        assert browser.get(path(family, page)).status_code == 200
    form = browser.get(path(family, "/report/sign")).text
    sign = {"declaration": "y", "code": code(), **hidden_fields(form)}
    sent = browser.send(path(family, "/report/sign"), sign)
    assert sent.status_code == 303, sent.text
    receipt = browser.get(sent.location)
    assert "GP-" in receipt.text
    again = browser.send(path(family, "/report/sign"), sign)
    assert again.location == sent.location
    assert browser.get(sent.location.removesuffix("/receipt")).status_code == 200
    assert "Answered" in browser.get(path(family)).text
    assert "Answered" in browser.get("/requests").text
    with acting_as(family.clinician.scope):
        assert len(db.scalars(select(Submission)).all()) == 1


def test_sign_refuses_a_wrong_code_and_a_missing_declaration(browser, family, db):
    give_secret(family.clinician, db)
    write_report(family, family.clinician)
    hidden = hidden_fields(browser.sign_in_as(family.clinician).get(path(family, "/report/sign")).text)
    wrong = browser.send(path(family, "/report/sign"), {"declaration": "y", "code": "000000", **hidden})
    assert wrong.status_code == 422
    assert "The code is wrong" in wrong.text
    silent = browser.send(path(family, "/report/sign"), {"code": code(), **hidden})
    assert silent.status_code == 422
    assert "Tick the box" in silent.text
    with acting_as(family.clinician.scope):
        assert db.scalars(select(Submission)).all() == []


def test_an_administrator_drafts_but_does_not_sign(browser, family, db):
    write_report(family, family.administrator)
    browser.sign_in_as(family.administrator)
    assert "Send to a clinician" in browser.get(path(family, "/report/check")).text
    assert browser.get(path(family, "/report/sign")).status_code == 404
    browser.get(path(family, "/report/ask-for-signature"))
    asked = browser.send(
        path(family, "/report/ask-for-signature"), {"clinician": str(family.clinician.user_id)}
    )
    assert asked.status_code == 303
    assert "waits for Dr Amara Bello to read and sign" in browser.get(path(family)).text
    with acting_as(family.administrator.scope):
        mail = db.scalar(select(Notification).where(Notification.message == "signature_asked"))
    assert mail.address.endswith("@example.org")
    assert "Okafor" not in str(mail.facts)


def test_what_was_changed_after_it_was_read_is_not_signed(browser, family, db):
    give_secret(family.clinician, db)
    draft = write_report(family, family.clinician)
    page = browser.sign_in_as(family.clinician).get(path(family, "/report/sign")).text
    with acting_as(family.administrator.scope):
        part = next(part for part in draft.parts if part.section.key == "writer")
        typed = Typed({**draft.raw(part), "involvement": "Changed"}, draft.revision(part), new_id())
        save_section(family.administrator, draft.report, part, typed)
    commit()
    sign = {"declaration": "y", **hidden_fields(page)}
    for _twice in range(2):
        refused = browser.send(path(family, "/report/sign"), {**sign, "code": code()})
        assert refused.status_code == 422
        assert "has changed since you read it" in refused.text
        assert path(family, "/report/check") in refused.text
    fresh = hidden_fields(browser.get(path(family, "/report/sign")).text)
    sent = browser.send(path(family, "/report/sign"), {"declaration": "y", "code": code(), **fresh})
    assert sent.status_code == 303
    assert "Changed" in browser.get(sent.location.removesuffix("/receipt")).text


def test_a_signature_that_does_not_say_what_was_read_is_refused(browser, family, db):
    give_secret(family.clinician, db)
    write_report(family, family.clinician)
    browser.sign_in_as(family.clinician).get(path(family, "/report/sign"))
    blind = {"declaration": "y", "code": code(), "idempotency_key": str(new_id())}
    assert browser.send(path(family, "/report/sign"), blind).status_code == 422
