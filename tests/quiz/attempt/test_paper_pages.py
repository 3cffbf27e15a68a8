"""The three requests of a paper: their statements, their cached pages, and the values of each person."""

import re
from datetime import timedelta

import pytest

from quiz.attempt.queries import paper as papers
from quiz.attempt.queries.paper import find_paper
from quiz.contest.operations.contest import set_questions
from tests.factories import MONDAY, make_contest, make_questions, this_monday
from tests.support.pages import Page
from tests.support.papers import begin, register


@pytest.fixture
def week(session):
    contest = make_contest(session, first_day=this_monday())
    session.commit()
    return contest.rounds[0]


@pytest.fixture
def code(session, keyring, week):
    return register(session, keyring, week)


def submit(client, page):
    form = Page(page).form("nop-bai")
    return client.post(form.action, data=dict(form.filled(q1="A", q2="A", q3="B", guess="480")))


def test_a_paper_takes_twelve_statements_over_its_three_requests(client, session, keyring, week, code, count_queries):
    assert submit(client, begin(client, week, code)).status_code == 201
    other = register(session, keyring, week)
    week.contest.slug  # noqa: B018 - read now: the request counts its own statements
    count_queries.clear()

    reply = submit(client, begin(client, week, other))

    assert reply.status_code == 201
    assert len(count_queries) == 12, count_queries


def test_a_cached_page_holds_no_data_of_its_first_visitor(client, session, keyring, week, code):
    first, second = (begin(client, week, each) for each in (code, register(session, keyring, week)))

    starts, keys = ([Page(each).form("nop-bai").value(name) for each in (first, second)] for name in ("start", "key"))
    assert (len(set(starts)), len(set(keys))) == (2, 2)
    assert masked(first) == masked(second)


def test_the_paper_of_a_sample_contest_says_so_and_so_does_its_door(client, session, week, code):
    week.contest.is_illustrative = True
    session.commit()

    door = client.get(f"/thi/{week.contest.slug}/vao-thi").text

    assert "Số liệu minh họa" in door
    assert "Số liệu minh họa" in begin(client, week, code)


def masked(page):
    """Return a page without the values of each request."""
    page = re.sub(r'(name="(?:key|form_token|start)" [^>]*value=|data-(?:remaining|made)-ms=)"[^"]*"', r"\1", page)
    return re.sub(r"(data-clock>)[^<]*", r"\1", page)


def test_an_organisers_correction_is_on_the_next_page(client, session, keyring, week, code):
    begin(client, week, code)
    week.contest.title, week.contest.hotline = "Tên mới", "1900 1234"
    session.commit()

    enter = client.get(f"/thi/{week.contest.slug}/vao-thi").text
    paper = begin(client, week, register(session, keyring, week))
    receipt = submit(client, paper).text

    for page in (enter, paper, receipt):
        assert "Tên mới" in page
        assert "1900 1234" in page


def test_the_questions_of_a_round_are_read_once_a_version(session, count_queries):
    week = make_contest(session).rounds[0]
    kept = find_paper(session, week.id, week.paper_version)
    count_queries.clear()

    again = find_paper(session, week.id, week.paper_version)

    assert again is kept
    assert count_queries == []


def test_questions_that_were_replaced_are_another_paper(session):
    week = make_contest(session, questions=3).rounds[0]
    kept = find_paper(session, week.id, week.paper_version)
    set_questions(session, week, make_questions(2), now=MONDAY - timedelta(days=1))

    found = find_paper(session, week.id, week.paper_version)

    assert (len(kept.questions), len(found.questions)) == (3, 2)
    assert found.key == {question.ref: {"A"} for question in week.questions}


def test_the_number_of_cached_papers_is_limited(session, monkeypatch):
    monkeypatch.setattr(papers, "MOST_KEPT", 2)
    weeks = make_contest(session, weeks=3).rounds
    for week in weeks:
        find_paper(session, week.id, week.paper_version)

    versions = [week.paper_version for week in weeks]
    assert [version for version, _language in papers._kept] == versions[1:]


def test_the_clock_learns_the_servers_time(client, week, code, count_queries):
    page = Page(begin(client, week, code))
    made = next(int(value) for _tag, name, value in page.attributes if name == "data-made-ms")
    path = f"/thi/{week.contest.slug}/gio"
    count_queries.clear()

    reply = client.get(path)

    assert 0 <= reply.json["now_ms"] - made < 60_000
    assert "no-" in reply.headers["Cache-Control"]
    assert count_queries == []
