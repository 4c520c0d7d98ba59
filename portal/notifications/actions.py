"""Write messages into the outbox, and deliver them."""

import logging
import smtplib
import uuid
from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Protocol

from sqlalchemy import select

from portal import clock, context
from portal.database import db
from portal.errors import ImpossibleMove
from portal.jobs.queue import enqueue
from portal.jobs.worker import TryLater
from portal.notifications.catalogue import Message, worded
from portal.notifications.models import Notification
from portal.notifications.states import NOTIFICATION_MOVES, NotificationMove, NotificationState

log = logging.getLogger("portal.notifications")

DELIVER = "notifications.deliver"


class Transport(Protocol):
    """Takes a message to its receiver. Raises OSError or smtplib.SMTPException when it cannot."""

    def send(self, message: EmailMessage) -> None: ...


class Letterbox:
    """Where this process sends from: set once by the application factory."""

    transport: Transport
    sender: str
    public_address: str


letterbox = Letterbox()


def notify(
    address: str,
    message: Message,
    link: str,
    facts: Mapping[str, str],
    *,
    about_id: uuid.UUID | None = None,
    send_after: datetime | None = None,
) -> Notification:
    """Put a message into the outbox, to be sent after `send_after` (now unless given).

    `link` is a path on the portal. Raises KeyError when a fact that the words need is missing.
    """
    worded(message, dict(facts), link)
    scope = context.scope()
    now = clock.now()
    notification = Notification(
        organisation_id=scope.organisation_id,
        address=address,
        message=message,
        facts=dict(facts),
        link=link,
        about_id=about_id,
        state=NotificationState.WAITING,
        created_at=now,
        send_after=send_after or now,
    )
    db.add(notification)
    enqueue(DELIVER, run_after=send_after, notification_id=str(notification.id))
    return notification


def deliver(notification_id: uuid.UUID) -> Notification | None:
    """Send one message, then mark it sent; sent twice, it carries the same Message-ID.

    Returns the message when it will never arrive (the server refuses it for good, or its address is none),
    and marks it failed: whoever knows what it was about must tell somebody. Raises TryLater for as long as
    the server is away or busy: no outage, however long, loses mail.
    """
    notification = db.get(Notification, notification_id, with_for_update=True)
    if notification is None or notification.state != NotificationState.WAITING:
        return None
    try:
        mail = as_mail(notification)
    except ValueError as error:  # an address with a line end, for example
        return _give_up(notification, error)
    try:
        letterbox.transport.send(mail)
    except OSError as error:  # smtplib's errors are OSErrors too
        if is_final(error):
            return _give_up(notification, error)
        raise TryLater(type(error).__name__) from error
    notification.sent_at = clock.now()
    move_notification(notification, NotificationMove.SEND)
    return None


def _give_up(notification: Notification, error: Exception) -> Notification:
    notification.last_error = type(error).__name__
    move_notification(notification, NotificationMove.FAIL)
    log.error("mail_refused", extra={"notification_id": notification.id, "delivery": notification.message})
    return notification


def is_final(error: Exception) -> bool:
    """Whether the server said 5xx to the message or to all its receivers: never again (RFC 5321, 4.2.1)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return False


def move_notification(notification: Notification, move: NotificationMove) -> None:
    """Bring a message to its end. Raises ImpossibleMove when it has one already."""
    after = NOTIFICATION_MOVES.get((NotificationState(notification.state), move))
    if after is None:
        raise ImpossibleMove
    notification.state = after


def as_mail(notification: Notification) -> EmailMessage:
    """The message as it travels."""
    link = letterbox.public_address + notification.link
    subject, body = worded(Message(notification.message), notification.facts, link)
    mail = EmailMessage()
    mail["Subject"] = subject
    mail["From"] = letterbox.sender
    mail["To"] = notification.address
    mail["Date"] = format_datetime(notification.created_at)
    mail["Message-ID"] = f"<{notification.id}@{letterbox.sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(body)
    return mail


def withdraw_waiting(about_id: uuid.UUID) -> None:
    """Take back what still waits about something that has been undone."""
    waiting = (
        select(Notification)
        .where(Notification.about_id == about_id, Notification.state == NotificationState.WAITING)
        .with_for_update()
    )
    for notification in db.scalars(waiting):
        move_notification(notification, NotificationMove.WITHDRAW)
