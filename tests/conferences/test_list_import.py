import csv
import io
from datetime import date

from sqlalchemy import func, select

from portal.authorisation.actor import practice_scope
from portal.conferences import list_import
from portal.conferences.models import (
    Conference,
    ConferenceEvent,
    FamilyLink,
    Involvement,
    ReportRequest,
    RequestPerson,
)
from portal.conferences.people import Person
from portal.conferences.states import ListState, RequestState, Sight
from portal.contacts.models import Contact
from portal.contacts.states import ContactKind
from portal.database import acting_as
from portal.notifications.models import Notification
from tests.support.lists.list_samples import list_of, rows_of_one_conference, sample


def read_plainly(name="conferences.csv"):
    """The sample as a plain spreadsheet reader sees it, apart from our own reading."""
    return list(csv.DictReader(io.StringIO(sample(name).decode(), newline="")))


def counted(db, model, *where):
    return db.scalar(select(func.count()).select_from(model).where(*where))


def contacts(db, kind):
    return list(db.scalars(select(Contact).where(Contact.kind == kind)))


def conference(db, ref):
    return db.scalars(select(Conference).where(Conference.reference == ref)).one()


def test_the_whole_sample_goes_in(db, ground):
    rows = read_plainly()
    row = ground.take_over(sample("conferences.csv"))
    refs = {each["conference_ref"] for each in rows}
    with acting_as(ground.scope):
        assert (row.state, row.new, row.changed, row.unchanged, row.left_out) == (
            ListState.APPLIED,
            len(refs),
            0,
            0,
            0,
        )
        assert counted(db, Conference) == len(refs)
        assert counted(db, Person) == len({each["person_ref"] for each in rows})
        assert counted(db, Involvement) == len(rows)
        links = sum(len(each["parent_of"].split()) + len(each["must_not_see"].split()) for each in rows)
        assert counted(db, FamilyLink) == links


def test_one_request_goes_to_every_practice_that_holds_anyone(db, ground):
    rows = read_plainly()
    mothers = {
        each["conference_ref"]: each["gp_practice_code"] for each in rows if each["person_role"] == "mother"
    }
    expected = set()
    for each in rows:
        code = each["gp_practice_code"]
        if not each["date_of_birth"] and mothers.get(each["conference_ref"]):
            code = mothers[each["conference_ref"]]
        if code:
            expected.add((each["conference_ref"], code))
    ground.take_over(sample("conferences.csv"))
    with acting_as(ground.scope):
        made = {(each.conference.reference, each.practice.code) for each in db.scalars(select(ReportRequest))}
    assert made == expected


def test_what_is_to_settle_stands_in_the_queue(db, ground):
    rows = read_plainly()
    ground.take_over(sample("conferences.csv"))
    with acting_as(ground.scope):
        unknown = [each for each in rows if not each["gp_practice_code"]]
        reasonless = {each["conference_ref"] for each in rows if not each["conference_reason"]}
        assert len(contacts(db, ContactKind.PRACTICE_UNKNOWN)) == len(unknown)
        assert len(contacts(db, ContactKind.REASON_MISSING)) == len(reasonless)


def test_the_same_list_twice_changes_nothing(db, ground):
    ground.take_over(sample("conferences.csv"))
    with acting_as(ground.scope):
        mails, events = counted(db, Notification), counted(db, RequestPerson)
    row = ground.take_over(sample("conferences.csv"))
    with acting_as(ground.scope):
        assert (row.new, row.changed, row.unchanged) == (0, 0, row.total)
        assert (counted(db, Notification), counted(db, RequestPerson)) == (mails, events)


def test_sound_conferences_go_in_beside_defects(db, ground):
    listed = read_plainly("conferences-with-defects.csv")
    told = sample("conferences-with-defects.txt").decode().splitlines()
    stopping = [line for line in told if "no defect" not in line]
    lines = {int(line.split(",")[0].removeprefix("line ")) for line in stopping}
    defective = {listed[line - 2]["conference_ref"] for line in lines}
    row = ground.take_over(sample("conferences-with-defects.csv"))
    with acting_as(ground.scope):
        stored = set(db.scalars(select(Conference.reference)))
        shared = contacts(db, ContactKind.EQUAL_NHS_NUMBER)
    defective.discard("")
    assert not stored & defective
    assert stored == {each["conference_ref"] for each in listed} - defective
    assert row.left_out == len(defective)
    assert len(shared) == 1


def test_a_formula_in_a_note_stays_text(db, ground):
    formula = '=HYPERLINK("https://example.org","x")'
    ground.take_over(moved(rows_of_one_conference(), notes=formula))
    with acting_as(ground.scope):
        notes = {person.identity.notes for person in db.scalars(select(Person))}
    assert notes == {formula}


def moved(rows, **columns):
    return list_of([row | columns for row in rows])


def test_a_changed_day_moves_requests_and_tells_practices_once(db, ground):
    rows = rows_of_one_conference()
    ground.take_over(list_of(rows))
    row = ground.take_over(moved(rows, conference_date="2026-12-17"))
    with acting_as(ground.scope):
        request = db.scalars(select(ReportRequest)).one()
        kinds = list(db.scalars(select(Notification.message).order_by(Notification.message)))
        events = {event.event: event.note for event in _history(db)}
    assert (row.new, row.changed) == (0, 1)
    assert (request.conference_on, request.due_on) == (date(2026, 12, 17), date(2026, 12, 14))
    assert kinds == ["request_changed", "request_new"]
    assert "Day: Tuesday 15 December 2026 → Thursday 17 December 2026" in events["changed"]


def _history(db):
    return db.scalars(select(ConferenceEvent))


