"""Practising with the questions of published rounds: the answer at once, nothing stored, nothing before its time."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core import clock
from core.db import Base
from quiz.contest.models import RoundQuestion
from quiz.results.operations.closing import mark_published, rank_round
from tests.factories import make_attempt, make_contest

HOUR = timedelta(hours=1)


@pytest.fixture
def contest(session, keyring):
    """Create a contest of two rounds; the first is published without a winner to call."""
    contest = make_contest(session, weeks=2, questions=3, tiers=())
    make_attempt(session, keyring, contest.rounds[0])
    rank_round(session, contest.rounds[0], now=contest.rounds[0].results_at)
    mark_published(session, contest.rounds[0], now=contest.rounds[0].results_at)
    session.commit()
    return contest


@pytest.fixture
def moved_clock(monkeypatch):
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


def address(contest, number=1, query=""):
    return f"/thi/{contest.slug}/tuan/{number}/luyen-tap{query}"


def test_an_answer_shows_the_key_the_law_and_the_next_question(client, contest):
    page = client.get(address(contest, query="?cau=1&chon=B&xem=1")).text

    assert "Chưa đúng" in page
    assert "Căn cứ số 1" in page
    assert 'luyen-tap?cau=2&amp;da=0--"' in page


def test_an_answered_page_is_kept_for_no_other_person(client, contest):
    client.get(address(contest, query="?cau=2&chon=B&xem=1"))
    client.get(address(contest, query="?cau=2&da=1--"))

    page = client.get(address(contest, query="?cau=2")).text

    assert "Căn cứ số 1" not in page
    assert "da=" not in page


def test_a_letter_that_the_question_does_not_offer_is_no_answer(client, contest):
    assert "Hãy chọn một phương án" in client.get(address(contest, query="?chon=%27&xem=1")).text


def test_a_question_says_nothing_before_an_answer(client, contest):
    page = client.get(address(contest, query="?cau=2")).text

    assert "Câu hỏi số 2?" in page
    assert "Căn cứ số 1" not in page
    assert "Đáp án đúng" not in page


def test_the_end_says_how_many_were_right(client, contest):
    assert "Bạn đúng 2 trong 3 câu." in client.get(address(contest, query="?cau=3&chon=A&xem=1&da=10")).text


def test_pressing_the_button_without_a_choice_asks_for_one(client, contest):
    page = client.get(address(contest, query="?cau=3&xem=1&da=10")).text

    assert "Hãy chọn một phương án" in page
    assert 'name="da" value="10-"' in page


def test_nothing_of_a_round_comes_before_its_publication(session, client, contest, moved_clock):
    second = contest.rounds[1]
    for moment in (second.opens_at, second.closes_at, second.results_at):
        moved_clock(moment)
        assert client.get(address(contest, 2, "?cau=1&chon=A&xem=1")).status_code == 404

    rank_round(session, second, now=second.results_at)
    session.commit()

    assert client.get(address(contest, 2, "?cau=1&chon=A&xem=1")).status_code == 404


def test_a_publication_for_a_later_hour_opens_at_that_hour(session, client, contest, moved_clock):
    second = contest.rounds[1]
    rank_round(session, second, now=second.closes_at + HOUR)
    mark_published(session, second, now=second.closes_at + HOUR)
    session.commit()

    moved_clock(second.results_at - clock.MILLISECOND)
    assert client.get(address(contest, 2)).status_code == 404
    moved_clock(second.results_at)
    assert client.get(address(contest, 2)).status_code == 200


def test_a_void_question_is_not_asked(session, client, contest):
    contest.rounds[0].questions[1].is_void = True
    session.commit()

    page = client.get(address(contest, query="?cau=2&chon=A&xem=1")).text

    assert "Câu hỏi số 3?" in page
    assert "Câu 2/2" in page


def test_the_key_is_that_of_the_newest_results(session, client, contest):
    session.scalars(select(RoundQuestion)).first().letters = "B"
    session.commit()

    assert "Đúng rồi" in client.get(address(contest, query="?chon=B&xem=1")).text


def test_practising_stores_nothing(session, client, contest):
    tables = Base.metadata.sorted_tables
    before = [session.scalar(select(func.count()).select_from(table)) for table in tables]

    reply = client.get(address(contest, query="?cau=1&chon=B&xem=1&da=01"))

    assert "Set-Cookie" not in reply.headers
    assert [session.scalar(select(func.count()).select_from(table)) for table in tables] == before


@pytest.mark.parametrize("query", ["?cau=99", "?cau=-1", "?cau=%D9%A3", "?da=%3Cscript%3E&cau=2", "?chon=%27&xem=1"])
def test_an_address_made_up_is_a_question(client, contest, query):
    reply = client.get(address(contest, query=query))

    assert reply.status_code == 200
    assert "<script>" not in reply.text.split("<main")[1].split("</main>")[0]
