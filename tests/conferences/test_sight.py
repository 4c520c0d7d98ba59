"""What each practice can read of each family, asked of the database as that practice, in plain SQL."""

import csv
import io

import pytest
from sqlalchemy import select, text

from portal.authorisation.actor import practice_scope
from portal.conferences.family import others_in, people_asked, situation_of
from portal.conferences.models import ReportRequest
from portal.conferences.people import Person
from portal.database import acting_as
from tests.support.lists.list_samples import list_of, rows_of_one_conference, sample

FATHERS, MOTHERS = "Y90011", "Y90001"


@pytest.fixture
def taken_over(db, ground):
    ground.take_over(sample("conferences.csv"))
    db.expire_all()
    return ground


def refs_of(db, ground):
    with acting_as(ground.scope):
        return dict(db.execute(select(Person.id, Person.person_ref)).all())


def read(db, ground, code, table, column="id"):
    """The rows of a table that this practice's role can read, by person."""
    db.flush()
    with acting_as(practice_scope(ground.practices[code].id)):
        return set(db.scalars(text(f"SELECT {column} FROM {table}")))


def own_patients():
    """Practice to its patients, read from the sample by a plain reader; unborn: the mother's practice."""
    rows = list(csv.DictReader(io.StringIO(sample("conferences.csv").decode(), newline="")))
    mothers = {
        row["conference_ref"]: row["gp_practice_code"] for row in rows if row["person_role"] == "mother"
    }
    own = {}
    for row in rows:
        code = row["gp_practice_code"]
        if not row["date_of_birth"]:
            code = mothers.get(row["conference_ref"]) or code
        if code:
            own.setdefault(code, set()).add(row["person_ref"])
    return own


def test_every_practice_reads_the_identity_of_exactly_its_own_patients(db, taken_over):
    refs, own = refs_of(db, taken_over), own_patients()
    for code in taken_over.practices:
        seen = {refs[person_id] for person_id in read(db, taken_over, code, "person_identity")}
        assert seen == own.get(code, set()), code


def test_no_practice_reads_a_confidential_address(db, taken_over):
    with acting_as(taken_over.scope):
        hidden = set(db.scalars(text("SELECT id FROM person_address WHERE is_confidential")))
    assert hidden
    for code in taken_over.practices:
        assert not read(db, taken_over, code, "person_address") & hidden


def people_of(db, ground, code, ref):
    """person_refs whose outline the practice can read, of those with a part in this conference."""
    refs = refs_of(db, ground)
    with acting_as(practice_scope(ground.practices[code].id)):
        seen = db.scalars(
            text(
                "SELECT p.id FROM person p JOIN involvement i ON i.person_id = p.id"
                " JOIN conference c ON c.id = i.conference_id WHERE c.reference = :ref"
            ),
            {"ref": ref},
        )
        return {refs[person_id] for person_id in seen}


def request_of(db, ground, code, ref):
    return next(
        request
        for request in db.scalars(
            select(ReportRequest).where(ReportRequest.practice_id == ground.practices[code].id)
        )
        if request.conference.reference == ref
    )


def test_the_fathers_practice_does_not_learn_of_the_mother_kept_apart(db, taken_over):
    assert people_of(db, taken_over, FATHERS, "CPC-27-0002") == {"P00006", "P00008"}
    with acting_as(practice_scope(taken_over.practices[FATHERS].id)):
        request = request_of(db, taken_over, FATHERS, "CPC-27-0002")
        assert [person.name for person in people_asked(request)] == ["Lee Tromans"]
        assert [person.name for person in others_in(request)] == ["Freya O'Rourke", "Another adult"]
        assert people_asked(request)[0].must_not_see == ("Freya O'Rourke", "another adult")
        assert people_asked(request)[0].address == ""
        assert "Sarah" not in repr(situation_of(request))


def test_the_mothers_practice_learns_of_whom_to_beware(db, taken_over):
    assert people_of(db, taken_over, MOTHERS, "CPC-27-0002") == {"P00006", "P00007", "P00008"}
    with acting_as(practice_scope(taken_over.practices[MOTHERS].id)):
        request = request_of(db, taken_over, MOTHERS, "CPC-27-0002")
        (father,) = others_in(request)
        assert (father.name, father.nhs_number, father.address) == ("Lee Tromans", "", "")
        assert father.must_not_see == ("Freya O'Rourke", "Sarah O'Rourke")
        assert all(person.address == "" for person in people_asked(request))
    db.expire_all()
    with acting_as(taken_over.scope):
        request = request_of(db, taken_over, MOTHERS, "CPC-27-0002")
        assert all(person.address == "" for person in people_asked(request))


