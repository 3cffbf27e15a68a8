"""The order, the movement and the finding of a board."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.boards.rules.board import (
    BoardOrder,
    UnitLine,
    band,
    lower_bound,
    offered_orders,
    order_lines,
)
from quiz.boards.rules.board_finding import Lead, finding
from quiz.contest.queries.headcounts import fewest_of
from quiz.contest.rules.headcounts import usable_headcount
from survey.figures.rules.interval import wilson

RATE, PEOPLE, TURNS, CAPPED = BoardOrder


def line(ref, people, headcount=None, turns=None):
    return UnitLine(ref, people if turns is None else turns, people, headcount)


def ranks(lines, order, before=None):
    [only] = order_lines(lines, order, before).classes
    return [(each.line.ref, each.rank) for each in only.lines]


def moves(lines, order, before):
    [only] = order_lines(lines, order, before).classes
    return {each.line.ref: each.moved for each in only.lines}


def lead(lines, order, before=None):
    [only] = order_lines(lines, order, before).classes
    return finding(only.lines, order)


def test_units_are_ordered_by_people_per_inhabitant():
    assert ranks([line(1, 186, 14_300), line(2, 104, 9_700), line(3, 71, 8_800)], RATE) == [(1, 1), (2, 2), (3, 3)]


def test_equal_figures_share_a_rank():
    assert ranks([line(1, 5), line(2, 9), line(3, 5), line(4, 1)], PEOPLE) == [(2, 1), (1, 2), (3, 2), (4, 4)]


def test_a_small_unit_is_not_first_by_chance():
    small, large = line(1, 4, 2_000), line(2, 36, 19_000)

    assert small.rate > large.rate
    assert ranks([small, large], RATE) == [(2, 1), (1, 2)]


def test_a_unit_without_people_is_apart():
    ordered = order_lines([line(1, 3), line(2, 0)], PEOPLE)

    assert [each.ref for each in ordered.empty] == [2]


def test_a_unit_without_a_headcount_or_with_more_people_than_inhabitants_has_no_rank_by_rate():
    ordered = order_lines([line(1, 90, 3_000), line(2, 80), line(3, 3_001, 3_000)], RATE)

    assert [each.ref for each in ordered.unrated] == [3, 2]
    assert [each.line.ref for each in ordered.classes[0].lines] == [1]


def test_a_unit_that_was_split_has_no_rank_among_the_units_of_today():
    split = UnitLine(1, 90, 90, is_split=True)

    ordered = order_lines([split, line(2, 80)], PEOPLE)

    assert [each.ref for each in ordered.unrated] == [1]
    assert [(each.line.ref, each.rank) for each in ordered.classes[0].lines] == [(2, 1)]


def test_units_of_different_sizes_are_compared_within_their_size():
    small = [line(ref, 10 + ref, 3_000) for ref in (1, 2, 3)]
    large = [line(ref, 100 + ref, 30_000) for ref in (4, 5, 6)]

    first, second = order_lines([*small, *large], RATE).classes

    assert ([each.line.ref for each in first.lines], first.at_least, first.below) == ([6, 5, 4], 20_000, None)
    assert ([each.line.ref for each in second.lines], second.at_least, second.below) == ([3, 2, 1], None, 5_000)


def test_a_class_of_two_is_no_class():
    lines = [line(1, 10, 3_000), line(2, 11, 3_000), *(line(ref, 9, 9_000) for ref in (3, 4, 5))]

    assert len(order_lines(lines, RATE).classes) == 1


def test_movement_is_the_change_of_rank():
    before = [line(1, 9), line(2, 8), line(3, 7)]

    assert moves([line(1, 5), line(2, 6), line(3, 7), line(4, 1)], PEOPLE, before) == {3: 2, 2: 0, 1: -2, 4: None}


def test_without_a_week_before_there_is_no_movement():
    assert moves([line(1, 5), line(2, 6)], PEOPLE, None) == {1: None, 2: None}


@pytest.mark.parametrize(
    ("lines", "before", "expected"),
    [
        ([line(1, 9)], None, Lead.ALONE),
        ([line(1, 9), line(2, 9), line(3, 1)], None, Lead.SHARED),
        ([line(1, 20), line(2, 10)], None, Lead.FAR),
        ([line(1, 19), line(2, 10)], None, Lead.AHEAD),
        ([line(1, 100), line(2, 95)], None, Lead.CLOSE),
        ([line(1, 100), line(2, 94)], None, Lead.AHEAD),
        ([line(1, 20), line(2, 10)], [line(1, 5), line(2, 6)], Lead.OVERTOOK),
        ([line(1, 20), line(2, 10)], [line(1, 6), line(2, 5)], Lead.FAR),
    ],
)
def test_the_finding_follows_thresholds(lines, before, expected):
    assert lead(lines, PEOPLE, before).lead is expected


def test_a_close_finding_names_both():
    assert lead([line(1, 100), line(2, 95)], PEOPLE).refs == (1, 2)


@pytest.mark.parametrize(
    ("people", "is_open", "found"),
    [(11, True, Lead.AHEAD), (29, True, Lead.AHEAD), (30, True, Lead.FAR), (11, False, Lead.FAR)],
)
def test_few_papers_of_an_open_round_put_no_unit_far_ahead(people, is_open, found):
    [only] = order_lines([line(1, people), line(2, people // 2)], PEOPLE, None).classes

    assert finding(only.lines, PEOPLE, is_open=is_open).lead is found


def test_a_board_without_people_has_no_finding():
    assert finding((), PEOPLE) is None


def test_rates_need_a_recent_headcount_of_two_thousand():
    today = date(2026, 11, 26)

    assert usable_headcount(2_000, date(2026, 1, 1), today)
    assert not usable_headcount(1_999, date(2026, 1, 1), today)
    assert not usable_headcount(9_000, date(2011, 1, 28), today)


@pytest.mark.parametrize(
    ("kind", "are_own", "people", "is_usable"),
    [
        ("village", True, 150, True),
        ("village", True, 99, False),
        ("school", True, 100, True),
        ("village", False, 900, False),
        ("commune", True, 900, False),
    ],
)
def test_villages_among_themselves_need_a_hundred_people(kind, are_own, people, is_usable):
    fewest = fewest_of(kind, are_own=are_own)

    assert usable_headcount(people, date(2026, 1, 1), date(2026, 11, 26), fewest=fewest) is is_usable


def test_villages_of_one_commune_are_ranked_by_rate_within_their_sizes():
    small, large = [line(ref, 60, 150 + ref) for ref in (1, 2, 3)], [line(ref, 250, 800 + ref) for ref in (4, 5, 6)]

    classes = order_lines([*small, *large], RATE).classes

    assert [(each.at_least, each.below, [row.line.ref for row in each.lines]) for each in classes] == [
        (300, 1_000, [4, 5, 6]),
        (None, 300, [1, 2, 3]),
    ]


def test_communes_keep_their_classes():
    communes = [line(ref, 60, count) for ref, count in enumerate((2_000, 3_000, 4_000, 9_000, 9_500, 9_900))]

    assert [each.below for each in order_lines(communes, RATE).classes] == [5_000, 20_000]


def test_orders_are_offered_where_they_say_something():
    rated, bare = [line(1, 5, 3_000), line(2, 4, 3_000)], [line(1, 5), line(2, 4)]

    assert offered_orders(rated) == [RATE, PEOPLE]
    assert offered_orders(bare) == [PEOPLE]
    assert offered_orders([*rated, line(3, 1), line(4, 1)]) == [PEOPLE]
    assert offered_orders([line(1, 5, turns=6)]) == [PEOPLE, TURNS]


@given(st.integers(0, 5_000), st.integers(2_000, 60_000))
def test_the_lower_bound_is_wilsons(people, headcount):
    people = min(people, headcount)

    assert abs(lower_bound(people, headcount) / 10**12 - wilson(people, headcount)[0]) < 1e-4


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(2_000, 40_000)), max_size=12))
def test_every_unit_is_on_the_board_once(found):
    lines = [line(ref, people, headcount) for ref, (people, headcount) in enumerate(found)]

    ordered = order_lines(lines, RATE)

    placed = [each.line.ref for ranked in ordered.classes for each in ranked.lines]
    assert sorted(placed + [each.ref for each in (*ordered.unrated, *ordered.empty)]) == list(range(len(lines)))


@given(st.integers(0, 2_000_000))
def test_a_count_lies_in_its_band(count):
    low, high = band(count)

    assert low <= count
    assert high is None or count < high


def test_the_widest_bar_is_full():
    [only] = order_lines([line(1, 9), line(2, 3)], PEOPLE).classes

    assert [each.width for each in only.lines] == [Decimal("100.00"), Decimal("33.33")]
