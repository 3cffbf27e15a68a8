"""A first visit to a paper: at most 14 kB compressed in all, and three requests."""

import gzip
import re
from datetime import timedelta

import pytest

from quiz.contest.operations.contest import QuestionText, set_questions
from tests.factories import make_contest, this_monday
from tests.support.papers import begin, enter, register

GZIP = {"Accept-Encoding": "gzip"}
MOST_BYTES, MOST_REQUESTS = 14 * 1024, 3
ASKED = "Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ ban hành chương trình nào sau đây, áp dụng ở cấp xã, về"
TOPICS = (
    "khai sinh",
    "kết hôn",
    "cư trú",
    "đất đai",
    "khiếu nại",
    "tố cáo",
    "căn cước",
    "chứng thực",
    "bảo hiểm",
    "thuế",
)


def long_question(topic):
    chosen = [(letter, f"Chương trình tổng thể {letter} về {topic}", letter == "A") for letter in "ABCD"]
    return QuestionText(f"{ASKED} {topic}?", chosen)


@pytest.fixture
def week(session):
    """Create a round with ten long questions, each with four long choices."""
    contest = make_contest(session, first_day=this_monday(), shuffles=True)
    round = contest.rounds[0]
    set_questions(session, round, [long_question(topic) for topic in TOPICS], now=round.opens_at - timedelta(days=1))
    session.commit()
    return round


def test_a_paper_is_light_on_a_first_visit(client, session, keyring, week):
    """As it is sent to a browser that takes gzip, with the cookie that a first paper brings."""
    reply = enter(client, week, register(session, keyring, week), headers=GZIP)
    page = gzip.decompress(reply.data).decode()

    scripts = re.findall(r'<script src="([^"]+)"', page)
    weights = [len(reply.data), *(fetched(client, each) for each in scripts)]

    assert reply.headers.getlist("Set-Cookie")
    assert 1 + len(scripts) <= MOST_REQUESTS, scripts
    assert sum(weights) <= MOST_BYTES, weights
    assert not re.search(r'<link rel="stylesheet"|<img', page)


def fetched(client, path):
    """Return the bytes of a script as they are sent."""
    with client.get(path, headers=GZIP) as reply:
        assert reply.status_code == 200
        return len(reply.data)


def test_the_joined_script_is_the_declared_one_alone(client, week):
    joined = client.get("/static/scripts/keep+timer+offline+citizen.js")

    assert joined.status_code == 200
    assert "immutable" in joined.headers["Cache-Control"]
    assert client.get("/static/scripts/citizen+keep+timer+offline.js").status_code == 404
    assert client.get("/static/scripts/keep.js").status_code == 404


def test_every_question_has_a_stop_that_leads_to_it(client, session, keyring, week):
    page = begin(client, week, register(session, keyring, week))

    stops, places = (
        re.findall(r'class="d\d+" href="#(q\d+)"', page),
        re.findall(r'<fieldset class="q" id="(q\d+)"', page),
    )
    assert stops == places == [f"q{place}" for place in range(1, 11)]
    assert 'href="#guess"' in page
    assert 'id="guess"' in page
    assert "Câu 10/10" in page
