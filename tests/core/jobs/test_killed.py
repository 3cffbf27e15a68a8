"""Workers killed with -9, and many at once: every job takes effect exactly once."""

import os
import random
import time
from multiprocessing import Pipe

import pytest
from sqlalchemy import text

from core import clock
from core.jobs import Order, enqueue
from tests.support.processes import begin
from tests.support.working import COUNTED, ROWS, work

pytestmark = pytest.mark.both_databases

LONG = bool(os.environ.get("LONG"))


@pytest.fixture
def counted(session):
    session.execute(text(COUNTED))
    session.commit()
    return session


def begin_worker(settings, lease):
    """A worker that is at work."""
    hears, says = Pipe(duplex=False)
    process = begin(work, settings.database_url, settings.instance_path, lease, says)
    says.close()
    assert hears.recv() == "ready"
    hears.close()
    return process


def end(process):
    """Return the exit code of a worker that was asked to stop."""
    process.join(20)
    return process.exitcode


def ask(session, keyring, how_many, seconds):
    for number in range(how_many):
        order = Order("count", f"Đếm {number}", "account:1", payload={"seconds": seconds})
        enqueue(session, keyring, order, now=clock.now())
    session.commit()


def states(session):
    session.rollback()
    return dict(session.execute(text("SELECT state, count(*) FROM core_job GROUP BY state")).all())


def wait_until_done(session, how_many, patience=90):
    until = time.monotonic() + patience
    while states(session).get("done", 0) < how_many:
        assert time.monotonic() < until, states(session)
        time.sleep(0.1)


def rows(session):
    query = "SELECT count(*), count(DISTINCT job), count(DISTINCT number) FROM counted"
    return tuple(session.execute(text(query)).one())


def test_a_job_whose_worker_is_killed_is_done_once_by_another(counted, keyring, settings):
    how_many = 12 if LONG else 4
    ask(counted, keyring, how_many, 0.05)
    chance, worker = random.Random(7), begin_worker(settings, 1)
    for _ in range(30 if LONG else 6):
        time.sleep(chance.uniform(0.05, 0.4))
        worker.kill()
        worker.join()
        worker = begin_worker(settings, 1)

    wait_until_done(counted, how_many)
    worker.terminate()

    assert end(worker) == 0
    assert rows(counted) == (how_many * ROWS, how_many, ROWS)


def test_two_workers_at_once_do_each_job_once(counted, keyring, settings):
    ask(counted, keyring, 40, 0.001)
    workers = [begin_worker(settings, 60) for _ in range(2)]

    wait_until_done(counted, 40)

    for worker in workers:
        worker.terminate()
        assert end(worker) == 0
    assert rows(counted) == (40 * ROWS, 40, ROWS)
    assert counted.execute(text("SELECT max(attempts) FROM core_job")).scalar() == 1


def test_a_stopped_worker_leaves_no_job_and_no_heartbeat(counted, keyring, settings):
    ask(counted, keyring, 1, 2)
    worker = begin_worker(settings, 60)
    until = time.monotonic() + 20
    while states(counted).get("running") != 1 and time.monotonic() < until:
        time.sleep(0.05)

    worker.terminate()
    code = end(worker)

    assert code == 0
    assert set(states(counted)) <= {"queued", "done"}
    assert rows(counted) in {(0, 0, 0), (ROWS, 1, ROWS)}
    assert counted.execute(text("SELECT count(*) FROM core_worker_beat")).scalar() == 0
