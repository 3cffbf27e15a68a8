"""The figures of units over several rounds, against a plain recount of what people did."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from privacy.models.holder import NewFacts
from quiz.attempt.operations.attempt import start_attempt
from quiz.awards.queries.collective import draft_collective
from quiz.contest.models import Round
from quiz.contest.rules.presets import Counts
from quiz.contest.rules.schedule import SETTLING
from quiz.contest.rules.terms import CollectiveMeasure, PrizeTerms
from quiz.persons.operations.correction import correct_participants
from quiz.results.models import Exclusion
from quiz.results.operations.closing import rank_round
from quiz.results.queries.result import find_result, list_winners
from tests.factories import make_attempt, make_contest, make_participant, make_unit
from tests.quiz.results.test_exclusion import exclude
from tests.support.calls import confirm_winner, pass_winner

CAP = 2
OWN = {
    "Chi": "xã Thượng Lâm",
    "An": "thôn Nà Tông",
    "Bé": "xã Thượng Lâm",
    "Dũng": "xã Bình An",
    "Em": "xã Bình An",
    "Giang": "xã Bình An",
}
"""The unit of each person, the fastest first."""
PAPERS = (
    {"An": [2, 3, 1], "Bé": [3], "Chi": [1, 2, 2, 3], "Dũng": [2], "Giang": [2]},
    {"An": [1], "Chi": [3, 3], "Dũng": [3], "Em": [2], "Giang": [2]},
    {"Bé": [3, 3, 3]},
)
"""Right answers of each paper by person and round; the third round is still open."""
MOVED = {"Chi": "xã Bình An"}
"""The unit of somebody who moved between the first round and the second, and back after the second."""
EXCLUDED = ((1, "Dũng"), (2, "Em"))
COMMUNE = {"thôn Nà Tông": "xã Thượng Lâm"}


@pytest.fixture
def contest(session):
    home, other = make_unit(session, name="xã Thượng Lâm"), make_unit(session, name="xã Bình An")
    village = make_unit(session, name="thôn Nà Tông", kind="village", parent=home)
    contest = make_contest(session, weeks=3, units=[home, other, village], tries=None, counts=Counts.BEST)
    contest.terms = PrizeTerms(measure=CollectiveMeasure.CAPPED, cap=CAP).to_dict()
    return contest


@pytest.fixture
def people(session, keyring, contest):
    """Hold two rounds, with winners called and papers excluded, and let a third run; return the people by name."""
    units = {each.unit.name: each.unit for each in contest.units}
    people = {name: make_participant(session, keyring, contest, name=name, unit=units[OWN[name]]) for name in OWN}
    who = people["Chi"]
    for round, papers, unit in zip(contest.rounds, PAPERS, ("", MOVED["Chi"], OWN["Chi"]), strict=True):
        if unit:
            facts, moment = NewFacts("Chi", unit_id=units[unit].id), contest.rounds[round.number - 2].closes_at
            correct_participants(session, keyring, [who.id], facts, moment)
        for name, each in papers.items():
            for hour, correct in enumerate(each):
                begun = round.opens_at + timedelta(hours=hour)
                values = {"correct": correct, "seconds": 100 + list(OWN).index(name), "started_at": begun}
                make_attempt(session, keyring, round, participant=people[name], **values)
            start_attempt(session, round, people[name], now=begun + timedelta(hours=9))  # and never hands it in
        if round.number < 3:
            finish(session, round, [people[name].id for number, name in EXCLUDED if number == round.number])
    return people


def finish(session, round, excluded):
    """Close *round*, confirm the first winner, pass the last one over, and exclude papers by a second version."""
    rank_round(session, round, now=round.closes_at + SETTLING)
    for who in excluded:
        exclude(session, round, who)
    first, *_others, last = list_winners(session, find_result(session, round))
    confirm_winner(session, round, first.participant_id, now=round.closes_at + SETTLING)
    pass_winner(session, round, last.participant_id)
    exclude(session, round, last.participant_id)  # a third version, in which the first winner is again


def unit_of(name, number):
    unit = MOVED.get(name, OWN[name]) if number == 2 else OWN[name]
    return COMMUNE.get(unit, unit)


def counted(excluded):
    """Return turns, capped turns, people and points of each commune, by what the people did."""
    found, last = {name: Counter() for name in ("turns", "capped", "people", "points")}, {}
    for number, papers in enumerate(PAPERS[:2], 1):
        for name, each in papers.items():
            if (number, name) in excluded:
                continue
            unit = last[name] = unit_of(name, number)
            found["turns"][unit] += len(each)
            found["capped"][unit] += min(CAP, len(each))
            found["points"][unit] += max(each)
    found["people"].update(last.values())
    return found


@pytest.mark.both_databases
def test_each_measure_is_that_of_a_plain_recount(session, contest, people):
    names = {person.id: name for name, person in people.items()}
    rows = session.scalars(select(Exclusion).where(Exclusion.until_version.is_(None)))
    excluded = {(session.get_one(Round, row.round_id).number, names[row.participant_id]) for row in rows}
    assert set(EXCLUDED) < excluded

    draft = draft_collective(session, contest, contest.rounds[2].opens_at + timedelta(days=1))

    by = {draft.units[each.ref].name: each for each in draft.figures}
    for measure, due in counted(excluded).items():
        assert {name: getattr(each, measure) for name, each in by.items()} == dict(due), measure
    won = Counter(dict.fromkeys(by, 0))
    for round in contest.rounds[:2]:
        seats = list_winners(session, find_result(session, round))
        assert [each.state for each in seats].count("confirmed") == 1 < len(seats)
        won.update(unit_of(names[each.participant_id], round.number) for each in seats if each.state == "confirmed")
    assert {name: each.winners for name, each in by.items()} == won
