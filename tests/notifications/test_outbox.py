"""The outbox: written with the deed, delivered afterwards, over a real SMTP connection."""

import email
import email.policy
import re
import smtplib
import socket
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller

from config import Mail
from portal import clock
from portal.authorisation.actor import practice_scope
from portal.database import acting_as, commit, new_id, rollback
from portal.handlers import HANDLERS
from portal.jobs.worker import run_all
from portal.notifications.actions import DELIVER, letterbox, notify, withdraw_waiting
from portal.notifications.catalogue import WORDINGS, Message, worded
from portal.notifications.models import Notification
from portal.notifications.states import NotificationState
from portal.notifications.transport import Folder, Smtp

FACTS = {
    "reference": "CPC-27-0001",
    "due": "Tuesday 8 December 2026",
    "conference_day": "Monday 14 December 2026",
    "contact_name": "Bromsley contact team",
    "contact_telephone": "0121 496 0001",
    "short_notice": "",
}


class Post:
    """A mail server's handler: keeps what came, and refuses as it is told."""

    def __init__(self):
        self.envelopes, self.answer = [], ""

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if self.answer.startswith("RCPT"):
            return self.answer.removeprefix("RCPT ")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        if self.answer.startswith("DATA"):
            return self.answer.removeprefix("DATA ")
        self.envelopes.append(envelope)
        return "250 OK"


