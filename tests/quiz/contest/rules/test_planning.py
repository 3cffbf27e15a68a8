"""The path of a plan: shares of questions, and what a plan lacks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.contest.rules.planning import (
    BIT,
    Lack,
    PlanFacts,
    PlanStep,
    RoundFacts,
    after,
    before,
    confirmed,
    missing,
    spread,
)
from quiz.contest.rules.presets import Eligibility
from quiz.contest.rules.week_shares import RoundPlace, share_by_week, weeks_of_rounds

ASKED = PlanStep.QUESTIONS
NOW = datetime(2026, 11, 30, tzinfo=UTC)
WEEK = timedelta(weeks=1)
READY = PlanFacts(
    steps=frozenset(BIT),
    rounds=[RoundFacts(1, NOW + WEEK, 10), RoundFacts(2, NOW + 2 * WEEK, 10)],
    shown=None,
    prizes=[1_000_000],
    has_hotline=True,
    has_approver=True,
    has_unrelated_approver=True,
    eligibility=Eligibility.CALL,
    has_list=False,
)


@pytest.mark.parametrize(
    ("rated", "lacks"), [(None, []), ((2, 0), []), ((5, 1), [Lack.UNRATED]), ((1, 4), [Lack.NO_RATES])]
)
def test_a_prize_by_headcount_that_can_not_be_decided_keeps_a_contest_from_opening(rated, lacks):
    found = missing(replace(READY, rated=rated), NOW)

    assert [each.lack for each in found] == lacks
    assert [each.is_must for each in found] == [lack is Lack.NO_RATES for lack in lacks]


@given(st.integers(0, 500), st.integers(0, 52), st.none() | st.integers(1, 60))
def test_shares_are_consecutive_and_hold_each_question_once(count, rounds, each):
    shares = spread(count, rounds, each)

    assert len(shares) == rounds
    assert [part.start for part in shares] == [0, *(part.stop for part in shares)][:rounds]
    assert sum(part.stop - part.start for part in shares) == min(count, count if each is None else each * rounds) * (
        rounds > 0
    )


@given(st.integers(0, 500), st.integers(1, 52))
def test_even_shares_differ_by_one_at_most(count, rounds):
    sizes = [part.stop - part.start for part in spread(count, rounds)]

    assert max(sizes) - min(sizes) <= 1
    assert sizes == sorted(sizes, reverse=True)


@given(
    st.lists(st.none() | st.integers(1, 6), max_size=40),
    st.lists(st.tuples(st.booleans(), st.booleans()), max_size=8),
    st.none() | st.integers(1, 9),
)
def test_each_question_of_a_week_goes_to_a_round_of_that_week_or_is_left(weeks, rounds, each):
    numbers = weeks_of_rounds([is_same for is_same, _is_taking in rounds])
    places = [RoundPlace(week, is_taking) for week, (_is_same, is_taking) in zip(numbers, rounds, strict=True)]

    shares = share_by_week(weeks, places, each)

    assert sorted([*shares.left, *(at for part in shares.parts for at in part)]) == list(range(len(weeks)))
    for place, part in zip(places, shares.parts, strict=True):
        assert all(weeks[at] == place.week for at in part)
        assert len(part) <= (0 if not place.is_taking else len(weeks) if each is None else each)
    assert sum(shares.unknown.values()) + sum(shares.taken.values()) + shares.unheaded <= len(shares.left)


def test_two_papers_of_a_week_share_its_questions_and_a_blank_week_is_named():
    rounds = [RoundPlace(1), RoundPlace(1), RoundPlace(2, is_taking=False), RoundPlace(3)]

    shares = share_by_week([None, 1, 1, 1, 2, 4], rounds)

    assert list(map(list, shares.parts)) == [[1, 2], [3], [], []]
    assert (shares.unknown, shares.taken, shares.blank, shares.unheaded) == ({4: 1}, {2: 1}, [3], 1)


def test_a_complete_plan_lacks_nothing():
    assert missing(READY, NOW) == []


@pytest.mark.parametrize(
    ("change", "lack", "is_must"),
    [
        ({"steps": frozenset(BIT) - {PlanStep.RULES}}, (Lack.UNSEEN, PlanStep.RULES, ()), True),
        ({"rounds": [RoundFacts(1, NOW, 10)]}, (Lack.BEGUN, PlanStep.SCHEDULE, ()), True),
        ({"rounds": [RoundFacts(1, NOW + WEEK, 0)]}, (Lack.FIRST_BLANK, ASKED, (1,)), True),
        ({"shown": 11}, (Lack.TOO_FEW, ASKED, (1, 2)), True),
        (
            {"rounds": [READY.rounds[0], RoundFacts(2, NOW + 2 * WEEK, 0)]},
            (Lack.BLANK, ASKED, (2,)),
            False,
        ),
        ({"rounds": [READY.rounds[0], RoundFacts(2, NOW + 2 * WEEK, 9)]}, (Lack.UNEVEN, ASKED, ()), False),
        ({"prizes": []}, (Lack.NO_PRIZES, PlanStep.PRIZES, ()), False),
        ({"prizes": [1, None]}, (Lack.NO_AMOUNTS, PlanStep.PRIZES, ()), False),
        ({"has_hotline": False}, (Lack.NO_HOTLINE, PlanStep.NAMES, ()), False),
        ({"has_approver": False}, (Lack.NO_APPROVER, None, ()), False),
        ({"has_unrelated_approver": False}, (Lack.RELATED_APPROVERS, None, ()), False),
        ({"eligibility": Eligibility.ROSTER}, (Lack.NO_ROSTER, None, ()), False),
        ({"eligibility": Eligibility.CARD}, (Lack.NO_CARDS, None, ()), False),
    ],
)
def test_each_lack_is_found_alone(change, lack, is_must):
    found = missing(replace(READY, **change), NOW)

    assert [tuple(each) for each in found] == [lack]
    assert found[0].is_must is is_must


def test_what_keeps_it_from_opening_comes_first():
    found = missing(replace(READY, has_hotline=False, steps=frozenset()), NOW)

    assert [each.is_must for each in found] == [True] * 4 + [False]


def test_the_path_has_an_end_on_both_sides():
    assert [before(PlanStep.NAMES), after(PlanStep.CHECK)] == [PlanStep.NAMES, PlanStep.CHECK]
    assert [after(PlanStep.RULES), before(PlanStep.PRIZES)] == [PlanStep.QUESTIONS, PlanStep.QUESTIONS]


def test_every_confirmed_step_is_read_back():
    assert confirmed(sum(BIT.values())) == frozenset(BIT)
    assert confirmed(0) == frozenset()
