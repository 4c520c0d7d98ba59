"""Blind indexes find what they should, for one authority alone."""

from datetime import date

import pytest

from portal.crypto.blind_index import nhs_number_index, surname_and_birth_index, surname_index
from portal.database import new_id

HERE, ELSEWHERE = new_id(), new_id()


def test_the_same_number_is_found_with_and_without_spaces(app):
    assert nhs_number_index(HERE, "999 187 6138") == nhs_number_index(HERE, "9991876138")


def test_another_authority_has_another_index(app):
    assert nhs_number_index(HERE, "9991876138") != nhs_number_index(ELSEWHERE, "9991876138")


@pytest.mark.parametrize(
    ("written", "again"), [("O'Rourke", "OROURKE"), ("Łukasz-Nowak", "łukasz nowak"), ("Müller", "muller")]
)
def test_a_surname_is_found_however_it_is_written(app, written, again):
    assert surname_index(HERE, written) == surname_index(HERE, again)


def test_a_surname_never_matches_another_kind_of_index(app):
    assert surname_index(HERE, "9991876138") != nhs_number_index(HERE, "9991876138")


def test_surname_and_birth_need_both(app):
    found = surname_and_birth_index(HERE, "Okafor", date(2019, 5, 4))
    assert found == surname_and_birth_index(HERE, "OKAFOR", date(2019, 5, 4))
    assert found != surname_and_birth_index(HERE, "Okafor", date(2019, 5, 5))
    assert found != surname_and_birth_index(HERE, "Okaford", date(2019, 5, 4))


def test_an_index_holds_nothing_of_the_number(app):
    index = nhs_number_index(HERE, "9991876138")
    assert len(index) == 32
    assert b"999" not in index
