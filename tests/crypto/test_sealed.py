"""Sealed columns open where they were sealed and nowhere else."""

import os
from datetime import date

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from portal.authorisation.actor import authority_scope
from portal.conferences.people import Person
from portal.crypto import keys
from portal.crypto.keys import KeyRing
from portal.crypto.sealed import place_of, seal, unseal
from portal.database import acting_as, new_id
from tests.support import factories as make

OWNER = new_id()


@pytest.fixture
def ring():
    """Two keys; the second is the one that seals."""
    before = keys.ring()
    keys.configure(KeyRing({"k2": os.urandom(32), "k1": os.urandom(32)}, "k2", os.urandom(32)))
    yield keys.ring()
    keys.configure(before)


@given(content=st.binary(max_size=500))
def test_what_was_sealed_opens_at_its_place(app, content):
    assert unseal(seal(content, owner=OWNER, place="a.b.c"), owner=OWNER, place="a.b.c") == content


def test_a_value_moved_to_another_row_column_table_or_owner_does_not_open(app):
    row = new_id()
    place = place_of("person", "family_name", row)
    sealed = seal(b"Okafor", owner=OWNER, place=place)
    elsewhere = [
        (OWNER, place_of("person", "family_name", new_id())),
        (OWNER, place_of("person", "given_names", row)),
        (OWNER, place_of("conference", "family_name", row)),
        (new_id(), place),
    ]
    for owner, where in elsewhere:
        with pytest.raises(InvalidTag):
            unseal(sealed, owner=owner, place=where)


def test_no_flipped_byte_goes_unnoticed(app):
    sealed = seal(b"Okafor", owner=OWNER, place="a.b.c")
    for position in range(len(sealed)):
        flipped = bytearray(sealed)
        flipped[position] ^= 1
        with pytest.raises((InvalidTag, KeyError, UnicodeDecodeError)):
            unseal(bytes(flipped), owner=OWNER, place="a.b.c")


def test_sealing_twice_gives_two_values(app):
    assert seal(b"x", owner=OWNER, place="p") != seal(b"x", owner=OWNER, place="p")


def test_an_earlier_key_still_opens_after_a_new_one_seals(ring):
    old = KeyRing(ring.data_keys, "k1", ring.blind_index_key)
    keys.configure(old)
    sealed = seal(b"x", owner=OWNER, place="p")
    keys.configure(ring)
    assert unseal(sealed, owner=OWNER, place="p") == b"x"
    assert seal(b"x", owner=OWNER, place="p")[1:3] == b"k2"


def test_without_its_key_a_value_does_not_open(ring):
    sealed = seal(b"x", owner=OWNER, place="p")
    keys.configure(KeyRing({"k3": os.urandom(32)}, "k3", ring.blind_index_key))
    with pytest.raises(KeyError):
        unseal(sealed, owner=OWNER, place="p")


def test_the_database_holds_no_plain_text(db):
    authority = make.make_authority()
    person = make.make_person(authority, family_name="Quintessence", address="99 Plainly Visible Road")
    with acting_as(authority_scope(authority.id)):
        db.flush()
        for table in ("person", "person_identity", "person_address"):
            row = db.execute(text(f"SELECT {table}::text FROM {table} WHERE id = :id"), {"id": person.id})
            stored = row.scalar_one()
            for canary in ("Quintessence", "Plainly", "5175696e74657373656e6365", "506c61696e6c79"):
                assert canary not in stored, table


def test_setting_the_same_text_again_changes_nothing(db):
    authority = make.make_authority()
    person = make.make_person(authority, family_name="Okafor")
    before = person.family_name_sealed
    person.family_name = "Okafor"
    assert person.family_name_sealed is before
    person.family_name = "Okafor-Bell"
    assert person.family_name_sealed != before


def test_a_row_gets_its_id_and_owner_before_anything_is_sealed(app):
    person = Person(family_name="Okafor", given_names="Ada", sex="", person_ref="P1", authority_id=OWNER)
    assert person.family_name == "Okafor"
    assert person.id is not None


def test_a_date_not_known_stays_not_known(app):
    person = Person(family_name="A", given_names="B", sex="", person_ref="P1", authority_id=OWNER)
    assert person.born_on is None
    person.born_on = date(2020, 2, 29)
    assert person.born_on == date(2020, 2, 29)
    person.born_on = None
    assert person.born_on_sealed is None


def test_a_core_row_is_opened_with_its_table_owner_and_id(db):
    authority = make.make_authority()
    person = make.make_person(authority, family_name="Okafor")
    opened = Person.family_name.open(
        person.family_name_sealed, table="person", owner=authority.id, row_id=person.id
    )
    assert opened == "Okafor"
    with pytest.raises(InvalidTag):
        Person.family_name.open(
            person.family_name_sealed, table="person", owner=authority.id, row_id=new_id()
        )
