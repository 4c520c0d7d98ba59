"""Jobs: stored with the deed that asks for them, run by one worker each, tried again, never lost."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy import text

from portal import clock, context, database
from portal.authorisation.actor import authority_scope
from portal.context import DatabaseRole
from portal.database import acting_as, commit, db, new_id, rollback
from portal.errors import ImpossibleMove
from portal.jobs.models import Job
from portal.jobs.queue import enqueue, is_waiting
from portal.jobs.states import JobMove, JobState
from portal.jobs.worker import MOST_ATTEMPTS, move_job, run_all, run_next, work


@pytest.fixture
def scope():
    return authority_scope(new_id())


def ask(scope, name, **arguments):
    with acting_as(scope):
        job = enqueue(name, **arguments)
        commit()
    return job.id


def job_of(scope, job_id):
    with acting_as(scope):
        return db.get(Job, job_id, populate_existing=True)


def test_a_job_runs_in_the_scope_it_was_asked_for_in(db, scope):
    ask(scope, "look", run_id="1")
    seen = []
    run_all({"look": lambda run: seen.append((context.scope(), run.organisation_id, dict(run.arguments)))})
    assert seen == [(scope, scope.organisation_id, {"run_id": "1"})]


def test_a_job_that_succeeded_is_done_and_does_not_run_again(db, scope):
    job_id = ask(scope, "count")
    ran = []
    assert run_all({"count": ran.append}) == 1
    assert run_all({"count": ran.append}) == 0
    assert job_of(scope, job_id).state == JobState.DONE
    assert len(ran) == 1


def test_what_was_not_committed_is_never_run(db, scope):
    with acting_as(scope):
        enqueue("never")
        db.flush()
        rollback()
    assert run_all({"never": pytest.fail}) == 0


def test_a_job_without_an_organisation_is_refused(db):
    with pytest.raises(ValueError, match="organisation"):
        enqueue("nobodys")


def test_a_failure_undoes_the_work_counts_and_waits_longer(db, scope):
    job_id = ask(scope, "fail")

    def fail(run):
        enqueue("left_behind")
        raise RuntimeError("a reason that may quote somebody's words")

    waits = []
    for attempt in (1, 2, 3):
        with clock.moved_to(clock.now() + timedelta(hours=attempt)):
            before = clock.now()
            assert run_next({"fail": fail})
            job = job_of(scope, job_id)
            assert (job.attempts, job.last_error, job.state) == (attempt, "RuntimeError", JobState.WAITING)
            waits.append(round((job.run_after - before).total_seconds()))
            assert not run_next({"fail": fail}), "it is not tried again at once"
    assert waits == [2, 4, 8]
    with acting_as(scope):
        assert not is_waiting("left_behind", scope.organisation_id)


def test_after_the_last_attempt_it_is_given_up_and_stays_to_be_looked_at(db, scope):
    job_id = ask(scope, "unknown to the worker")
    start = clock.now()
    for attempt in range(MOST_ATTEMPTS):
        with clock.moved_to(start + timedelta(hours=2 * attempt + 1)):
            assert run_next({})
    job = job_of(scope, job_id)
    assert (job.state, job.attempts, job.last_error) == (JobState.FAILED, MOST_ATTEMPTS, "KeyError")
    with pytest.raises(ImpossibleMove):
        move_job(job, JobMove.FINISH)


def test_a_job_for_later_waits_until_then(db, scope):
    later = clock.now() + timedelta(minutes=10)
    ask(scope, "later", run_after=later)
    assert run_all({"later": lambda _run: None}) == 0
    with clock.moved_to(later + timedelta(seconds=1)):
        assert run_all({"later": lambda _run: None}) == 1


def test_a_failing_job_does_not_hold_up_the_others(db, scope):
    ask(scope, "fail")
    ask(scope, "work")
    ran = []
    run_all({"fail": lambda _run: 1 / 0, "work": ran.append})
    assert len(ran) == 1


def test_one_organisation_sees_only_its_own_jobs(db, scope):
    ask(scope, "theirs")
    with acting_as(authority_scope(new_id())):
        assert db.scalar(text("SELECT count(*) FROM job")) == 0


def test_two_workers_never_run_the_same_job(committed, owner, scope):
    """One holds its job; the other skips it, takes the next, and then finds nothing."""
    for _ in range(2):
        ask(scope, "hold")
    is_holding, may_finish = threading.Event(), threading.Event()
    ran = []

    def hold(run):
        ran.append(threading.current_thread().name)
        if len(ran) == 1:
            is_holding.set()
            assert may_finish.wait(20)

    first = threading.Thread(target=run_and_close, args=({"hold": hold},), name="first")
    first.start()
    assert is_holding.wait(20)
    assert run_next({"hold": hold})
    assert not run_next({"hold": hold}), "the job that is held must be skipped"
    may_finish.set()
    first.join(20)
    assert sorted(ran) == ["MainThread", "first"]
    states = owner.scalars(text("SELECT state FROM job")).all()
    assert states == [JobState.DONE, JobState.DONE]


def run_and_close(handlers):
    try:
        run_next(handlers)
    finally:
        database.close()


KILLED = """
    import os, signal
    from portal import create_app
    from portal.database import db
    from portal.jobs.queue import enqueue
    from portal.jobs.worker import run_next
    def die(run):
        enqueue("left_behind")
        db.flush()
        os.kill(os.getpid(), signal.SIGKILL)
    create_app()
    run_next({"die": die})
"""


def test_a_killed_worker_leaves_its_job_to_the_next_and_half_of_nothing(
    committed, owner, scope, portal_config
):
    ask(scope, "die")
    killed = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED)], env=surroundings(portal_config), check=False
    )
    assert killed.returncode == -signal.SIGKILL
    ran = []
    deadline = time.monotonic() + 20
    while not ran and time.monotonic() < deadline:  # the server notices the lost connection within moments
        run_all({"die": ran.append})
    assert len(ran) == 1
    assert owner.scalars(text("SELECT name FROM job")).all() == ["die"]


def surroundings(portal_config):
    from tests.support.settings import BLIND_INDEX_KEY, DATA_KEY

    return {
        **os.environ,
        "PORTAL_ENVIRONMENT": "test",
        "SECRET_KEY": portal_config.secret_key,
        "DATA_KEYS": f"k1:{DATA_KEY}",
        "BLIND_INDEX_KEY": BLIND_INDEX_KEY,
        "DATABASE_URL": portal_config.database_url,
    }


def test_the_worker_says_that_it_is_there_and_asks_for_what_is_due_by_time(committed, owner, scope):
    ask(scope, "count")
    ran, asked = [], []
    work({"count": ran.append}, lambda: asked.append(context.scope().role), lambda: bool(ran))
    assert len(ran) == 1
    assert asked == [DatabaseRole.WORKER]
    heard = owner.scalar(text("SELECT max(heard_at) FROM worker_heartbeat"))
    assert clock.now() - heard < timedelta(seconds=30)


def test_a_step_that_fails_does_not_end_the_worker(committed, scope):
    ask(scope, "count")
    ran = []

    def fail():
        raise RuntimeError

    work({"count": ran.append}, fail, lambda: bool(ran))
    assert len(ran) == 1
