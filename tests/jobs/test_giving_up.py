"""A job that fails: which is given up, who hears of it, and what can be done about it afterwards."""

import logging
from datetime import timedelta

import pytest

from portal import clock
from portal.authorisation.actor import authority_scope
from portal.database import acting_as, commit, new_id
from portal.jobs.failures import is_any_stuck
from portal.jobs.models import Job
from portal.jobs.queue import enqueue
from portal.jobs.states import JobState
from portal.jobs.worker import LONGEST_WAIT, MOST_ATTEMPTS, TryLater, run_all, run_next


@pytest.fixture
def scope(db):
    return authority_scope(new_id())


def ask(scope, name="fail"):
    with acting_as(scope):
        job = enqueue(name)
        commit()
    return job.id


def job_of(db, scope, job_id):
    with acting_as(scope):
        return db.get(Job, job_id, populate_existing=True)


def fail(_run):
    raise RuntimeError


def is_away(_run):
    raise TryLater("ConnectionRefusedError")


def give_up(times=MOST_ATTEMPTS):
    start = clock.now()
    for attempt in range(times):
        with clock.moved_to(start + timedelta(hours=attempt)):
            assert run_next({"fail": fail})


def test_what_is_away_is_waited_for_however_long_it_takes(db, scope):
    job_id, start = ask(scope), clock.now()
    waits = []
    for hour in range(3 * MOST_ATTEMPTS):
        with clock.moved_to(start + timedelta(seconds=30, hours=2 * hour)):
            assert run_next({"fail": is_away})
            job = job_of(db, scope, job_id)
            waits.append(job.run_after - clock.now())
    assert (job.state, job.last_error) == (JobState.WAITING, "ConnectionRefusedError")
    assert waits[0] < timedelta(minutes=1)
    assert LONGEST_WAIT - timedelta(seconds=1) < waits[-1] <= LONGEST_WAIT


def test_waiting_for_what_is_away_uses_up_no_attempt(db, scope):
    job_id, start = ask(scope), clock.now()
    for hour in range(MOST_ATTEMPTS):
        with clock.moved_to(start + timedelta(hours=2 * hour)):
            run_next({"fail": is_away})
    with clock.moved_to(start + timedelta(hours=100)):
        run_next({"fail": fail})
    assert job_of(db, scope, job_id).state == JobState.WAITING


def test_a_job_given_up_is_said_as_an_error(db, scope, caplog):
    job_id = ask(scope)
    give_up(MOST_ATTEMPTS - 1)
    assert "job_given_up" not in caplog.messages
    with clock.moved_to(clock.now() + timedelta(days=1)):
        run_next({"fail": fail})
    (said,) = [record for record in caplog.records if record.message == "job_given_up"]
    assert (said.levelno, said.job_id, said.job_kind) == (logging.ERROR, job_id, "fail")


def test_a_job_given_up_is_stuck_until_it_is_tried_again(app, db, scope):
    job_id = ask(scope)
    assert not is_any_stuck()
    give_up()
    assert is_any_stuck()
    result = app.test_cli_runner().invoke(args=["jobs", "failed"])
    assert f"{job_id} fail RuntimeError" in result.output
    assert app.test_cli_runner().invoke(args=["jobs", "retry", str(job_id)]).exit_code == 0
    assert not is_any_stuck()
    ran = []
    run_all({"fail": ran.append})
    assert len(ran) == 1


def test_a_job_given_up_can_be_settled_without_running(app, db, scope):
    job_id = ask(scope)
    give_up()
    assert app.test_cli_runner().invoke(args=["jobs", "settle", str(job_id)]).exit_code == 0
    assert job_of(db, scope, job_id).state == JobState.DONE
    assert not is_any_stuck()


@pytest.mark.parametrize("deed", ["retry", "settle"])
def test_a_job_that_was_not_given_up_is_left_alone(app, db, scope, deed):
    for job_id in (ask(scope), new_id()):
        result = app.test_cli_runner().invoke(args=["jobs", deed, str(job_id)])
        assert result.exit_code == 1
        assert "Error: " in result.output


def test_a_job_that_has_waited_over_an_hour_for_what_is_away_is_stuck(db, scope):
    ask(scope)
    start = clock.now()
    run_next({"fail": is_away})
    assert not is_any_stuck()
    with clock.moved_to(start + timedelta(hours=1, minutes=1)):
        assert is_any_stuck()
        run_all({"fail": lambda _run: None})
        assert not is_any_stuck()
