"""The bars of the boards are as long as the figures beside them say: in the page, in a hall, on the front page."""

import re
from datetime import date, timedelta

import pytest

from commune.models import Headcount
from core import clock
from quiz.results.operations.closing import mark_published, rank_round
from tests.factories import make_attempt, make_contest, make_participant, make_unit

PEOPLE = {"xã Lâm Bình": 9, "xã Thượng Lâm": 7, "xã Bình An": 5, "xã Hồng Thái": 3, "phường Minh Xuân": 2}
INHABITANTS = {"xã Lâm Bình": 2_000, "xã Thượng Lâm": 2_500, "xã Bình An": 2_200, "xã Hồng Thái": 2_800}
BAR = r'<rect class="bar[5q]" width="([\d.]+)%" height="100%"/></svg>'


@pytest.fixture
def contest(session, keyring, monkeypatch):
    """Create a published week of five units, of which four have a headcount; one person took part twice."""
    units = {name: make_unit(session, name=name) for name in PEOPLE}
    for name, people in INHABITANTS.items():
        session.add(Headcount(unit_id=units[name].id, people=people, as_of=date(2026, 1, 1), source="Thống kê tỉnh"))
    contest = make_contest(session, units=list(units.values()), weeks=1, preset="vcnet")
    round = contest.rounds[0]
    for name, people in PEOPLE.items():
        for _ in range(people):
            person = make_participant(session, keyring, contest, unit=units[name])
            make_attempt(session, keyring, round, participant=person)
    again = round.opens_at + timedelta(hours=5)
    make_attempt(session, keyring, round, participant=person, started_at=again)
    rank_round(session, round, now=round.results_at)
    mark_published(session, round, now=round.results_at)
    session.commit()
    monkeypatch.setattr(clock, "now", lambda: round.results_at)
    return contest


def number(text):
    return float(text.replace(".", "").replace(",", "."))


def assert_as_long_as_said(rows, most):
    """Check (width in percent, figure as printed) of *rows*; the full length stands for *most*."""
    for width, said in rows:
        rounded = 0.05 if "," in said else 0.0
        assert float(width) == pytest.approx(100 * number(said) / most, abs=200 * rounded / most + 0.01)


@pytest.mark.parametrize(("order", "least"), [("nguoi", 5), ("luot", 5), ("dan", 4)])
def test_bars_of_a_board_are_as_long_as_their_figures(client, contest, order, least):
    page = client.get(f"/thi/{contest.slug}/bang?tuan=1&xep={order}").text

    for race in re.findall(r'<ol class="race.*?</ol>', page, re.S):
        rows = re.findall(rf'{BAR}<span class="val">([\d.,]+)<', race)
        assert_as_long_as_said(rows, max(number(said) for _width, said in rows))
    assert len(re.findall(BAR, page)) >= least


def test_bars_in_a_hall_are_as_long_as_their_figures_beside_the_leader(client, contest):
    page = client.get(f"/thi/{contest.slug}/bang?chieu=dung&tuan=1&xep=nguoi").text
    leader = number(re.search(r'<div class="plate"><strong>([\d.,]+)</strong>', page)[1])

    rows = re.findall(rf'{BAR}<span class="val">([\d.,]+)<', page)

    assert [said for _width, said in rows] == ["3", "2"]
    assert leader == 9
    assert_as_long_as_said(rows, leader)


def test_bars_of_the_front_page_are_as_long_as_their_figures(client, contest):
    page = client.get("/").text

    rows = [(width, said) for said, width in re.findall(rf"<b>([\d.,]+)</b><svg [^>]*>.*?{BAR}", page)]

    assert len(rows) == 3
    assert_as_long_as_said(rows, max(number(said) for _width, said in rows))
