"""A job runs once, whole or not at all."""

import time
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from core.instance import InstanceFact, find_fact
from core.jobs import JobFailed, JobOutcome, queue
from core.jobs.models import JobPart
from core.jobs.results import read_file
from core.web.extensions import db

pytestmark = pytest.mark.both_databases


def note(task, name="seen"):
    task.hold()
    task.session.add(InstanceFact(name=name, value=str(task.payload["n"])))
    task.session.flush()


def test_the_effect_of_a_job_and_its_end_are_one_transaction(bench):
    id = bench.ask()
    bench.handler = lambda task: [note(task), JobOutcome("Đã ghi.")][1]

    ran = bench.run()

    job = bench.job(id)
    assert (ran, job.state, job.said, job.attempts) == (True, "done", "Đã ghi.", 1)
    assert find_fact(bench.session, "seen") == "5"
    assert not bench.run()


def test_the_payload_is_sealed(bench):
    bench.ask(payload={"name": "Lò Thị Hòa"})

    stored = bench.session.execute(text("SELECT payload FROM core_job")).scalar()

    assert "Hòa".encode() not in bytes(stored)


def test_a_key_is_unique_among_jobs_that_have_not_failed(bench):
    first, second = bench.ask(dedupe="sheet:1"), bench.ask(dedupe="sheet:1")
    bench.handler = lambda _task: (_ for _ in ()).throw(JobFailed("Bảng hỏng."))
    bench.run()

    third = bench.ask(dedupe="sheet:1")

    assert first == second
    assert third != first
    assert bench.job(first).state == "failed"


def test_a_rolled_back_request_enqueues_no_job(bench):
    from core.jobs import Order, enqueue

    enqueue(bench.session, bench.keyring, Order("k", "Việc", "account:1", dedupe="x"), now=bench.now)
    bench.session.rollback()

    assert not bench.run()


@pytest.mark.parametrize("lost_at", [1, 2])
def test_a_job_whose_owner_lost_the_permission_before_or_while_it_ran_has_no_effect(bench, lost_at):
    asked = []

    def check(*_):
        asked.append(1)
        if len(asked) == lost_at:
            raise JobFailed("Không còn được giao việc này.")

    id = bench.ask()
    bench.handler = lambda task: [note(task), JobOutcome("Đã ghi.")][1]
    bench.check = check

    bench.run()

    job = bench.job(id)
    assert (job.state, job.said) == ("failed", "Không còn được giao việc này.")
    assert find_fact(bench.session, "seen") is None


def test_an_impossible_job_gives_its_reason_and_changes_nothing(bench):
    def handler(task):
        note(task)
        raise JobFailed("Bảng này đã được nhập.")

    id = bench.ask()
    bench.handler = handler

    bench.run()

    assert (bench.job(id).state, bench.job(id).said) == ("failed", "Bảng này đã được nhập.")
    assert find_fact(bench.session, "seen") is None


def test_an_unexpected_error_is_retried_twice_and_its_text_is_not_logged(bench, caplog):
    def handler(task):
        note(task)
        raise RuntimeError("Lò Thị Hòa 0912345678")

    id = bench.ask()
    bench.handler = handler

    states = []
    for _ in range(3):
        bench.run()
        states.append(bench.job(id).state)
        bench.now += timedelta(minutes=5)

    assert states == ["queued", "queued", "failed"]
    assert "đã thử ba lần" in bench.job(id).said
    assert find_fact(bench.session, "seen") is None
    assert "RuntimeError" in caplog.text
    assert "0912345678" not in caplog.text


def test_a_broken_off_job_waits_before_it_is_retried(bench):
    bench.ask()
    bench.handler = lambda _: 1 / 0

    bench.run()
    at_once = bench.run()
    bench.now += queue.PAUSE
    later = bench.run()

    assert (at_once, later) == (False, True)


def test_a_waiting_job_is_cancelled_at_once(bench):
    id = bench.ask()

    queue.cancel(bench.session, id, bench.now)
    bench.session.commit()

    assert bench.job(id).state == "cancelled"
    assert not bench.run()


def test_a_running_job_is_cancelled_at_its_next_sign_of_progress(bench):
    def handler(task):
        with Session(db.engine) as other:
            queue.cancel(other, task.id, bench.now)
            other.commit()
        note(task)
        task.progress(1, 2)
        return JobOutcome("Không tới đây.")

    id = bench.ask()
    bench.handler = handler

    bench.run()

    assert bench.job(id).state == "cancelled"
    assert find_fact(bench.session, "seen") is None