def test_what_a_later_list_omits_is_to_decide_and_not_cancelled(db, ground):
    both = [*rows_of_one_conference("C-1"), *_another("C-2")]
    ground.take_over(list_of(both))
    row = ground.take_over(list_of(rows_of_one_conference("C-1")))
    with acting_as(ground.scope):
        omitted = contacts(db, ContactKind.CONFERENCE_OMITTED)
        assert row.omitted == 1
        assert [each.source_id for each in omitted] == [conference(db, "C-2").id]
        assert conference(db, "C-2").state == "planned"
    ground.take_over(list_of(both))
    with acting_as(ground.scope):
        assert contacts(db, ContactKind.CONFERENCE_OMITTED)[0].state == "closed"


def _another(ref):
    rows = rows_of_one_conference(ref)
    return [row | _other_people(row) for row in rows]


def _other_people(row):
    return {
        "person_ref": f"Q{row['person_ref']}",
        "parent_of": " ".join(f"Q{ref}" for ref in row["parent_of"].split()),
        "nhs_number": "",
    }


def test_a_defective_line_omits_nothing(db, ground):
    rows = rows_of_one_conference()
    ground.take_over(list_of(rows))
    broken = [*_another("C-2"), rows[0] | {"conference_type": "nonsense"}, *rows[1:]]
    row = ground.take_over(list_of(broken))
    assert (row.left_out, row.omitted) == (1, 0)


def unborn(rows, **columns):
    child = rows[0] | {"nhs_number": "", "date_of_birth": "", "expected_delivery_date": "2027-02-02"}
    return [child | columns, *rows[1:]]


def test_a_child_that_is_born_keeps_its_row_and_its_request(db, ground):
    rows = [row | {"conference_type": "pre-birth"} for row in rows_of_one_conference()]
    ground.take_over(list_of(unborn(rows)))
    with acting_as(ground.scope):
        before = db.scalars(select(Person).where(Person.person_ref == "P1")).one().id
        request = db.scalars(select(ReportRequest)).one().id
    ground.take_over(list_of(unborn(rows, date_of_birth="2026-11-20", expected_delivery_date="")))
    with acting_as(ground.scope):
        person = db.scalars(select(Person).where(Person.person_ref == "P1")).one()
        assert (person.id, person.born_on, person.expected_on) == (before, date(2026, 11, 20), None)
        assert db.scalars(select(ReportRequest)).one().id == request


def test_an_unborn_child_is_asked_about_at_the_mothers_practice(db, ground):
    rows = unborn([row | {"conference_type": "pre-birth"} for row in rows_of_one_conference()])
    rows[0] |= {"gp_practice_code": "", "gp_practice_name": ""}
    rows[1] |= {"gp_practice_code": "Y90004", "gp_practice_name": "St Chad's Surgery"}
    ground.take_over(list_of(rows))
    with acting_as(ground.scope):
        request = db.scalars(
            select(ReportRequest).where(ReportRequest.practice_id == ground.practices["Y90004"].id)
        ).one()
        assert [each.sight for each in request.people] == [Sight.ASKED, Sight.ASKED, Sight.OUTLINE]
        assert not contacts(db, ContactKind.PRACTICE_UNKNOWN)


def test_a_changed_practice_asks_the_new_one_and_withdraws_the_old(db, ground):
    rows = rows_of_one_conference()
    rows[2] |= {"gp_practice_code": "Y90002", "gp_practice_name": "Hawthorn Medical Centre"}
    ground.take_over(list_of(rows))
    rows[2] |= {"gp_practice_code": "Y90003", "gp_practice_name": "Canal Street Practice"}
    ground.take_over(list_of(rows))
    with acting_as(ground.scope):
        states = {each.practice.code: each.state for each in db.scalars(select(ReportRequest))}
    assert states == {
        "Y90001": RequestState.OPEN,
        "Y90002": RequestState.WITHDRAWN,
        "Y90003": RequestState.OPEN,
    }
    with acting_as(practice_scope(ground.practices["Y90002"].id)):
        db.expire_all()
        assert not list(db.scalars(select(Person)))


def test_an_empty_practice_does_not_undo_what_was_settled(db, ground):
    rows = rows_of_one_conference()
    ground.take_over(list_of(rows))
    rows[2] |= {"gp_practice_code": "", "gp_practice_name": "", "notes": "changed"}
    ground.take_over(list_of(rows))
    with acting_as(ground.scope):
        father = db.scalars(select(Person).where(Person.person_ref == "P3")).one()
        assert father.identity.practice_id == ground.practices["Y90001"].id
        assert not contacts(db, ContactKind.PRACTICE_UNKNOWN)


def test_a_list_is_taken_over_a_few_at_a_time(db, ground):
    with acting_as(ground.scope):
        row = list_import.keep_list(ground.contact, sample("conferences.csv"))
        list_import.confirm(ground.contact, row)
        list_import.take_over_some(ground.contact, row, at_once=10)
        assert (row.state, row.done) == (ListState.APPLYING, 10)
        while row.state == ListState.APPLYING:
            list_import.take_over_some(ground.contact, row, at_once=10)
        assert (row.done, row.new) == (row.total, row.total)


def test_short_notice_is_marked_and_rung(db, ground):
    rows = rows_of_one_conference()
    ground.take_over(moved(rows, strategy_discussion_date="2026-11-20", conference_date="2026-11-25"))
    with acting_as(ground.scope):
        request = db.scalars(select(ReportRequest)).one()
        call = contacts(db, ContactKind.SHORT_NOTICE_CALL)
        mail = db.scalars(select(Notification)).one()
    assert request.is_short_notice
    assert (request.due_on, f"{request.due_at}") == (date(2026, 11, 24), "12:00:00")
    assert [each.source_id for each in call] == [request.id]
    assert "short notice" in mail.facts["short_notice"]
