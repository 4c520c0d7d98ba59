"""Blind indexes: find a sealed value without storing it, by a digest keyed for one authority."""

import unicodedata
import uuid
from datetime import date

from portal.crypto.keys import keyed_digest


def nhs_number_index(authority_id: uuid.UUID, nhs_number: str) -> bytes:
    return keyed_digest(authority_id, "nhs_number", nhs_number.replace(" ", "").encode())


def surname_index(authority_id: uuid.UUID, surname: str) -> bytes:
    return keyed_digest(authority_id, "surname", _folded(surname))


def surname_and_birth_index(authority_id: uuid.UUID, surname: str, born_on: date) -> bytes:
    return keyed_digest(authority_id, "surname_birth", _folded(surname) + b"|" + born_on.isoformat().encode())


def _folded(name: str) -> bytes:
    """Letters only, without case or accents: O'Rourke and ORourke are looked up alike."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum()).encode()
