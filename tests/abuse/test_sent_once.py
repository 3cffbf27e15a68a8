"""One answer per key: the reply to a repeated key, by sender and time."""

import threading
import time
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine

from core import clock
from core.crypto import digest, new_key
from survey.rating.models import Rating
from tests.support.locks import file_of, write_locked
from tests.support.visitor import Visitor

pytestmark = pytest.mark.both_databases


def test_the_same_rating_sent_again_gets_the_same_receipt(served, visitor):
    pairs = served.rating_form(visitor).filled(level=4, comment="Nhanh")
    before = served.count(Rating)

    first, again = visitor.post(served.rating, pairs), visitor.post(served.rating, pairs)

    assert (first.status, again.status) == (201, 200)
    assert first.receipt == again.receipt
    assert served.count(Rating) == before + 1


def test_the_same_paper_sent_again_gets_the_same_receipt(served, visitor):
    paper = served.begin(visitor, served.lam_binh)
    pairs = paper.filled(q1="A", q2="B", guess=48)

    first, again = visitor.post(paper.action, pairs), visitor.post(paper.action, pairs)

    assert (first.status, again.status) == (201, 200)
    assert first.receipt == again.receipt


def test_the_same_registration_sent_again_gets_the_same_personal_code(served, visitor):
    path = f"/thi/{served.lam_binh}/dang-ky"
    pairs = visitor.get(path).page.form().filled(name="Lò Thị Mỷ", phone="0987 000 111", birth_year=1971, consent="y")

    first, again = visitor.post(path, pairs), visitor.post(path, pairs)

    assert (first.status, again.status) == (201, 200)
    assert first.receipt == again.receipt


def test_a_replay_is_answered_after_the_close_too(served, visitor):
    slug = served.new_contest()
    paper = served.begin(visitor, slug)
    pairs = paper.filled(q1="A", guess=1)
    first = visitor.post(paper.action, pairs)
    served.change_round(slug, closes_at=clock.now())

    again = visitor.post(paper.action, pairs)

    assert (again.status, again.receipt) == (200, first.receipt)


def test_another_rating_under_the_same_key_is_refused_and_kept(served, visitor):
    form = served.rating_form(visitor)
    first = visitor.post(served.rating, form.filled(level=5))
    before = served.count(Rating)

    other = visitor.post(served.rating, form.filled(level=1, comment="Chờ lâu <b>quá</b>"))

    kept = other.page.form()
    assert other.status == 422
    assert (kept.value("level"), kept.value("comment")) == ("1", "Chờ lâu <b>quá</b>")
    assert kept.value("key") != form.value("key")
    assert served.count(Rating) == before
    assert served.find_rating(first.receipt).level == 5


def test_one_more_tap_sends_the_other_rating_as_a_new_one(served, visitor):
    form = served.rating_form(visitor)
    first = visitor.post(served.rating, form.filled(level=5))

    other = visitor.post(served.rating, visitor.post(served.rating, form.filled(level=1)).page.form().pairs)

    assert other.status == 201
    assert other.receipt != first.receipt


def test_other_answers_under_the_same_key_leave_the_first_paper(served, visitor):
    paper = served.begin(visitor, served.lam_binh)
    first = visitor.post(paper.action, paper.filled(q1="A", guess=7))

    other = visitor.post(paper.action, paper.filled(q1="B", q3="C", guess=9))

    assert other.status == 422
    assert "Câu 1: B Câu 3: C Dự đoán: 9" in other.text
    assert first.receipt not in other.html.replace("-", "")


def test_another_registration_under_the_same_key_is_refused_and_kept(served, visitor):
    path = f"/thi/{served.lam_binh}/dang-ky"
    form = visitor.get(path).page.form()
    first = visitor.post(path, form.filled(name="Bàn Văn Phú", phone="0987000222", birth_year=1980, consent="y"))

    other = visitor.post(path, form.filled(name="Bàn Thị Lan", phone="0987000222", birth_year=1985, consent="y"))

    kept = other.page.form()
    assert other.status == 422
    assert [kept.value(name) for name in ("name", "phone", "birth_year", "consent")] == [
        "Bàn Thị Lan", "0987000222", "1985", "y",
    ]  # fmt: skip
    assert first.receipt not in other.html.replace("-", "")
    assert visitor.post(path, kept.pairs).status == 201