@pytest.fixture
def post(app):
    """A real SMTP server on loopback; the letterbox sends there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    handler = Post()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    before = letterbox.transport
    letterbox.transport = Smtp(smtp_settings(port))
    yield handler
    letterbox.transport = before
    controller.stop()


def smtp_settings(port):
    return Mail(
        host="127.0.0.1",
        port=port,
        user=None,
        password=None,
        starts_tls=False,
        sender="conferences@portal.example.org",
        folder=None,
    )


@pytest.fixture
def scope():
    return practice_scope(new_id())


def write(scope, address="lead@example.org", facts=FACTS, **keywords):
    with acting_as(scope):
        written = notify(address, Message.REQUEST_NEW, "/requests/1", facts, **keywords)
        commit()
    return written.id


def state_of(db, scope, notification_id):
    with acting_as(scope):
        return db.get(Notification, notification_id, populate_existing=True)


def delivered(envelope):
    return email.message_from_bytes(envelope.content, policy=email.policy.default)


def test_a_message_reaches_the_server_with_what_the_reader_needs(db, post, scope):
    notification_id = write(scope)
    assert post.envelopes == [], "nothing leaves within the deed itself"
    run_all(HANDLERS)
    (envelope,) = post.envelopes
    mail = delivered(envelope)
    assert envelope.rcpt_tos == ["lead@example.org"]
    assert mail["To"] == "lead@example.org"
    assert mail["From"] == "conferences@portal.example.org"
    assert mail["Subject"] == (
        "Report due Tuesday 8 December 2026: child protection conference, reference CPC-27-0001"
    )
    body = mail.get_content()
    for needed in ("http://127.0.0.1:8000/requests/1", "Bromsley contact team, 0121 496 0001", "999"):
        assert needed in body
    stored = state_of(db, scope, notification_id)
    assert stored.state == NotificationState.SENT
    assert stored.sent_at is not None


def test_what_was_rolled_back_is_never_sent(db, post, scope):
    with acting_as(scope):
        notify("lead@example.org", Message.REQUEST_NEW, "/requests/1", FACTS)
        db.flush()
        rollback()
    run_all(HANDLERS)
    assert post.envelopes == []


def test_sent_twice_it_carries_the_same_message_id(db, post, scope):
    """The server took it, then the mark was lost: the second one is recognised as the first."""
    notification_id = write(scope)

    def deliver_and_lose_the_mark(run):
        HANDLERS[DELIVER](run)
        raise ConnectionError

    run_all({DELIVER: deliver_and_lose_the_mark})
    with clock.moved_to(clock.now() + timedelta(hours=1)):
        run_all(HANDLERS)
    first, second = (delivered(envelope)["Message-ID"] for envelope in post.envelopes)
    assert first == second == f"<{notification_id}@portal.example.org>"


def test_a_server_that_is_busy_is_asked_again(db, post, scope):
    notification_id = write(scope)
    post.answer = "RCPT 451 busy"
    run_all(HANDLERS)
    assert state_of(db, scope, notification_id).state == NotificationState.WAITING
    post.answer = ""
    with clock.moved_to(clock.now() + timedelta(hours=1)):
        run_all(HANDLERS)
    assert state_of(db, scope, notification_id).state == NotificationState.SENT


@pytest.mark.parametrize("answer", ["RCPT 550 no such mailbox", "DATA 554 refused"])
def test_what_the_server_refuses_for_good_is_marked_failed_and_not_tried_again(db, post, scope, answer):
    notification_id = write(scope)
    post.answer = answer
    run_all(HANDLERS)
    stored = state_of(db, scope, notification_id)
    assert stored.state == NotificationState.FAILED
    assert stored.last_error in ("SMTPRecipientsRefused", "SMTPDataError")
    post.answer = ""
    with clock.moved_to(clock.now() + timedelta(hours=1)):
        run_all(HANDLERS)
    assert post.envelopes == []


def test_a_server_that_is_away_is_asked_again(db, post, scope):
    letterbox.transport = Smtp(smtp_settings(9))  # the discard port: nobody listens
    notification_id = write(scope)
    run_all(HANDLERS)
    assert state_of(db, scope, notification_id).state == NotificationState.WAITING


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r", "\u2028", "\x0b"])
def test_no_fact_adds_a_header_or_a_receiver(db, post, scope, line_end):
    facts = FACTS | {"reference": f"CPC-27-0001{line_end}Bcc: thief@example.org{line_end}{line_end}Hello"}
    write(scope, facts=facts)
    run_all(HANDLERS)
    (envelope,) = post.envelopes
    mail = delivered(envelope)
    assert envelope.rcpt_tos == ["lead@example.org"]
    assert mail["Bcc"] is None
    assert mail["Subject"].count("Bcc: thief@example.org") == 1


@pytest.mark.parametrize("address", ["a@example.org\r\nBcc: thief@example.org", "a@example.org\nX: y"])
def test_an_address_with_a_line_end_is_never_sent_to(db, post, scope, address):
    write(scope, address=address)
    run_all(HANDLERS)
    assert post.envelopes == []


def test_what_is_undone_in_time_is_not_sent(db, post, scope):
    about = new_id()
    notification_id = write(scope, about_id=about, send_after=clock.now() + timedelta(minutes=10))
    run_all(HANDLERS)
    with acting_as(scope):
        withdraw_waiting(about)
        commit()
    with clock.moved_to(clock.now() + timedelta(minutes=11)):
        run_all(HANDLERS)
    assert post.envelopes == []
    assert state_of(db, scope, notification_id).state == NotificationState.WITHDRAWN


def test_without_a_server_mail_is_written_as_a_file_once(db, scope, tmp_path):
    before = letterbox.transport
    letterbox.transport = Folder(tmp_path / "mail")
    notification_id = write(scope)
    try:
        run_all(HANDLERS)
    finally:
        letterbox.transport = before
    (file,) = (tmp_path / "mail").iterdir()
    assert file.name == f"{notification_id}.eml"
    assert email.message_from_bytes(file.read_bytes())["To"] == "lead@example.org"


def test_a_message_whose_words_lack_a_fact_is_refused_when_it_is_written(db, scope):
    without = {name: fact for name, fact in FACTS.items() if name != "contact_telephone"}
    with acting_as(scope), pytest.raises(KeyError, match="contact_telephone"):
        notify("a@example.org", Message.REQUEST_NEW, "/", without)


@pytest.mark.parametrize("message", Message)
def test_every_message_has_words_and_asks_for_nothing_about_the_family(message):
    """Only these facts may stand in a mail: none of them can be a name of the family."""
    asked = set(re.findall(r"{(\w+)}", WORDINGS[message].subject + WORDINGS[message].body))
    assert asked <= {"reference", "due", "conference_day", "short_notice", "pack", "practice", "reason"}
    assert len(WORDINGS[message].subject) < 120
    subject, body = worded(message, {**FACTS, "pack": "", "practice": "", "reason": ""}, "/x")
    assert "\n" not in subject
    assert "This is not a referral route." in body


def test_a_5xx_to_some_receivers_only_is_not_final():
    from portal.notifications.actions import is_final

    assert not is_final(smtplib.SMTPRecipientsRefused({"a": (550, b""), "b": (451, b"")}))
    assert not is_final(smtplib.SMTPServerDisconnected("gone"))
