"""A row that every submission needs is locked for long on PostgreSQL: few wait, and readers go on (F7)."""

import os
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine

from quiz.attempt.models import Attempt
from survey.rating.models import Rating
from tests.faults.test_concurrent_duplicates import papers
from tests.faults.test_held_lock import read_until, timed
from tests.support.visitor import Visitor

pytestmark = pytest.mark.parametrize("served", ["postgresql"], indirect=True)

PEOPLE = 80
SECONDS = 60 if os.environ.get("LONG") else 6
"""How long the row is held."""


@contextmanager
def row_locked(served, statement, *values):
    """Hold the lock of the rows of *statement* as another transaction does."""
    engine = create_engine(served.database_url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"{statement} FOR UPDATE", values).all()
        yield
        connection.rollback()
    engine.dispose()


def post(served, path, body):
    with Visitor(served.live.url) as visitor:
        return timed(lambda: visitor.post(path, body))


def post_behind(served, lock, path, bodies):
    """Send all *bodies* at once behind *lock*, while pages are read; return the answers and the seconds of both."""
    over, pages = threading.Event(), (served.rating, "/", f"/thi/{served.lam_binh}")
    with ThreadPoolExecutor(PEOPLE + len(pages)) as pool:
        reading = [pool.submit(read_until, served, page, over) for page in pages]
        try:
            with lock:
                begun = time.monotonic()
                answers = list(pool.map(lambda body: post(served, path, body), bodies))
                time.sleep(max(0, SECONDS - (time.monotonic() - begun)))
        finally:
            over.set()
        return answers, [seconds for each in reading for seconds in each.result()]


def assert_refused(posts, took):
    """Check that all were refused soon, with their text and a time to come back, and that readers never waited."""
    assert Counter((answer.status, answer.headers["Retry-After"]) for answer, _ in posts) == {(503, "5"): PEOPLE}
    assert all("Chưa lưu được" in answer.text for answer, _ in posts)
    assert max(seconds for _, seconds in posts) < 10
    assert max(took) < 4  # seconds on a machine that has other work; a waiting writer has three


def test_eighty_ratings_behind_a_held_row_slow_no_reader_and_lose_no_word(served, visitor):
    assert visitor.post(served.rating, served.rating_form(visitor).filled(level=2)).status == 201
    before = served.count(Rating)
    bodies = [served.rating_form(visitor).filled(level=2, comment="Chờ lâu quá") for _ in range(PEOPLE)]
    lock = row_locked(served, "SELECT 1 FROM survey_sender_count")

    posts, took = post_behind(served, lock, served.rating, bodies)

    assert_refused(posts, took)
    assert all("Chờ lâu quá" in answer.text for answer, _ in posts)
    again = [visitor.post(form.action, form.pairs) for form in (answer.page.form("/q/") for answer, _ in posts[:10])]
    assert [answer.status for answer in again] == [201] * 10
    assert served.count(Rating) == before + 10


def test_eighty_papers_behind_a_held_row_slow_no_reader_and_lose_no_answer(served, visitor):
    slug = served.new_contest()
    first, *bodies = papers(served, slug, PEOPLE + 1)
    assert visitor.post(f"/thi/{slug}/nop-bai", first).status == 201
    lock = row_locked(served, "SELECT 1 FROM quiz_tally WHERE round_id = %s", served.attempts(slug)[0].round_id)

    posts, took = post_behind(served, lock, f"/thi/{slug}/nop-bai", bodies)

    assert_refused(posts, took)
    assert len(served.attempts(slug, Attempt.submitted_at.is_not(None))) == 1
    again = [visitor.post(form.action, form.pairs) for form in (answer.page.form("nop-bai") for answer, _ in posts[:9])]
    assert [answer.status for answer in again] == [201] * 9
