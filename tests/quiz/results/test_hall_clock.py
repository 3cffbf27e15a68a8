"""The clock of a hall: until the start, until the end, by the server's time; nothing of anybody."""

from datetime import timedelta

import pytest

from core import clock
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
