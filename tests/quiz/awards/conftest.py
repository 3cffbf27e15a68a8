"""A contest of two closed weeks: four units, two of them with a headcount, a child, a person who is not to be named."""

from datetime import date

import pytest

from commune.models import Headcount
from quiz.contest.rules.consent import Purpose
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import SETTLING
from quiz.results.operations import closing
from quiz.results.queries.result import find_result, list_winners
from tests.factories import make_attempt, make_contest, make_participant, make_unit
from tests.support.calls import confirm_winner
from tests.support.staff import desk_in

UNITS = (("xã Xuân Lập", 4_200), ("xã Thượng Lâm", 9_700), ("xã Lâm Bình", None), ("Trường THPT Lâm Bình", None))
SILENT = (Purpose.TAKING_PART,)
NAMED = (Purpose.TAKING_PART, Purpose.NAMED)
PEOPLE = (
    # name, unit, right answers in week 2, seconds, named in public, birth year, whether they came in week 1 too
    ("Giàng A Páo", 0, 4, 95, NAMED, 1964, True),
    ("=Lò Thị Bé", 1, 4, 120, SILENT, 1988, True),
    ("Hoàng Văn Đức", 1, 4, 120, NAMED, 1975, False),
    ("Ma Thị Hoà", 2, 4, 260, NAMED, 2012, False),
    ("Nguyễn Thị Ánh", 0, 3, 88, NAMED, 1990, True),
    ("Chẩu Văn Sơn", 0, 2, 140, NAMED, 1981, True),
    ("Quan Thị Mỵ", 3, 1, 300, NAMED, 1999, False),
    ("Ma Văn Tường", 1, 0, 45, NAMED, 1970, True),
)


@pytest.fixture
def season(session, keyring):
    """Return the contest; the winners of week 2 are confirmed, neither week is published."""
    units = [make_unit(session, name=name) for name, _people in UNITS]
    for unit, (_name, people) in zip(units, UNITS, strict=True):
        if people:
            session.add(Headcount(unit_id=unit.id, people=people, as_of=date(2026, 1, 1), source="Thống kê tỉnh"))
    tiers = (Tier("Giải Nhất", 1), Tier("Giải Nhì", 2), Tier("Giải Ba", 1))
    contest = make_contest(session, units=units, questions=4, tiers=tiers)
    for name, unit, right, seconds, agreed, year, is_back in PEOPLE:
        person = make_participant(
            session, keyring, contest, name=name, unit=units[unit], agreed=agreed, birth_year=year
        )
        for round in contest.rounds[0 if is_back else 1 :]:
            make_attempt(session, keyring, round, participant=person, correct=right, seconds=seconds, guess=5)
    for round in contest.rounds:
        closing.rank_round(session, round, now=round.closes_at + SETTLING)
        for winner in list_winners(session, find_result(session, round)):
            confirm_winner(session, round, winner.participant_id, now=round.closes_at + SETTLING)
    session.commit()
    return contest


@pytest.fixture
def week(season):
    """Return the second round, which has a week before it."""
    return season.rounds[1]


@pytest.fixture
def organiser(app, session, week):
    return desk_in(app, session, week.contest.unit)
