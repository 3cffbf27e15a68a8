"""The database is locked for long: few writers wait, the others are refused at once, and readers go on."""

import os
import sqlite3
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from survey.rating.models import Rating
from tests.support.visitor import Visitor

POSTS = 80
SECONDS = 60 if os.environ.get("LONG") else 6
"""How long the lock is held."""


@contextmanager
def database_locked(served):
    """Hold the write lock as another process does."""
    file = served.database_url.removeprefix("sqlite:///")
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.close()


def timed(ask):
    """Return the answer, and the seconds until it came."""
    begun = time.monotonic()
    return ask(), time.monotonic() - begun


def read_until(served, path, over):
    """Open a page again and again; return the seconds that each time took."""
    took = []
    with Visitor(served.live.url) as visitor:
        while not over.is_set():
            answer, seconds = timed(lambda: visitor.get(path))
            assert answer.status == 200
            took.append(seconds)
            time.sleep(0.05)
    return took


def post(served, form):
    with Visitor(served.live.url) as visitor:
        return timed(lambda: visitor.post(served.rating, form.filled(level=2, comment="Chờ lâu quá")))


@pytest.mark.parametrize("served", ["sqlite"], indirect=True)
def test_eighty_posts_behind_a_held_lock_slow_no_reader_and_lose_no_word(served, visitor):
    forms, over, before = [served.rating_form(visitor) for _ in range(POSTS)], threading.Event(), served.count(Rating)
    pages = (served.rating, "/", f"/thi/{served.lam_binh}")

    with ThreadPoolExecutor(POSTS + len(pages)) as pool:
        reading = [pool.submit(read_until, served, path, over) for path in pages]
        with database_locked(served):
            posts = list(pool.map(lambda form: post(served, form), forms, timeout=SECONDS + 30))
            time.sleep(max(0, SECONDS - max(seconds for _, seconds in posts)))
        over.set()
        took = [seconds for each in reading for seconds in each.result()]

    again = [visitor.post(form.action, form.pairs) for form in (answer.page.form("/q/") for answer, _ in posts[:10])]
    assert Counter((answer.status, answer.headers["Retry-After"]) for answer, _ in posts) == {(503, "5"): POSTS}
    assert max(seconds for _, seconds in posts) < 10
    assert max(took) < 4  # seconds on a machine that has other work; a waiting writer has five
    assert all("Chưa lưu được" in answer.text and "Chờ lâu quá" in answer.text for answer, _ in posts)
    assert [answer.status for answer in again] == [201] * 10
    assert served.count(Rating) == before + 10
