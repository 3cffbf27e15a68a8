"""The figures of a counter, and when they may be published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.figures.rules.scorecard import LevelShare, combine, scorecard
from survey.instrument.rules.levels import Level

counts = st.dictionaries(st.sampled_from(Level), st.integers(0, 10_000))


def test_four_ratings_are_not_published():
    assert scorecard({Level.VERY_SATISFIED: 4}) is None


def test_five_ratings_are_published():
    assert scorecard({Level.VERY_SATISFIED: 5}).n == 5


def test_no_ratings_are_not_published():
    assert scorecard({}) is None


def test_the_share_is_that_of_the_top_two_levels():
    card = scorecard({Level.VERY_SATISFIED: 5, Level.SATISFIED: 3, Level.NEUTRAL: 1, Level.VERY_DISSATISFIED: 1})

    assert (card.n, card.satisfied, card.share) == (10, 8, 0.8)


def test_the_interval_is_beside_the_share():
    card = scorecard({Level.SATISFIED: 10, Level.DISSATISFIED: 1})

    assert (round(card.low, 2), round(card.high, 2)) == (0.62, 0.98)


def test_the_mean_is_of_levels_one_to_five():
    card = scorecard({Level.VERY_SATISFIED: 4, Level.VERY_DISSATISFIED: 4})

    assert card.mean == 3.0


def test_all_five_levels_are_listed_from_the_best_down_even_the_empty_ones():
    card = scorecard({Level.SATISFIED: 6, Level.DISSATISFIED: 2})

    assert card.levels == (
        LevelShare(Level.VERY_SATISFIED, 0, 0.0),
        LevelShare(Level.SATISFIED, 6, 0.75),
        LevelShare(Level.NEUTRAL, 0, 0.0),
        LevelShare(Level.DISSATISFIED, 2, 0.25),
        LevelShare(Level.VERY_DISSATISFIED, 0, 0.0),
    )


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="never negative"):
        scorecard({Level.SATISFIED: -1})


@given(counts)
def test_levels_sum_to_the_ratings(tally):
    card = scorecard(tally)

    assert card is None or sum(row.count for row in card.levels) == card.n == sum(tally.values())


@given(counts)
def test_the_mean_lies_between_one_and_five(tally):
    card = scorecard(tally)

    assert card is None or 1 <= card.mean <= 5


def test_combining_adds_level_by_level():
    whole = combine({Level.SATISFIED: 2}, {Level.SATISFIED: 3, Level.NEUTRAL: 1})

    assert whole == {
        Level.VERY_DISSATISFIED: 0,
        Level.DISSATISFIED: 0,
        Level.NEUTRAL: 1,
        Level.SATISFIED: 5,
        Level.VERY_SATISFIED: 0,
    }


@given(counts, counts)
def test_combining_ignores_order(one, other):
    assert combine(one, other) == combine(other, one)