@contextmanager
def lock_held(served, key):
    """Hold a lock as another writer: on PostgreSQL on this key, on SQLite on the database."""
    if served.backend == "sqlite":
        with write_locked(file_of(served.database_url)) as release:
            yield release
        return
    engine = create_engine(served.database_url)
    with engine.connect() as connection:
        connection.exec_driver_sql(
            "INSERT INTO core_stored_reply (key_hash, body_mac, sealed, expires_on) VALUES (%s, %s, %s, CURRENT_DATE)",
            (digest(key), b"0" * 32, b"0"),
        )
        yield connection.rollback
        connection.rollback()
    engine.dispose()


def test_a_key_in_use_waits_and_then_gets_retry_after(served, visitor):
    form = served.rating_form(visitor)
    before = served.count(Rating)
    began = time.monotonic()

    with lock_held(served, form.value("key")):
        answer = visitor.post(served.rating, form.filled(level=3))

    expected = (409, "1") if served.backend == "postgresql" else (503, "5")
    assert (answer.status, answer.headers["Retry-After"]) == expected
    assert 2 < time.monotonic() - began < 10
    assert served.count(Rating) == before
    assert visitor.post(served.rating, form.filled(level=3)).status == 201


def test_a_key_released_in_time_is_answered(served, visitor):
    form = served.rating_form(visitor)

    with lock_held(served, form.value("key")) as let_go:
        timer = threading.Timer(1, let_go)
        timer.start()
        answer = visitor.post(served.rating, form.filled(level=3))
        timer.join()

    assert answer.status == 201


BROKEN_KEYS = {
    "missing": None, "blank": "", "10 kB": "a" * 10_240, "short": "abc", "letters": "é" * 22, "break": "a" * 22 + "\n",
    "control": "\x01\x02" * 11, "list": ["a" * 21 + "b ", "x" * 22],
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN_KEYS)
def test_a_broken_key_gets_the_form_again_with_a_good_one(served, visitor, name):
    form, before = served.rating_form(visitor), served.count(Rating)

    answer = visitor.post(served.rating, form.filled(level=2, comment="Giữ lại", key=BROKEN_KEYS[name]))

    kept = answer.page.form()
    assert answer.status == 400
    assert (kept.value("level"), kept.value("comment")) == ("2", "Giữ lại")
    assert served.count(Rating) == before
    assert visitor.post(served.rating, kept.pairs).status == 201


@pytest.mark.parametrize("name", BROKEN_KEYS)
def test_a_broken_key_of_a_paper_gets_the_paper_again(served, visitor, name):
    paper = served.begin(visitor, served.lam_binh)

    answer = visitor.post(paper.action, paper.filled(q1="A", q2="C", guess=3, key=BROKEN_KEYS[name]))

    kept = answer.page.form("nop-bai")
    assert answer.status == 400
    assert [kept.value(each) for each in ("q1", "q2", "guess")] == ["A", "C", "3"]
    assert visitor.post(kept.action, kept.pairs).status == 201


@pytest.mark.parametrize("path", ["/thi/tra-cuu", "/danh-gia/tra-cuu"])
def test_a_look_up_without_a_key_works_at_the_second_tap(served, visitor, path):
    form = visitor.get(path).page.form()

    again = visitor.post(path, form.filled(code="7K3M-9QXD-2F4A-8BCE", key=None))

    assert visitor.post(path, again.page.form().pairs).status == 404


def test_a_binary_body_is_turned_away(served, visitor):
    answer = visitor.post_bytes(served.rating, bytes(range(256)) * 40, Content_Type="application/x-www-form-urlencoded")

    assert answer.status == 400


def test_the_key_is_unique_for_every_sender(served, visitor):
    form = served.rating_form(visitor)
    first = visitor.post(served.rating, form.filled(level=5, comment="của tôi"))

    with Visitor(served.live.url) as stranger:
        guessed = stranger.post(served.rating, form.filled(level=4))

    assert guessed.status == 422
    assert first.receipt not in guessed.html.replace("-", "")


def test_one_key_does_not_open_the_reply_of_another_page(served, visitor):
    key = new_key()
    paper = served.begin(visitor, served.lam_binh)
    first = visitor.post(paper.action, paper.filled(guess=5, key=key))

    answer = visitor.post(served.rating, served.rating_form(visitor).filled(level=5, key=key))

    assert answer.status == 422
    assert first.receipt not in answer.html.replace("-", "")
