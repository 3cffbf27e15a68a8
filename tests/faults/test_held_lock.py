"""The database is locked for long: few writers wait, the others are refused at once, and readers go on."""

import os
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from account.rules.permissions import Role
from survey.rating.models import Rating
from tests.factories import make_account, make_office, make_unit
from tests.support.locks import file_of, write_locked
from tests.support.staff import COOKIE, cookie_of
from tests.support.visitor import Visitor

POSTS = 80
SECONDS = 60 if os.environ.get("LONG") else 6
"""How long the lock is held."""


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
        with write_locked(file_of(served.database_url)):
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


def with_hotline(answer):
    """Return the form of a page that holds the number of the office."""
    return next(form for form in answer.page.forms if form.value("hotline") is not None)


@pytest.mark.parametrize("served", ["sqlite"], indirect=True)
def test_a_staff_form_behind_a_held_lock_is_shown_with_its_labels_and_sent_by_one_tap(served, visitor):
    with served.session() as session:
        unit = make_unit(session)
        office = make_office(session, unit=unit)
        path = f"/quan-tri/danh-gia/{office.slug}/sua"
        email = make_account(session, role=Role.MANAGER, unit=unit).email
    visitor.http.cookies.set(COOKIE, cookie_of(served.app, email), domain="127.0.0.1")
    form = with_hotline(visitor.get(path))

    with write_locked(file_of(served.database_url)):
        answer, seconds = timed(lambda: visitor.post(path, form.filled(host="Thanh tra tỉnh", hotline="0207 3888 123")))

    assert (answer.status, answer.page.heading) == (503, "Chưa lưu được")
    assert seconds < 10
    assert "Cơ quan chủ trì khảo sát Thanh tra tỉnh Số điện thoại hỗ trợ 0207 3888 123" in answer.text
    again = with_hotline(answer)
    assert visitor.post(again.action, again.pairs).status == 302


@pytest.mark.parametrize("served", ["sqlite"], indirect=True)
def test_a_paper_behind_a_held_lock_is_shown_in_words_and_sent_by_one_tap(served, visitor):
    paper = served.begin(visitor, served.new_contest())

    with write_locked(file_of(served.database_url)):
        answer = visitor.post(paper.action, paper.filled(q1="A", guess=480))

    again = answer.page.form(paper.action)
    assert (answer.status, answer.page.heading) == (503, "Chưa lưu được")
    assert "480" in answer.text
    assert visitor.post(again.action, again.pairs).status == 201
