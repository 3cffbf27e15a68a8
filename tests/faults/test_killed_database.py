"""PostgreSQL is killed with -9 under load and started again: 503 meanwhile, and nothing acknowledged is lost (F4)."""

import os
import threading
import time

import pytest

from survey.rating.models import Rating
from tests.faults.test_killed_workers import BETWEEN, assert_all_there_once, enter_until, rate_until
from tests.support.crowd import Crowd
from tests.support.visitor import Visitor

KILLS, DOWN = (20, 1.5) if os.environ.get("LONG") else (1, 0.5)
"""How often it is killed, and the seconds that it is away each time."""
RECONNECTED = 10.0
"""Seconds after which the server is connected again by itself."""


def kill_and_start(served, server, form, receipts, over):
    """Kill the database again and again; return what a citizen sees meanwhile, and the seconds until all is well."""
    seen, took = [], []
    try:
        with Visitor(served.live.url) as visitor:
            for _ in range(KILLS):
                wait_for(receipts, len(receipts) + BETWEEN)
                server.kill()
                seen += [visitor.get(served.rating), visitor.post(served.rating, form.filled(level=1, comment="Chờ"))]
                time.sleep(DOWN)
                server.start()
                took.append(seconds_until_read(visitor, served.rating))
    finally:
        over.set()
    return seen, took


def wait_for(receipts, enough):
    until = time.monotonic() + 60
    while len(receipts) < enough:
        assert time.monotonic() < until, "nothing is acknowledged any more"
        time.sleep(0.005)


def seconds_until_read(visitor, path):
    begun = time.monotonic()
    while visitor.get(path).status != 200:
        assert time.monotonic() - begun < RECONNECTED
        time.sleep(0.05)
    return time.monotonic() - begun


@pytest.mark.parametrize("served", ["postgresql"], indirect=True)
def test_a_killed_database_loses_nothing_acknowledged_and_is_used_again_by_itself(served, visitor, postgres_server):
    slug, receipts, over, form = served.new_contest("vcnet"), [], threading.Event(), served.rating_form(visitor)
    codes, before, crowd = [served.new_code(slug) for _ in range(3)], served.count(Rating), Crowd(served, 7)
    jobs = [lambda: kill_and_start(served, postgres_server, form, receipts, over)]
    jobs += [lambda: rate_until(served, crowd, form, receipts, over)] * 3
    jobs += [lambda code=code: enter_until(served, crowd, slug, code, receipts, over) for code in codes]

    seen, took = crowd.do(lambda job: job(), jobs)[0]

    assert {(answer.status, answer.headers["Retry-After"]) for answer in seen} == {(503, "5")}
    assert all("Chưa lưu được" in answer.text and "Chờ" in answer.text for answer in seen[1::2])
    assert max(took) < RECONNECTED
    ratings, papers = [[receipt for kind, receipt in receipts if kind == which] for which in ("rating", "paper")]
    assert_all_there_once(served, slug, ratings, papers, before)
