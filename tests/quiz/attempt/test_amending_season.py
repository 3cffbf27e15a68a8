"""Amendments of the prizes of the whole contest, before its leaders can be known."""

from dataclasses import replace

import pytest

from core.clock import MILLISECOND
from quiz.attempt.operations import amending
from quiz.contest.models import PrizeTier
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.season import SeasonRule
from tests.quiz.attempt.test_amending import alone, contest, during  # noqa: F401 fixtures
from tests.quiz.attempt.test_amending_plan import DAY, amend

FIRST = Tier("Giải Nhất chung cuộc", 1, 3_000_000)


@pytest.fixture
def whole(contest):  # noqa: F811
    """Return the contest with a prize for the whole of it."""
    contest.season_tiers = [PrizeTier(position=8, name=FIRST.name, quantity=1, amount=FIRST.amount, is_season=True)]
    return contest


@pytest.mark.parametrize("season", [(), (replace(FIRST, amount=9_000_000),), (FIRST, Tier("Giải Nhì chung cuộc", 1))])
def test_prizes_of_the_whole_contest_change_while_a_round_opens_a_day_later_alone(session, whole, alone, season):  # noqa: F811
    changed, last = replace(amending.plan_of(whole), season=season), whole.rounds[-1]

    for now in (last.opens_at - DAY + MILLISECOND, last.closes_at):
        with pytest.raises(amending.SeasonPrizesFixed):
            amend(session, alone, whole, changed, now, number=3, says_losses=True)
    amend(session, alone, whole, changed, last.opens_at - DAY, number=3, says_losses=True)

    assert tuple(tier.value for tier in whole.season_tiers) == season


def test_less_money_for_the_whole_contest_is_a_loss(session, whole, during, alone):  # noqa: F811
    less = replace(amending.plan_of(whole), season=(replace(FIRST, amount=1_000_000),))

    with pytest.raises(amending.LossNotSaid):
        amend(session, alone, whole, less, during)


def test_weekly_prizes_stay_where_those_of_the_whole_contest_change(session, whole, during, alone):  # noqa: F811
    weekly = [tier.name for tier in whole.tiers]

    amend(session, alone, whole, replace(amending.plan_of(whole), season=(replace(FIRST, amount=4_000_000),)), during)

    assert [tier.name for tier in whole.tiers] == weekly
    assert all(round.prizes is None for round in whole.rounds)


@pytest.mark.parametrize("is_frozen", [False, True])
def test_the_rounds_add_up_as_declared_once_one_of_them_is_closed(session, whole, during, alone, is_frozen):  # noqa: F811
    first, rules = whole.rounds[0], whole.rounds[1].declared
    first.frozen_at = first.closes_at if is_frozen else None
    after = amending.Declaration(replace(rules, season=SeasonRule(best=2)))

    def amended():
        return amending.amend_rules(
            session, alone, whole, 2, after, reason="Theo kế hoạch", now=during, says_losses=True
        )

    if is_frozen:
        with pytest.raises(amending.SeasonFixed):
            amended()
    else:
        assert amended().from_round == 2
