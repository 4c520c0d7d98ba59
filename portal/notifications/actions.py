"""Write messages into the outbox, and deliver them."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Protocol

from sqlalchemy import update

from portal import clock, context
from portal.database import db
from portal.jobs.queue import enqueue
from portal.notifications.catalogue import Message, worded
from portal.notifications.models import Notification
from portal.notifications.states import NotificationState

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


def deliver(notification_id: uuid.UUID) -> None:
    """Send one message, then mark it sent; sent twice, it carries the same Message-ID.

    Raises what the transport raises, so that the job is tried again later.
    """
    notification = db.get(Notification, notification_id, with_for_update=True)
    if notification is None or notification.state != NotificationState.WAITING:
        return
    letterbox.transport.send(as_mail(notification))
    notification.state = NotificationState.SENT
    notification.sent_at = clock.now()


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
    db.execute(
        update(Notification)
        .where(Notification.about_id == about_id, Notification.state == NotificationState.WAITING)
        .values(state=NotificationState.WITHDRAWN)
    )
