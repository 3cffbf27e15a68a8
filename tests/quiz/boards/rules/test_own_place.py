"""The place of a paper: groups by score that name no small group, neighbours, and the first sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.boards.rules.own_place import (
    FEWEST,
    MOST_GROUPS,
    Neighbour,
    Praise,
    placed,
    praise,
    ring,
    score_groups,
)
from quiz.contest.rules.presets import Criterion
from quiz.results.rules.ranking import Gap

COUNTS = st.dictionaries(st.integers(0, 30), st.integers(0, 40), max_size=12)


@given(COUNTS)
def test_groups_cover_everybody_in_order_and_hide_small_ones(counts):
    groups, total = score_groups(counts), sum(counts.values())

    assert (groups == []) == (total < FEWEST)
    if groups:
        assert sum(each.people for each in groups) == total
        assert len(groups) <= MOST_GROUPS
        assert min(each.people for each in groups) >= FEWEST
        assert sum(each.width for each in groups) == pytest.approx(100)
        bounds = [bound for each in groups for bound in (each.high, each.low)]
        assert bounds == sorted(bounds, reverse=True)
        assert [each.high for each in groups[1:]] == [
            max(s for s in counts if counts[s] and s < each.low) for each in groups[:-1]
        ]


def test_the_reference_round_has_five_groups():
    found = score_groups({10: 143, 9: 118, 8: 92, 7: 61, 6: 40, 5: 20, 2: 15})

    assert [(each.high, each.low, each.people) for each in found] == [
        (10, 10, 143),
        (9, 9, 118),
        (8, 8, 92),
        (7, 7, 61),
        (6, 2, 75),
    ]


@pytest.mark.parametrize("size", [1, 3, 10, 40])
def test_the_arcs_of_a_ring_go_once_around(size):
    arcs = ring([True] * size)

    lengths = [float(arc.dash.split()[0]) for arc in arcs]
    steps = [float(one.offset) - float(other.offset) for one, other in zip(arcs, arcs[1:], strict=False)]
    assert all(step == pytest.approx(100 / size, abs=0.02) for step in steps)
    assert all(0 < length < 100 / size for length in lengths)


def test_a_tie_stands_at_the_same_place_and_another_unit_nowhere():
    tie = Neighbour(7, True, None, None, None, is_tie=True)
    other = Neighbour(5, True, Gap(Criterion.CORRECT, 1), None, None)

    assert [each.x for each in placed([tie, other], Criterion.DURATION)] == [50, None]


@pytest.mark.parametrize(
    ("rank", "correct", "has_gap", "hardest", "expected"),
    [
        (1, 10, False, 0.4, Praise.FIRST),
        (7, 10, True, 0.4, Praise.GAP),
        (50, 9, True, 0.4, Praise.GAP),
        (51, 6, True, 0.41, Praise.HARD),
        (51, 6, True, 0.8, Praise.RIGHT),
        (99, 6, True, None, Praise.RIGHT),
        (99, 0, True, None, Praise.NONE),
    ],
)
def test_a_low_result_says_first_what_was_right(rank, correct, has_gap, hardest, expected):
    said = praise(rank=rank, people=99, correct=correct, has_gap=has_gap, hardest_right=hardest)

    assert said is expected
