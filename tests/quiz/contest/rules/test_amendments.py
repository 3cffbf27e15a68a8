"""Amendments of dates and prizes as values: what a round takes, and what becomes worse."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.contest.rules.amendments import (
    NOTICE,
    DateRefusal,
    DeclaredPlan,
    Loss,
    losses,
    moments,
    refuse_dates,
    rule_losses,
)
from quiz.contest.rules.presets import PRESETS, Counts, GuessBinds, GuessTarget, Ties
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import Span
from quiz.contest.rules.season import SeasonRule
from quiz.contest.rules.terms import CollectiveMeasure

START, HOUR = datetime(2026, 12, 7, tzinfo=UTC), timedelta(hours=1)
SPANS = st.tuples(*[st.integers(1, 40)] * 3).map(
    lambda at: Span(START + at[0] * HOUR, START + (at[0] + at[1]) * HOUR, START + sum(at) * HOUR)
)
TIERS = st.lists(
    st.builds(Tier, st.sampled_from("ABC"), st.integers(1, 3), st.none() | st.integers(0, 2), st.none()),
    max_size=3,
    unique_by=lambda each: each.name,
).map(tuple)
PLANS = st.builds(DeclaredPlan, st.fixed_dictionaries({1: SPANS, 2: SPANS}), TIERS, TIERS)


@given(SPANS, SPANS, st.integers(0, 130), st.booleans())
def test_nothing_that_has_begun_ends_sooner(before, after, hours, is_frozen) -> None:
    now = START + hours * HOUR

    if before != after and refuse_dates(before, after, is_frozen=is_frozen, now=now) is None:
        assert not is_frozen
        assert now < before.closes_at
        if now >= before.opens_at:
            assert after.opens_at == before.opens_at
            assert all(then >= was for was, then in zip(moments(before), moments(after), strict=True))
        else:
            assert after.opens_at > now
            sooner = [then for was, then in zip(moments(before)[:2], moments(after)[:2], strict=True) if then < was]
            assert all(then >= now + NOTICE for then in sooner)


LAM_BINH = PRESETS["lam-binh"]
LIMITED = replace(LAM_BINH, tries=3, shuffles=True, shown=5, call_days=3, most_sharing=3, most_prizes=2, rest_rounds=2)


@pytest.mark.parametrize(
    ("changes", "lost"),
    [
        ({"order": LAM_BINH.order[::-1]}, Loss.OTHER_ORDER),
        ({"counts": Counts.BEST}, Loss.OTHER_ORDER),
        ({"ties": Ties.DRAW}, Loss.OTHER_ORDER),
        ({"draw_source": "XSMB"}, Loss.OTHER_ORDER),
        ({"draw_digits": 5}, Loss.OTHER_ORDER),
        ({"guess_target": GuessTarget.PEOPLE}, Loss.OTHER_ORDER),
        ({"guess_binds": GuessBinds.COUNTED}, Loss.OTHER_ORDER),
        ({"season": SeasonRule(best=1)}, Loss.OTHER_ORDER),
        ({"tries": 2}, Loss.FEWER_TRIES),
        ({"tries": None}, None),
        ({"all_right_only": True}, Loss.FEWER_MAY_WIN),
        ({"most_prizes": 1}, Loss.FEWER_MAY_WIN),
        ({"most_prizes": None}, None),
        ({"most_sharing": 2}, Loss.FEWER_MAY_WIN),
        ({"rest_rounds": 3}, Loss.FEWER_MAY_WIN),
        ({"rest_rounds": None}, None),
        ({"call_days": 2}, Loss.FEWER_CALLS),
        ({"call_days": None}, None),
        ({"shown": 6}, Loss.MORE_QUESTIONS),
        ({"shown": None}, Loss.MORE_QUESTIONS),
        ({"shown": 4}, None),
    ],
)
def test_rules_that_take_something_and_rules_that_only_give(changes, lost) -> None:
    assert rule_losses(LIMITED, replace(LIMITED, **changes)) == ([lost] if lost else [])


def test_a_common_start_takes_time_from_who_comes_late() -> None:
    assert rule_losses(LAM_BINH, replace(LAM_BINH, starts_together=True)) == [Loss.STARTS_TOGETHER]


WAS = Span(START + 10 * HOUR, START + 20 * HOUR, START + 24 * HOUR)


@pytest.mark.parametrize(
    ("now", "opens", "closes", "results", "why"),
    [
        (9, 9.5, 21, 24, DateRefusal.SHORT_NOTICE),
        (-16, 9, 12, 25, None),
        (9, 9, 12, 13, DateRefusal.PAST),
        (10, 10, 21, 24, None),
        (10, 10, 20, 25, None),
        (10, 10, 19, 24, DateRefusal.BEGUN),
        (10, 10, 21, 23, DateRefusal.BEGUN),
        (10, 11, 21, 25, DateRefusal.BEGUN),
        (20, 10, 21, 25, DateRefusal.OVER),
    ],
)
def test_dates_of_a_round_at_each_of_its_times(now, opens, closes, results, why) -> None:
    after = Span(*(START + hours * HOUR for hours in (opens, closes, results)))

    assert refuse_dates(WAS, after, is_frozen=False, now=START + now * HOUR) is why


ONE = Tier("Giải Nhất", 2, 500_000, 1)


@pytest.mark.parametrize(
    ("tier", "found"),
    [
        (replace(ONE, quantity=3, amount=600_000), []),
        (replace(ONE, amount=400_000), [Loss.LESS_MONEY]),
        (replace(ONE, amount=None), [Loss.LESS_MONEY]),
        (replace(ONE, quantity=1), [Loss.FEWER_PRIZES]),
        (replace(ONE, bloc=2), [Loss.FEWER_PRIZES]),
    ],
)
@pytest.mark.parametrize("is_collective", [False, True])
def test_what_a_prize_loses(tier, found, is_collective) -> None:
    plans = [DeclaredPlan({}, *(((), (each,)) if is_collective else ((each,), ()))) for each in (ONE, tier)]

    assert losses(*plans) == found


FIRST, SECOND = Tier("Giải Nhất", 1, 5_000_000), Tier("Giải Nhì", 1, 3_000_000)


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ([FIRST], [Tier("Giải Khuyến khích", 1, 10_000), FIRST], [Loss.LESS_MONEY, Loss.OTHER_PRIZE]),
        ([FIRST], [Tier("Giải của thôn bạn", 1, 5_000_000), FIRST], [Loss.OTHER_PRIZE]),
        ([FIRST], [Tier("Giải Đặc biệt", 1, 9_000_000), FIRST], []),
        ([FIRST], [FIRST, Tier("Giải Khuyến khích", 1, 10_000)], []),
        ([FIRST, SECOND], [SECOND, FIRST], [Loss.LESS_MONEY, Loss.OTHER_PRIZE]),
        ([FIRST, SECOND], [replace(FIRST, quantity=2), SECOND], []),
        ([Tier("Giải Nhất", 1)], [Tier("Giải Khuyến khích", 1, 10_000), Tier("Giải Nhất", 1)], [Loss.OTHER_PRIZE]),
    ],
)
@pytest.mark.parametrize("is_collective", [False, True])
def test_a_place_keeps_its_prize_and_a_name_alone_is_not_enough(before, after, found, is_collective) -> None:
    both = [tuple(before), tuple(after)]
    plans = [DeclaredPlan({}, (), each) if is_collective else DeclaredPlan({}, each, ()) for each in both]

    assert losses(*plans) == found


BLOC_TIERS = st.lists(
    st.builds(
        Tier,
        st.sampled_from("ABCD"),
        st.integers(1, 2),
        st.none() | st.integers(0, 3),
        st.sampled_from([None, None, 1, 2]),
        st.sampled_from([None, None, CollectiveMeasure.RATE]),
    ),
    max_size=3,
).map(tuple)
PRIZE_LOSSES = {Loss.FEWER_PRIZES, Loss.LESS_MONEY, Loss.OTHER_PRIZE}


def amounts(tiers):
    return [each.amount or 0 for each in tiers for _ in range(each.quantity)]


@given(BLOC_TIERS, BLOC_TIERS | st.none(), BLOC_TIERS, st.integers(0, 3), st.integers(0, 3))
def test_no_place_gets_less_unless_that_is_named(before, after, more, at, cut) -> None:
    after = (*before[:at], *more[:cut], *before[at:]) if after is None else after
    people = losses(DeclaredPlan({}, before, ()), DeclaredPlan({}, after, ()))
    units = losses(DeclaredPlan({}, (), before), DeclaredPlan({}, (), after))

    for bloc in (None, 1, 2):
        was, now = (amounts(each for each in tiers if each.bloc in (None, bloc)) for tiers in (before, after))
        assert PRIZE_LOSSES & set(people) or falls_nowhere(was, now)
    for measure in (None, CollectiveMeasure.RATE):
        was, now = (amounts(each for each in tiers if each.measure is measure) for tiers in (before, after))
        assert PRIZE_LOSSES & set(units) or falls_nowhere(was, now)


def falls_nowhere(was, now):
    return len(now) >= len(was) and all(then <= later for then, later in zip(was, now, strict=False))


@pytest.mark.parametrize(
    ("opens", "closes", "results", "found"),
    [
        (11, 20, 24, [Loss.OPENS_LATER]),
        (10, 19, 24, [Loss.CLOSES_EARLIER]),
        (10, 20, 25, [Loss.RESULTS_LATER]),
        (10, 21, 25, []),
        (9, 20, 24, []),
    ],
)
def test_what_dates_lose(opens, closes, results, found) -> None:
    after = Span(*(START + hours * HOUR for hours in (opens, closes, results)))

    assert losses(DeclaredPlan({1: WAS}, (), ()), DeclaredPlan({1: after}, (), ())) == found


@given(PLANS, PLANS)
def test_what_is_stored_is_read_again_and_a_gain_is_no_loss(before, after) -> None:
    assert DeclaredPlan.from_dict(before.to_dict()) == before
    assert losses(before, before) == []
    cost = [sum(each.quantity for each in plan.tiers + plan.collective) for plan in (before, after)]
    assert cost[1] >= cost[0] or Loss.FEWER_PRIZES in losses(before, after)


def test_an_earlier_opening_and_an_earlier_close_are_published_a_day_before() -> None:
    before = Span(START + 48 * HOUR, START + 72 * HOUR, START + 72 * HOUR)
    sooner = Span(START + 24 * HOUR, START + 48 * HOUR, START + 48 * HOUR)

    assert refuse_dates(before, sooner, is_frozen=False, now=START) is None
    assert refuse_dates(before, sooner, is_frozen=False, now=START + HOUR) is DateRefusal.SHORT_NOTICE


def test_an_earlier_opening_is_a_loss_where_the_earlier_paper_wins() -> None:
    span = Span(START + 48 * HOUR, START + 72 * HOUR, START + 72 * HOUR)
    sooner = Span(START + 24 * HOUR, START + 72 * HOUR, START + 72 * HOUR)
    before, after = (DeclaredPlan({1: each}, (), ()) for each in (span, sooner))

    assert losses(before, after) == []
    assert losses(before, after, earlier_wins=True) == [Loss.OPENS_EARLIER]
