"""The first people of a whole contest, and how many more share the last rank shown."""

import pytest

from quiz.boards.queries import season
from quiz.contest.rules.schedule import SETTLING
from quiz.results.operations.closing import mark_published, rank_round
from tests.factories import make_attempt, make_contest


@pytest.mark.both_databases
def test_equals_of_the_last_rank_shown_are_counted(app, session, client, keyring, monkeypatch):
    monkeypatch.setattr(season, "SHOWN", 2)
    contest = make_contest(session)
    for seconds in (60, 90, 90, 90, 120):
        make_attempt(session, keyring, contest.rounds[0], seconds=seconds)
    for round in contest.rounds:
        rank_round(session, round, now=round.closes_at + SETTLING)
        mark_published(session, round, now=round.results_at)
    session.commit()

    [front] = season.read_season(session, contest, contest.rounds)

    assert [(line.rank, line.left_out) for line in front] == [(1, 0), (2, 2)]
    assert "và 2 người nữa đồng hạng 2." in client.get(f"/thi/{contest.slug}/bang-vang").text
