import pytest
from sqlalchemy import select

from portal.authorisation.actor import Role, practice_scope
from portal.conferences import actions, settling
from portal.conferences.models import Conference, Involvement, ReportRequest
from portal.conferences.people import Person
from portal.conferences.queries import (
    conferences_for,
    get_conference,
    get_request,
    history_of,
    requests_for,
)
from portal.conferences.states import REQUEST_MOVES, PersonAnswer, RequestMove, RequestState, Sight
from portal.database import acting_as
from portal.errors import Conflict, ImpossibleMove, InvalidInput, NotFound
from portal.notifications.models import Notification
from tests.support import factories as make
from tests.support.lists.list_samples import list_of, rows_of_one_conference, sample


@pytest.fixture
def family(db, ground):
    """A child and the mother at Lakeside Surgery, the father at another practice."""
    rows = rows_of_one_conference()
    rows[2] |= {"gp_practice_code": "Y90002", "gp_practice_name": "Hawthorn Medical Centre"}
    ground.take_over(list_of(rows))
    db.expire_all()
    return ground


@pytest.fixture
def clinician(family):
    return make.make_actor(family.practices["Y90001"], Role.CLINICIAN)


def request_at(db, ground, code="Y90001"):
    with acting_as(ground.scope):
        return db.scalars(
            select(ReportRequest).where(ReportRequest.practice_id == ground.practices[code].id)
        ).one()


@pytest.mark.parametrize("state", RequestState)
@pytest.mark.parametrize("move", RequestMove)
def test_a_request_moves_only_as_the_table_says(db, family, clinician, state, move):
    request = request_at(db, family)
    following = REQUEST_MOVES.get((state, move))
    with acting_as(family.scope):
        request.state = state
        db.flush()
        if following is None:
            with pytest.raises(ImpossibleMove):
                actions.move_request(clinician, request, move)
        else:
            actions.move_request(clinician, request, move)
            assert request.state == following


def test_who_is_not_registered_is_closed_and_hidden_at_once(db, family, clinician):
    request = request_at(db, family)
    with acting_as(family.scope):
        child = next(row.person_id for row in request.people if row.sight == Sight.ASKED)
    with acting_as(practice_scope(family.practices["Y90001"].id)):
        due = actions.say_not_registered(request, [child])
        db.flush()
        db.expire_all()
        seen = set(db.scalars(select(Person.id)))
    assert len(due) == 1
    assert child not in seen
    assert len(seen) == 2


def test_a_practice_that_holds_nobody_sees_nobody(db, family, clinician):
    request = request_at(db, family)
    with acting_as(family.scope):
        asked = [row.person_id for row in request.people if row.sight == Sight.ASKED]
    with acting_as(practice_scope(family.practices["Y90001"].id)):
        assert actions.say_not_registered(request, asked) == []
        db.expire_all()
        assert not list(db.scalars(select(Person.id)))


def test_nobody_else_can_be_said_not_registered(db, family, clinician):
    request = request_at(db, family)
    with acting_as(family.scope):
        father = next(row.person_id for row in request.people if row.sight == Sight.OUTLINE)
    with (
        acting_as(practice_scope(family.practices["Y90001"].id)),
        pytest.raises(InvalidInput),
    ):
        actions.say_not_registered(request, [father])


def test_a_practice_asked_again_sees_the_person_again(db, family, clinician):
    request = request_at(db, family, "Y90002")
    with acting_as(family.scope):
        father = next(row.person_id for row in request.people if row.sight == Sight.ASKED)
        actions.say_not_registered(request, [father])
        actions.move_request(clinician, request, RequestMove.DISOWN)
        db.flush()
        conference = db.scalars(select(Conference)).one()
        part = db.scalars(select(Involvement).where(Involvement.person_id == father)).one()
        settling.give_practice(family.contact, conference, part.person_id, family.practices["Y90002"].id)
        assert request.state == RequestState.OPEN
        assert [row.sight for row in request.people] == [Sight.OUTLINE, Sight.OUTLINE, Sight.ASKED]


def test_a_later_list_does_not_show_again_who_is_not_registered(db, family):
    request = request_at(db, family, "Y90002")
    with acting_as(family.scope):
        father = next(row.person_id for row in request.people if row.sight == Sight.ASKED)
        actions.say_not_registered(request, [father])
    rows = [row | {"notes": "changed"} for row in rows_of_one_conference()]
    rows[2] |= {"gp_practice_code": "Y90002", "gp_practice_name": "Hawthorn Medical Centre"}
    assert family.take_over(list_of(rows)).changed == 1
    with acting_as(practice_scope(family.practices["Y90002"].id)):
        db.expire_all()
        assert not list(db.scalars(select(Person.id)))


