"""People and what they belong to. Names and addresses of staff are plain; what opens an account is not."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.states import AttemptKind, SessionState
from portal.authorisation.actor import Actor, OrganisationKind, Role
from portal.crypto.sealed import SealedJson, SealedText
from portal.database import Model, one_of


class Organisation(Model):
    __tablename__ = "organisation"
    __table_args__ = (
        one_of("kind", OrganisationKind),
        UniqueConstraint("kind", "code"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    code: Mapped[str]
    """ODS code of a practice; the code of an authority."""
    name: Mapped[str]
    telephone: Mapped[str]
    email: Mapped[str]
    clinical_system: Mapped[str | None]


class User(Model):
    __tablename__ = "user_account"
    __table_args__ = (
        UniqueConstraint("email"),
        CheckConstraint("email = lower(email)", name="email_is_lower_case"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    email: Mapped[str]
    """In lower case; unique."""
    name: Mapped[str]
    telephone: Mapped[str | None]
    is_suspended: Mapped[bool]


class Credential(Model):
    """What opens an account; only the sign-in role reads it."""

    __tablename__ = "credential"

    id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    password_hash: Mapped[str]
    totp_secret_sealed: Mapped[bytes]
    totp_secret = SealedText()
    totp_last_step: Mapped[int]
    """The 30-second step of the last code taken: a code works once."""


class Membership(Model):
    __tablename__ = "membership"
    __table_args__ = (
        one_of("role", Role),
        UniqueConstraint("user_id", "organisation_id", "role"),
        Index(None, "organisation_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[str]
    is_safeguarding_lead: Mapped[bool]
    ends_on: Mapped[date | None]

    user: Mapped[User] = relationship()
    organisation: Mapped[Organisation] = relationship()

    def as_actor(self) -> Actor:
        """Whoever holds this membership, acting in it."""
        return Actor(
            name=self.user.name,
            role=Role(self.role),
            organisation_id=self.organisation_id,
            organisation_kind=OrganisationKind(self.organisation.kind),
            organisation_name=self.organisation.name,
            user_id=self.user_id,
            membership_id=self.id,
            is_safeguarding_lead=self.is_safeguarding_lead,
        )


class UserSession(Model):
    """One sign-in. The browser holds the token; only its hash is here."""

    __tablename__ = "user_session"
    __table_args__ = (
        one_of("state", SessionState),
        UniqueConstraint("token_hash"),
        Index(None, "user_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes]
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    membership_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("membership.id"))
    state: Mapped[str]
    """half: the password was right, the code is still asked for; full; ended."""
    started_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    """When a second factor was last given."""
    ended_at: Mapped[datetime | None]


class SignInAttempt(Model):
    """One guess, for throttling: by account, never by address, because practices share network exits."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        one_of("kind", AttemptKind),
        Index(None, "account_hash", "kind", "attempted_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    account_hash: Mapped[bytes]
    kind: Mapped[str]
    was_right: Mapped[bool]
    attempted_at: Mapped[datetime]


class ParkedForm(Model):
    """What somebody typed and sent when their session had expired: theirs alone, for a few hours."""

    __tablename__ = "parked_form"
    __table_args__ = (Index(None, "user_id", "parked_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    path: Mapped[str]
    """Where it was sent, and is sent again."""
    fields_sealed: Mapped[bytes]
    fields = SealedJson()
    """A list of [name, value], in the order of the page."""
    parked_at: Mapped[datetime]
    given_back_at: Mapped[datetime | None]
    """When its page was first shown."""
