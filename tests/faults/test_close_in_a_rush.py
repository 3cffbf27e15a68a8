"""The close comes while papers are on their way: a paper that is acknowledged is in the standings."""

import os
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, func, select

from core import clock
from core.crypto import new_key
from core.values.dates import moment
from quiz.attempt.models import Attempt
from quiz.contest.rules.schedule import SETTLING
from quiz.results.models import StandingRow
from quiz.results.operations.closing import rank_round
from tests.support.crowd import Crowd
from tests.support.ground import round_of

pytestmark = pytest.mark.both_databases


def stamped(when):
    return {"X_Request_Start": f"t={int(when.timestamp())}.{when.microsecond // 1000:03}"}


@contextmanager
def tally_held(ground, round_id):
    """Somebody holds what every submission needs last: on PostgreSQL the round's tally, on SQLite the database."""
    if ground.backend == "sqlite":
        file = ground.database_url.removeprefix("sqlite:///")
        connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        connection.execute("BEGIN IMMEDIATE")
        yield connection.rollback
        connection.close()
        return
    engine = create_engine(ground.database_url)
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1 FROM quiz_tally WHERE round_id = %s FOR UPDATE", (round_id,))
        yield connection.rollback
    engine.dispose()


def close(ground, slug):
    with ground.session() as session:
        result = rank_round(session, round_of(session, slug), now=clock.now() + SETTLING)
        return result.people


def standing(ground, slug):
    with ground.session() as session:
        round = round_of(session, slug)
        return session.scalar(select(func.count()).select_from(StandingRow).where(StandingRow.round_id == round.id))


def test_a_paper_on_its_way_while_the_organiser_closes_counts_or_is_refused(ground, visitor):
    slug = ground.new_contest()
    early, late = ground.begin(visitor, slug), ground.begin(visitor, slug)
    visitor.post(early.action, early.filled(guess=1))
    just_before = clock.now()
    ground.change_round(slug, closes_at=just_before + clock.MILLISECOND)
    round_id = ground.attempts(slug)[0].round_id

    with tally_held(ground, round_id) as let_go, ThreadPoolExecutor(2) as pool:
        answer = pool.submit(visitor.post, late.action, late.filled(q1="A", guess=2), **stamped(just_before))
        time.sleep(0.5)
        people = pool.submit(close, ground, slug)
        time.sleep(0.5)
        let_go()

    counted = 1 + (answer.result().status == 201)
    assert answer.result().status in {201, 410}
    assert people.result() == standing(ground, slug) == counted
    assert len(ground.attempts(slug, Attempt.submitted_at.is_not(None))) == counted


def test_a_paper_that_comes_out_of_the_queue_after_the_closing_is_refused_and_kept(ground, visitor):
    slug = ground.new_contest()
    paper = ground.begin(visitor, slug)
    just_before = clock.now()
    ground.change_round(slug, closes_at=just_before + clock.MILLISECOND)
    people = close(ground, slug)

    answer = visitor.post(paper.action, paper.filled(q1="A", guess=2), **stamped(just_before))

    assert (answer.status, people, standing(ground, slug)) == (410, 0, 0)
    assert f"Tuần thi đóng lúc {moment(just_before + clock.MILLISECOND)}." in answer.text
    assert "Câu 1: A Dự đoán: 2" in answer.text


@pytest.mark.parametrize("count", [100 if os.environ.get("LONG") else 40])
def test_posts_across_the_close_are_told_by_their_stamp_alone(ground, visitor, count):
    slug, crowd = ground.new_contest("vcnet"), Crowd(ground)
    papers = [ground.begin(visitor, slug) for _ in range(count)]
    close = clock.now()
    ground.change_round(slug, closes_at=close)

    def post(numbered):
        at, paper = numbered
        stamp = stamped(close + (at - count // 2) * clock.MILLISECOND)
        return crowd.persist(lambda browser: browser.post(paper.action, paper.filled(guess=1, key=new_key()), **stamp))

    statuses = [answer.status for answer in crowd.do(post, enumerate(papers))]

    assert statuses == [201] * (count // 2) + [410] * (count // 2)
    assert len(ground.attempts(slug, Attempt.submitted_at.is_not(None))) == count // 2
