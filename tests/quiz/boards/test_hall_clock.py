"""The clock of a hall: until the start, until the end, by the server's time; nothing of anybody."""

from datetime import timedelta

import pytest

from core import clock
from core.values.week import local_date
from quiz.attempt.models import Tally
from tests.factories import make_contest

MINUTE = timedelta(minutes=1)


@pytest.fixture
def round(session):
    contest = make_contest(session, weeks=1)
    session.commit()
    return contest.rounds[0]


@pytest.fixture
def at(monkeypatch):
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


def page(client, round, query=""):
    return client.get(f"/thi/{round.contest.slug}/dong-ho{query}")


def _tally(session, round, *, day, people):
    unit = round.contest.units[0].unit_id
    session.add(
        Tally(round_id=round.id, unit_id=unit, day=local_date(day), bloc=0, turns=people, people=people, perfect=0)
    )
    session.commit()


def test_before_the_opening_it_counts_to_the_start(client, round, at):
    at(round.opens_at - 5 * MINUTE)

    assert ">5:00</b>" in page(client, round).text


def test_a_hall_begins_at_an_hour_of_its_own_and_ends_after_the_limit(client, round, at):
    at(round.opens_at + timedelta(hours=8, minutes=3))

    reply = page(client, round, "?tu=08:00")

    assert ">7:00</b>" in reply.text
    assert reply.headers["Refresh"] == "15"


def test_a_short_round_counts_to_its_close(session, client, round, at):
    round.closes_at = round.results_at = round.opens_at + 15 * MINUTE
    session.commit()
    at(round.opens_at + 5 * MINUTE)

    assert ">10:00</b>" in page(client, round).text


def test_a_long_round_has_no_clock_of_its_own(client, round, at):
    at(round.opens_at + timedelta(days=2))

    assert "Mỗi người có 10 phút" in page(client, round).text


@pytest.mark.parametrize("hour", ["25:00", "8", "<b>", "٠٨:٠٠"])
def test_an_hour_that_is_none_is_left_out(client, round, at, hour):
    at(round.opens_at + timedelta(days=2))

    assert "Mỗi người có 10 phút" in page(client, round, f"?tu={hour}").text


def test_after_the_time_it_says_so(client, round, at):
    at(round.opens_at + timedelta(hours=9))

    assert "Hết giờ" in page(client, round, "?tu=08:00").text


def test_a_long_round_shows_the_time_until_its_close_and_its_rule(client, round, at):
    at(round.closes_at - timedelta(days=2, hours=6))

    text = page(client, round).text

    assert ">2<small>&nbsp;ngày </small>6<small>&nbsp;giờ</small>" in text
    assert "Xếp hạng lần lượt theo: nhiều câu đúng hơn" in text


def test_people_are_counted_up_to_the_day_that_the_board_shows(session, client, round, at):
    _tally(session, round, day=round.opens_at + timedelta(days=1), people=7)
    _tally(session, round, day=round.opens_at + timedelta(days=2), people=30)
    at(round.opens_at + timedelta(days=2, hours=9))

    text = page(client, round).text

    assert "<b>7</b><span>người đã thi<small>đến hết ngày" in text
    assert "37" not in text.split("<main")[1].split("</ul>")[0]


def test_people_are_not_counted_where_they_are_guessed(session, client, round, at):
    round.rules = round.rules | {"guess_target": "people"}
    _tally(session, round, day=round.opens_at + timedelta(days=1), people=7)
    at(round.opens_at + timedelta(days=2, hours=9))

    assert "người đã thi" not in page(client, round).text