def test_a_stopped_worker_gives_its_job_back_without_counting_the_attempt(bench):
    def handler(task):
        bench.is_stopping = True
        task.progress(1, 2)

    id = bench.ask()
    bench.handler = handler

    bench.run()

    assert (bench.job(id).state, bench.job(id).attempts) == ("queued", 0)


def test_a_worker_that_lost_its_lease_commits_nothing(bench):
    def handler(task):
        with Session(db.engine) as other:
            later = bench.now + queue.LEASE + timedelta(seconds=1)
            assert queue.claim(other, bench.keyring, ["k"], later) is not None
            other.commit()
        task.session.add(InstanceFact(name="seen", value="twice"))
        return JobOutcome("Không được tính.")

    id = bench.ask()
    bench.handler = handler

    bench.run()

    assert (bench.job(id).state, bench.job(id).attempts, bench.job(id).said) == ("running", 2, "")
    assert find_fact(bench.session, "seen") is None


@pytest.mark.parametrize(("passed", "is_taken"), [(-3600, True), (-60, False), (60, False), (181, True)])
def test_a_job_is_taken_over_when_its_lease_is_over_or_the_clock_was_put_back(bench, passed, is_taken):
    bench.ask()
    queue.claim(bench.session, bench.keyring, ["k"], bench.now)
    bench.session.commit()

    bench.now += timedelta(seconds=passed)

    assert bench.run() == is_taken


def test_a_job_whose_workers_die_fails_with_a_reason(bench):
    id = bench.ask()
    for _ in range(3):
        queue.claim(bench.session, bench.keyring, ["k"], bench.now)
        bench.session.commit()
        bench.now += queue.LEASE + timedelta(seconds=1)

    bench.run()

    assert bench.job(id).state == "failed"
    assert "ba lần" in bench.job(id).said


def test_a_file_is_stored_sealed_in_pieces_and_put_together_again(bench, tmp_path):
    content = bytes(range(256)) * 5000
    file = tmp_path / "tep.bin"
    file.write_bytes(content)
    bench.handler = lambda _: JobOutcome("Xong.", file, "tệp.bin")
    id = bench.ask()

    bench.run()

    pieces = bench.session.query(JobPart).count()
    assert b"".join(read_file(bench.session, bench.keyring, id)) == content
    assert (pieces, bench.job(id).file_size) == (3, 1_280_000)
    assert bytes(range(256)) not in bench.session.query(JobPart).first().sealed


def test_an_ended_job_and_its_file_are_purged_after_their_days(bench, tmp_path):
    file = tmp_path / "tep.bin"
    file.write_bytes(b"x")
    bench.handler = lambda _: JobOutcome("Xong.", file, "tep.bin")
    id = bench.ask()
    bench.run()
    last_day = bench.job(id).expires_on

    kept = queue.purge_jobs(bench.session, last_day)
    gone = queue.purge_jobs(bench.session, last_day + timedelta(days=1))

    assert (kept, gone, bench.session.query(JobPart).count()) == (0, 1, 0)


def test_a_waiting_job_is_not_purged(bench):
    bench.ask()

    assert queue.purge_jobs(bench.session, date(2100, 1, 1)) == 0


def test_progress_is_seen_by_others_before_the_job_is_done(bench):
    seen = []

    def handler(task):
        task.progress(3, 10, "dòng")
        with Session(db.engine) as other:
            seen.append(other.execute(text("SELECT done, total, word FROM core_job")).one())
        return JobOutcome("Xong.")

    bench.ask()
    bench.handler = handler

    bench.run()

    assert [tuple(row) for row in seen] == [(3, 10, "dòng")]


def test_progress_while_the_job_itself_writes_does_not_wait(bench):
    waited = []

    def handler(task):
        note(task)
        begun = time.monotonic()
        task.progress(1, 2)
        waited.append(time.monotonic() - begun)
        return JobOutcome("Xong.")

    id = bench.ask()
    bench.handler = handler

    bench.run()

    assert bench.job(id).state == "done"
    assert waited[0] < 1


def test_a_savepoint_of_the_handler_is_not_committed_before_the_job_is(bench):
    def handler(task):
        task.hold()
        with task.session.begin_nested():
            task.session.add(InstanceFact(name="seen", value="half"))
        raise JobFailed("Dừng.")

    bench.ask()
    bench.handler = handler

    bench.run()

    assert find_fact(bench.session, "seen") is None
