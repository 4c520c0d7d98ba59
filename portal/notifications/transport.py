"""The ways a message leaves: by SMTP, or into a folder where no server is set."""

import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path

from config import Mail

SMTP_SECONDS = 20


class Smtp:
    """A real SMTP server."""

    def __init__(self, settings: Mail) -> None:
        self.settings = settings

    def send(self, message: EmailMessage) -> None:
        """Hand the message to the server. Raises OSError or smtplib.SMTPException when it is not taken."""
        mail = self.settings
        with smtplib.SMTP(mail.host or "", mail.port, timeout=SMTP_SECONDS) as server:
            if mail.starts_tls:
                server.starttls(context=ssl.create_default_context())
            if mail.user and mail.password:
                server.login(mail.user, mail.password)
            server.send_message(message)


class Folder:
    """A folder of .eml files: what would have been sent, for development and demonstration."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: EmailMessage) -> None:
        """Write the message under its Message-ID; written twice, it is one file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = message["Message-ID"].strip("<>").partition("@")[0]
        (self.folder / f"{name}.eml").write_bytes(bytes(message))


def transport_for(settings: Mail) -> Smtp | Folder:
    """The way that the settings name."""
    return Smtp(settings) if settings.host else Folder(settings.folder)
