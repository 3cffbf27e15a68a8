"""Workers are killed with -9 under load: nothing acknowledged is lost or counted twice."""

import os
import threading
import time

import pytest
from sqlalchemy import func, select

from core.crypto import new_key
from quiz.attempt.models import Attempt, Entry, Tally
from survey.rating.models import OptionTally, Rating
from tests.support.crowd import Crowd
from tests.support.pages import Form
from tests.support.served import round_of

pytestmark = pytest.mark.both_databases

KILLS = 100 if os.environ.get("LONG") else 12


BETWEEN = 8
"""Acknowledged answers between two kills, so that each hits a worker at work."""


def kill_workers(live, receipts, over):
    for _ in range(KILLS):
        enough, until = len(receipts) + BETWEEN, time.monotonic() + 20
        while len(receipts) < enough and time.monotonic() < until:
            time.sleep(0.005)
        live.kill_worker()
    over.set()


def rate_until(served, crowd, form: Form, receipts, over):
    """Rate without pause; *receipts* collects each acknowledged receipt."""
    while not over.is_set():
        key = new_key()
        answer = crowd.insist(served.rating, form.filled(level=4, key=key))
        assert answer.status in {200, 201}, answer.text
        receipts.append(("rating", answer.receipt))


def enter_until(served, crowd, slug, code, receipts, over):
    """Take part again and again; *receipts* collects each acknowledged receipt."""
    path = f"/thi/{slug}/vao-thi"
    enter = crowd.persist(lambda visitor: visitor.get(path)).page.form()
    while not over.is_set():
        paper = crowd.insist(path, enter.filled(code=code, key=new_key())).page.form("nop-bai")
        answer = crowd.insist(paper.action, paper.filled(q1="A", q2="A", q3="A", guess=9))
        assert answer.status in {200, 201}, answer.text
        receipts.append(("paper", answer.receipt))


def test_killed_workers_lose_nothing_and_double_nothing(served, visitor):
    slug, receipts, over, form = served.new_contest("vcnet"), [], threading.Event(), served.rating_form(visitor)
    codes, before, crowd = [served.new_code(slug) for _ in range(3)], served.count(Rating), Crowd(served, 6)
    killer = threading.Thread(target=kill_workers, args=(served.live, receipts, over))
    killer.start()
    jobs = [lambda: rate_until(served, crowd, form, receipts, over)] * 3
    jobs += [lambda code=code: enter_until(served, crowd, slug, code, receipts, over) for code in codes]

    crowd.do(lambda job: job(), jobs)

    killer.join()
    ratings, papers = [[receipt for kind, receipt in receipts if kind == which] for which in ("rating", "paper")]
    assert len(receipts) > KILLS * BETWEEN / 2
    assert_all_there_once(served, slug, ratings, papers, before)


def assert_all_there_once(served, slug, ratings, papers, before):
    assert len(set(ratings)) == len(ratings)
    assert [receipt for receipt in ratings if served.find_rating(receipt) is None] == []
    assert served.count(Rating) == before + len(ratings)
    submitted = served.attempts(slug, Attempt.submitted_at.is_not(None))
    hashes, people = {attempt.receipt_hash for attempt in submitted}, {attempt.participant_id for attempt in submitted}
    assert hashes == {served.keyring.mac("attempt-receipt", receipt) for receipt in papers}
    with served.session() as session:
        round = round_of(session, slug)
        turns = session.scalar(select(func.sum(Tally.turns)).where(Tally.round_id == round.id))
        assert (turns, len(papers)) == (len(hashes), len(hashes))
        assert session.scalar(select(func.count()).select_from(Entry).where(Entry.round_id == round.id)) == len(people)
        assert session.scalar(select(func.sum(OptionTally.count)).where(OptionTally.item == "level")) == before + len(
            ratings
        )
