"""Replies that never arrive: each person sends the same form again, and has one entry with one receipt (F2)."""

import os
import re
from collections import Counter
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select

from core.crypto import new_key
from quiz.attempt.models import Attempt, Entry, Tally
from survey.rating.models import OptionTally, Rating
from tests.faults.test_concurrent_duplicates import new_people
from tests.support.crowd import Crowd
from tests.support.lossy_proxy import lossy_proxy
from tests.support.served import round_of

pytestmark = pytest.mark.both_databases

PEOPLE = 1000 if os.environ.get("LONG") else 60
SHARE = 0.3
RECEIPT = re.compile(r'<p class="code"[^>]*>([^<]+)</p>')


@pytest.fixture
def proxy(served):
    with lossy_proxy(served.live.url, share=SHARE, seed=PEOPLE) as found:
        yield found


def assert_same_receipt(proxy, bodies, answers):
    """Check that every reply to a form, lost ones included, had the receipt that its sender got in the end."""
    for body, answer in zip(bodies, answers, strict=True):
        pages = [(status, page) for status, page in proxy.pages_of(urlencode(body).encode()) if status < 400]
        assert [status for status, _ in pages] == [201] + [200] * (len(pages) - 1)
        assert {RECEIPT.search(page)[1].strip().replace("-", "") for _, page in pages} == {answer.receipt}
    assert len({answer.receipt for answer in answers}) == len(bodies)
    assert proxy.lost > len(bodies) * SHARE / 2
    assert Counter(answer.status for answer in answers)[200] > len(bodies) * SHARE / 2


def test_a_rating_whose_reply_is_lost_is_stored_once_and_has_one_receipt(served, visitor, proxy):
    form, before, crowd = served.rating_form(visitor), served.count(Rating), Crowd(proxy.url)
    bodies = [form.filled(level=at % 5 + 1, key=new_key()) for at in range(PEOPLE)]

    answers = crowd.do(lambda body: crowd.insist(served.rating, body), bodies)

    assert_same_receipt(proxy, bodies, answers)
    assert served.count(Rating) == before + PEOPLE
    assert [answer.receipt for answer in answers if served.find_rating(answer.receipt) is None] == []
    with served.session() as session:
        assert session.scalar(select(func.sum(OptionTally.count)).where(OptionTally.item == "level")) == before + PEOPLE


def test_a_paper_whose_replies_are_lost_is_begun_and_stored_once_and_has_one_receipt(served, proxy):
    slug, crowd = served.new_contest(), Crowd(proxy.url)
    enter = crowd.persist(lambda browser: browser.get(f"/thi/{slug}/vao-thi")).page.form()

    def open_paper(code):
        paper = crowd.insist(enter.action or f"/thi/{slug}/vao-thi", enter.filled(code=code, key=new_key()))
        return paper.page.form("nop-bai").filled(q1="A", q2="A", q3="A", guess=PEOPLE)

    bodies = crowd.do(open_paper, new_people(served, slug, PEOPLE))

    answers = crowd.do(lambda body: crowd.insist(f"/thi/{slug}/nop-bai", body), bodies)

    assert_same_receipt(proxy, bodies, answers)
    receipts = {served.keyring.mac("attempt-receipt", answer.receipt) for answer in answers}
    assert {attempt.receipt_hash for attempt in served.attempts(slug)} == receipts
    assert_counted_once(served, slug)


def assert_counted_once(served, slug):
    with served.session() as session:
        round = round_of(session, slug)
        tally = session.scalars(select(Tally).where(Tally.round_id == round.id)).all()
        assert len(served.attempts(slug, Attempt.submitted_at.is_not(None))) == PEOPLE
        assert len(session.scalars(select(Entry).where(Entry.round_id == round.id)).all()) == PEOPLE
        assert [sum(getattr(row, name) for row in tally) for name in ("turns", "people")] == [PEOPLE] * 2
