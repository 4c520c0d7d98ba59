"""A person known to an authority, in three rows: outline, identity, address; each has its own readers."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.crypto.sealed import SealedDate, SealedOptionalText, SealedText
from portal.database import Model


class Person(Model):
    """The outline: what everybody asked about the conference may know of a person."""

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("authority_id", "person_ref"),
        CheckConstraint("born_on_sealed IS NULL OR expected_on_sealed IS NULL", name="born_or_expected"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    person_ref: Mapped[str]
    """The case system's own number; with the authority it is who a person is. Numbers are never merged."""
    family_name_sealed: Mapped[bytes]
    family_name = SealedText()
    given_names_sealed: Mapped[bytes]
    given_names = SealedText()
    born_on_sealed: Mapped[bytes | None]
    born_on = SealedDate()
    expected_on_sealed: Mapped[bytes | None]
    expected_on = SealedDate()
    """Expected delivery date; a person has this or a date of birth."""
    sex: Mapped[str]

    identity: Mapped["PersonIdentity"] = relationship(back_populates="person", uselist=False)
    address: Mapped["PersonAddress | None"] = relationship(back_populates="person", uselist=False)

    @property
    def full_name(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()

    @property
    def is_unborn(self) -> bool:
        return self.born_on is None and self.expected_on is not None

    def age_on(self, day: date) -> int | None:
        """Age in whole years; None for an unborn child."""
        born = self.born_on
        if born is None:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class PersonIdentity(Model):
    """What only the practice asked about a person sees of them, beside the authority."""

    __tablename__ = "person_identity"
    __table_args__ = (
        Index(None, "authority_id", "nhs_number_index"),
        Index(None, "authority_id", "surname_index"),
        Index(None, "authority_id", "surname_birth_index"),
    )

    id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    authority_id: Mapped[uuid.UUID]
    nhs_number_sealed: Mapped[bytes | None]
    nhs_number = SealedOptionalText()
    """Ten digits without spaces."""
    nhs_number_index: Mapped[bytes | None]
    surname_index: Mapped[bytes]
    surname_birth_index: Mapped[bytes | None]
    also_known_as_sealed: Mapped[bytes | None]
    also_known_as = SealedOptionalText()
    first_language: Mapped[str]
    interpreter_needed: Mapped[str]
    practice_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"))
    school_sealed: Mapped[bytes | None]
    school = SealedOptionalText()
    notes_sealed: Mapped[bytes | None]
    notes = SealedOptionalText()

    person: Mapped[Person] = relationship(back_populates="identity")


class PersonAddress(Model):
    """Where a person lives. A confidential one is read on the contact team's and chair's own pages only."""

    __tablename__ = "person_address"

    id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    authority_id: Mapped[uuid.UUID]
    lines_sealed: Mapped[bytes]
    lines = SealedText()
    is_confidential: Mapped[bool]

    person: Mapped[Person] = relationship(back_populates="address")