def test_what_is_shown_to_a_practice_is_the_same_in_the_authoritys_name(db, taken_over):
    """Whoever writes for a practice while acting for the authority must not read more by that."""
    with acting_as(taken_over.scope):
        request = request_of(db, taken_over, FATHERS, "CPC-27-0002")
        shown = [*people_asked(request), *others_in(request)]
        assert not any(person.address for person in shown)
        assert "Sarah" not in repr(shown) + repr(situation_of(request))


def test_twins_at_one_practice_are_two_people_of_one_request(db, taken_over):
    with acting_as(practice_scope(taken_over.practices["Y90004"].id)):
        request = request_of(db, taken_over, "Y90004", "CPC-27-0044")
        names = [person.name for person in people_asked(request)]
    assert names == ["Layla Underhill", "Ben Underhill", "Magda Underhill", "Darren Zaman"]
    with acting_as(taken_over.scope):
        assert len(request_of(db, taken_over, "Y90004", "CPC-27-0044").conference.requests) == 1


def test_three_practices_each_see_their_own_in_full_and_the_rest_in_outline(db, taken_over):
    expected = {"Y90005": 4, "Y90007": 1, "Y90010": 1}
    for code, count in expected.items():
        with acting_as(practice_scope(taken_over.practices[code].id)):
            request = request_of(db, taken_over, code, "CPC-27-9004")
            assert len(people_asked(request)) == count
            others = others_in(request)
            assert len(others) == 6 - count
            assert not any(other.nhs_number or other.practice_id or other.born_on for other in others)
            asks = {person.id: person.is_asked for person in situation_of(request).people}
            assert sum(asks.values()) == count
        db.expire_all()


def test_one_practice_cannot_read_anothers_requests(db, taken_over):
    for code in ("Y90005", "Y90011"):
        practices = read(db, taken_over, code, "report_request", "practice_id")
        assert practices == {taken_over.practices[code].id}


def apart(**columns):
    """A family whose father, at another practice with one child of his, must not learn of the others."""
    rows = rows_of_one_conference()
    rows[2] |= {"gp_practice_code": "Y90002", "gp_practice_name": "Hawthorn Medical Centre"}
    rows[2] |= {"parent_of": "P4", "must_not_see": "P1 P2 P5"}
    elsewhere = {"gp_practice_code": "Y90002", "gp_practice_name": "Hawthorn Medical Centre"}
    sibling = rows[0] | {"person_role": "sibling", "nhs_number": "", "given_names": "Kim"}
    return [*rows, sibling | {"person_ref": "P4"} | elsewhere, sibling | {"person_ref": "P5"} | columns]


def test_one_person_kept_apart_hides_adults_from_the_whole_practice(db, ground):
    ground.take_over(list_of(apart()))
    assert people_of(db, ground, "Y90002", "C-1") == {"P1", "P3", "P4"}


def test_a_sibling_kept_apart_is_not_even_counted(db, ground):
    ground.take_over(list_of(apart()))
    with acting_as(practice_scope(ground.practices["Y90002"].id)):
        request = request_of(db, ground, "Y90002", "C-1")
        assert [other.name for other in others_in(request)] == ["Sam Example", "Another adult"]


def test_people_kept_apart_later_are_hidden_from_then_on(db, ground):
    rows = apart()
    later = [dict(row) for row in rows]
    rows[2] |= {"must_not_see": ""}
    ground.take_over(list_of(rows))
    assert people_of(db, ground, "Y90002", "C-1") == {"P1", "P2", "P3", "P4", "P5"}
    ground.take_over(list_of(later))
    db.expire_all()
    assert people_of(db, ground, "Y90002", "C-1") == {"P1", "P3", "P4"}


def test_a_list_that_is_silent_lifts_no_separation(db, ground):
    rows = apart()
    ground.take_over(list_of(rows))
    rows[2] |= {"must_not_see": "", "notes": "changed"}
    ground.take_over(list_of(rows))
    db.expire_all()
    assert people_of(db, ground, "Y90002", "C-1") == {"P1", "P3", "P4"}
