"""A paper that was sent in time counts, however late a busy application reads it: nginx stamps its arrival."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from core import clock
from tests.support.nginx import nginx_before
from tests.support.visitor import Visitor

BUSY = 20 if os.environ.get("LONG") else 2
"""Seconds past the close for which no worker reads anything; gunicorn replaces one after 30."""
IDLE = 5
"""Seconds after which nginx keeps no line to the application open. A process that is continued after a stop takes an
open line for an unused one and closes it, which a busy one does not: it reads first what has come.
"""


@pytest.fixture
def proxy(served):
    """Return the address of the reference nginx before the served instance."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with nginx_before(served.live.url, Path(folder)) as url:
            yield url


@contextmanager
def busy_workers(served):
    """Hold every worker where it stands until the block ends."""
    held = served.live.workers()
    for worker in held:
        os.kill(worker, signal.SIGSTOP)
    try:
        yield
    finally:
        for worker in held:
            os.kill(worker, signal.SIGCONT)


def wait_until(moment):
    time.sleep(max(0.0, (moment - clock.now()).total_seconds()))


@pytest.mark.both_databases
def test_a_paper_in_time_is_accepted_and_a_late_one_is_not_while_all_workers_are_busy(served, proxy):
    slug = served.new_contest()
    with Visitor(proxy) as punctual, Visitor(proxy) as late, ThreadPoolExecutor() as senders:
        papers = [served.begin(each, slug) for each in (punctual, late)]
        time.sleep(IDLE)
        closes = clock.now() + timedelta(seconds=2)
        served.change_round(slug, closes_at=closes, results_at=closes + timedelta(days=1))
        with busy_workers(served):
            sent = [senders.submit(punctual.post, papers[0].action, papers[0].filled(q1="A", guess=3))]
            wait_until(closes + timedelta(milliseconds=200))
            sent.append(senders.submit(late.post, papers[1].action, papers[1].filled(q1="A", guess=3)))
            wait_until(closes + timedelta(seconds=BUSY))
            waiting = [each.done() for each in sent]
        statuses = [each.result(60).status for each in sent]

    submitted = [each.submitted_at for each in served.attempts(slug) if each.submitted_at]
    assert waiting == [False, False]
    assert statuses == [201, 410]
    assert len(submitted) == 1
    assert submitted[0] < closes
