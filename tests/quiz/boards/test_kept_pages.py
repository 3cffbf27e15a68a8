"""The public pages of a contest are given again until something in them changes."""

from datetime import timedelta

import pytest

from core import clock
from quiz.contest.rules.prizes import Tier
from tests.factories import make_contest


@pytest.fixture
def contest(session):
    contest = make_contest(session, tiers=(Tier("Giải Nhất", 1),))
    session.commit()
    return contest


@pytest.fixture
def at(monkeypatch):
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


def test_kept_pages_take_one_statement(client, contest, at, count_queries):
    at(contest.rounds[0].opens_at + timedelta(hours=1))
    paths = ("/", f"/thi/{contest.slug}", f"/thi/{contest.slug}/bang")
    before = [client.get(path).text for path in paths]
    count_queries.clear()

    after = [client.get(path).text for path in paths]

    assert after == before
    assert len(count_queries) == len(paths)


def test_a_round_shows_as_open_from_its_first_moment(client, contest, at):
    opens, page = contest.rounds[0].opens_at, f"/thi/{contest.slug}"
    at(opens - clock.MILLISECOND)
    before = client.get(page).text

    at(opens)

    assert "Đăng ký trước" in before
    assert "Tôi đã có mã cá nhân" in client.get(page).text