def test_the_same_list_does_not_undo_what_the_contact_team_wrote(db, ground):
    rows = [row | {"conference_reason": "From the list"} for row in rows_of_one_conference()]
    ground.take_over(list_of(rows))
    with acting_as(ground.scope):
        settling.say_why(ground.contact, db.scalars(select(Conference)).one(), "By hand", "")
    row = ground.take_over(list_of(rows))
    with acting_as(ground.scope):
        assert (row.unchanged, db.scalars(select(Conference)).one().reason) == (1, "By hand")


def test_what_was_answered_stays_with_whoever_answered(db, family, clinician):
    request = request_at(db, family, "Y90002")
    with acting_as(family.scope):
        father = next(row.person_id for row in request.people if row.sight == Sight.ASKED)
        actions.answer_for(request, [father], PersonAnswer.REPORTED)
        actions.move_request(clinician, request, RequestMove.ANSWER)
        conference = db.scalars(select(Conference)).one()
        part = db.scalars(select(Involvement).where(Involvement.person_id == father)).one()
        settling.give_practice(family.contact, conference, part.person_id, family.practices["Y90003"].id)
        rows = {row.person_id: row.sight for row in request.people}
        assert request.state == RequestState.ANSWERED
        assert rows.pop(father) == Sight.ASKED
        assert set(rows.values()) == {Sight.HIDDEN}


def test_one_more_patient_opens_an_answered_request_again_and_says_so(db, family, clinician):
    request = request_at(db, family)
    with acting_as(family.scope):
        asked = [row.person_id for row in request.people if row.sight == Sight.ASKED]
        actions.answer_for(request, asked, PersonAnswer.REPORTED)
        actions.move_request(clinician, request, RequestMove.ANSWER)
        conference = db.scalars(select(Conference)).one()
        part = db.scalars(select(Involvement).where(Involvement.person_id.not_in(asked))).one()
        settling.give_practice(family.contact, conference, part.person_id, family.practices["Y90001"].id)
        assert request.state == RequestState.OPEN
        assert "request_widened" in set(db.scalars(select(Notification.message)))


def test_a_chair_takes_over_and_the_other_is_told(db, family):
    other = family.chairs["chair2@children.example.org"]
    with acting_as(family.scope):
        conference = db.scalars(select(Conference)).one()
        actions.take_over(other, conference, "Leave")
        mail = db.scalars(select(Notification).where(Notification.message == "conference_taken_over")).one()
        events = {event.event: event.note for event in history_of(conference)}
    assert conference.chair_id == other.user_id
    assert mail.address == "chair1@children.example.org"
    assert events["taken_over"] == "Leave"


def test_taking_over_needs_a_reason_and_another_chair(db, family):
    with acting_as(family.scope):
        conference = db.scalars(select(Conference)).one()
        with pytest.raises(InvalidInput):
            actions.take_over(family.chairs["chair2@children.example.org"], conference, "  ")
        with pytest.raises(Conflict):
            actions.take_over(family.chairs["chair1@children.example.org"], conference, "Why not")


def test_a_list_does_not_undo_a_chair_who_took_over(db, family):
    other = family.chairs["chair2@children.example.org"]
    with acting_as(family.scope):
        conference = db.scalars(select(Conference)).one()
        actions.take_over(other, conference, "Leave")
    rows = [row | {"social_worker": "B. Other"} for row in rows_of_one_conference()]
    family.take_over(list_of(rows))
    with acting_as(family.scope):
        assert db.scalars(select(Conference.chair_id)).one() == other.user_id


def test_the_inbox_goes_on_where_a_page_ends(db, ground):
    ground.take_over(sample("conferences.csv"))
    actor = make.make_actor(ground.practices["Y90002"], Role.CLINICIAN)
    with acting_as(actor.scope):
        everything = requests_for(actor, limit=1000)
        first = requests_for(actor, limit=5)
        rest = requests_for(actor, after=first[-1].key, limit=1000)
    assert [row.id for row in everything] == [row.id for row in (*first, *rest)]
    assert [row.due_on for row in everything] == sorted(row.due_on for row in everything)
    assert all(row.people for row in everything)


def test_the_board_goes_on_where_a_page_ends(db, ground):
    ground.take_over(sample("conferences.csv"))
    with acting_as(ground.scope):
        everything = conferences_for(ground.contact, limit=1000)
        first = conferences_for(ground.contact, limit=7)
        rest = conferences_for(ground.contact, after=first[-1].key, limit=1000)
        mine = conferences_for(ground.contact, chair_id=everything[0].chair_id)
    assert [row.id for row in everything] == [row.id for row in (*first, *rest)]
    assert {row.chair_id for row in mine} == {everything[0].chair_id}
    assert all(row.missing == row.asked > 0 for row in everything if row.requests)


def test_others_find_neither_conference_nor_request(db, family):
    request = request_at(db, family)
    stranger = make.make_actor(family.practices["Y90007"], Role.CLINICIAN)
    with acting_as(stranger.scope):
        with pytest.raises(NotFound):
            get_request(stranger, request.id)
        with pytest.raises(NotFound):
            get_conference(stranger, request.conference_id)
