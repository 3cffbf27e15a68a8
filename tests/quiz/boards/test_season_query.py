"""The first people of a whole contest: those that the database chooses are those of the declared rule."""

import uuid
from collections import defaultdict
from itertools import permutations
from random import Random

import pytest

from quiz.boards.queries import season
from quiz.contest.rules.presets import PRESETS
from quiz.contest.rules.season import RoundLine, SeasonMeasure, SeasonRule, SeasonTie, rank_season
from quiz.results.models import Result, StandingRow
from tests.factories import MONDAY, make_contest, make_participant

pytestmark = pytest.mark.both_databases
SHOWN = 3
TIES = [order for length in (0, 1, 2, 4) for order in permutations(SeasonTie, length)][::3]
CORRECT, POINTS = SeasonMeasure
RULES = [
    *(SeasonRule(CORRECT, (None, 1, 2, 3)[at % 4], (), ties) for at, ties in enumerate(TIES)),
    *(SeasonRule(POINTS, (2, None, 3, 1)[at % 4], (5, 3, 1), ties) for at, ties in enumerate(TIES)),
    *(SeasonRule(CORRECT, best, (), (SeasonTie.DURATION,)) for best in (1, 2)),
]


@pytest.fixture
def contest(session):
    return make_contest(session, weeks=4, blocs=("Cán bộ", "Người dân"))


@pytest.fixture
def lines(session, keyring, contest):
    """Store lines of three rounds, in which many are equal; return those of the newest versions by bloc and person."""
    chance, found = Random(14), {1: defaultdict(list), 2: defaultdict(list)}
    people = [make_participant(session, keyring, contest, name=f"Người {at}", bloc=at % 2 + 1) for at in range(16)]
    for number, version in ((1, 1), (1, 2), (2, 1), (3, 1), (4, 1)):
        round = contest.rounds[number - 1]
        key = {"round_id": round.id, "version": version}
        session.add(Result(**key, turns=0, people=0, perfect=0, differences=[], made_at=MONDAY))
        for position, person in enumerate(people, 10):
            rank, correct = chance.randint(1, 4), chance.randint(1, 2)
            took = chance.choice([None, 900, 1000, 1999, 2500])
            values = {"rank": rank, "correct": correct, "duration_ms": took, "bloc": person.bloc}
            if chance.random() < 0.2:
                continue
            who = {"participant_id": person.id, "attempt_id": uuid.uuid4(), "position": position}
            session.add(StandingRow(**key, **who, **values))
            if number < 4 and (number, version) != (1, 1):
                found[person.bloc][person.id].append(RoundLine(number, rank, correct, took))
    session.flush()
    return found


def test_the_database_chooses_whom_the_rule_ranks_first(session, contest, lines, monkeypatch):
    monkeypatch.setattr(season, "SHOWN", SHOWN)

    for rule in RULES:
        contest.rules = {**PRESETS["guess"].to_dict(), "season": rule.to_dict()}
        found = season.read_season(session, contest, contest.rounds[:3])

        due = [
            rank_season(((str(who), rule.total(mine)) for who, mine in each.items()), rule) for each in lines.values()
        ]
        shown = [[(line.rank, str(line.participant_id), line.total) for line in each] for each in found]
        assert shown == [each[:SHOWN] for each in due], rule
