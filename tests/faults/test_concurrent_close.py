"""A round is closed while papers are being stored: every acknowledged paper is in the standings."""

import os
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
from tests.support.locks import file_of, write_locked
from tests.support.served import round_of

pytestmark = pytest.mark.both_databases


def stamped(when):
    return {"X_Request_Start": f"t={int(when.timestamp())}.{when.microsecond // 1000:03}"}


@contextmanager
def locked_tally(served, round_id):
    """Hold the lock that every submission needs last: on PostgreSQL the round's tally, on SQLite the database."""
    if served.backend == "sqlite":
        with write_locked(file_of(served.database_url)) as release:
            yield release
        return
    engine = create_engine(served.database_url)
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1 FROM quiz_tally WHERE round_id = %s FOR UPDATE", (round_id,))
        yield connection.rollback
    engine.dispose()


def close(served, slug):
    with served.session() as session:
        result = rank_round(session, round_of(session, slug), now=clock.now() + SETTLING)
        return result.people


def count_standings(served, slug):
    with served.session() as session:
        round = round_of(session, slug)
        return session.scalar(select(func.count()).select_from(StandingRow).where(StandingRow.round_id == round.id))


def test_a_paper_on_its_way_while_the_organiser_closes_counts_or_is_refused(served, visitor):
    slug = served.new_contest()
    early, late = served.begin(visitor, slug), served.begin(visitor, slug)
    visitor.post(early.action, early.filled(guess=1))
    just_before = clock.now()
    served.change_round(slug, closes_at=just_before + clock.MILLISECOND)
    round_id = served.attempts(slug)[0].round_id

    with locked_tally(served, round_id) as let_go, ThreadPoolExecutor(2) as pool:
        answer = pool.submit(visitor.post, late.action, late.filled(q1="A", guess=2), **stamped(just_before))
        time.sleep(0.5)
        people = pool.submit(close, served, slug)
        time.sleep(0.5)
        let_go()

    counted = 1 + (answer.result().status == 201)
    assert answer.result().status in {201, 410}
    assert people.result() == count_standings(served, slug) == counted
    assert len(served.attempts(slug, Attempt.submitted_at.is_not(None))) == counted


def test_a_paper_that_waited_until_after_the_close_is_refused_and_shown_again(served, visitor):
    slug = served.new_contest()
    paper = served.begin(visitor, slug)
    just_before = clock.now()
    served.change_round(slug, closes_at=just_before + clock.MILLISECOND)
    people = close(served, slug)

    answer = visitor.post(paper.action, paper.filled(q1="A", guess=2), **stamped(just_before))

    assert (answer.status, people, count_standings(served, slug)) == (410, 0, 0)
    assert f"Nhận bài đến {moment(just_before + clock.MILLISECOND)}." in answer.text
    assert "Câu 1: A Dự đoán: 2" in answer.text


@pytest.mark.parametrize("count", [500 if os.environ.get("LONG") else 40])
def test_posts_around_the_close_are_decided_by_their_stamp_alone(served, visitor, count):
    slug, crowd = served.new_contest("vcnet"), Crowd(served)
    papers = [served.begin(visitor, slug) for _ in range(count)]
    close = clock.now()
    served.change_round(slug, closes_at=close)

    def post(numbered):
        at, paper = numbered
        stamp = stamped(close + (at - count // 2) * clock.MILLISECOND)
        return crowd.persist(lambda browser: browser.post(paper.action, paper.filled(guess=1, key=new_key()), **stamp))

    statuses = [answer.status for answer in crowd.do(post, enumerate(papers))]

    assert statuses == [201] * (count // 2) + [410] * (count // 2)
    assert len(served.attempts(slug, Attempt.submitted_at.is_not(None))) == count // 2
