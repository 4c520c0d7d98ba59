"""Unseen marks in the cells of a list."""

from portal.conferences.list_reading import read_list
from tests.support.lists.list_samples import DIRECTORY, TODAY, found_at, list_of, rows_of_one_conference


def test_unseen_marks_that_turn_letters_round_are_left_out_and_told():
    rows = rows_of_one_conference()
    rows[0] |= {"given_names": "S\u202eam\u2066"}
    reading = read_list(list_of(rows), DIRECTORY, TODAY)
    assert reading.conferences[0].people[0].given_names == "Sam"
    assert "unseen marks" in found_at(reading.notices, 2, "given_names")
