"""Titles follow declared thresholds."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.figures.rules.contrast import Contrast
from survey.figures.rules.finding import (
    EXACT,
    FEW_RATINGS,
    FRACTIONS,
    Course,
    Fraction,
    Side,
    TitleNote,
    as_fraction,
    course,
    title_note,
)
from survey.figures.rules.trend import trend
from survey.instrument.rules.levels import Level


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.739, Fraction(3, 4, Side.NEARLY)),
        (0.752, Fraction(3, 4, Side.EXACTLY)),
        (0.82, Fraction(4, 5, Side.OVER)),
        (0.93, Fraction(9, 10, Side.OVER)),
        (0.97, Fraction(1, 1, Side.NEARLY)),
        (1.0, Fraction(1, 1, Side.EXACTLY)),
        (0.03, Fraction(0, 1, Side.OVER)),
        (0.0, Fraction(0, 1, Side.EXACTLY)),
    ],
)
def test_a_share_is_said_as_the_nearest_fraction(share, said):
    assert as_fraction(share) == said


@given(st.floats(0, 1))
def test_a_fraction_never_says_the_other_side(share):
    said = as_fraction(share)

    away = share - said.parts / said.of
    assert {Side.NEARLY: away < 0, Side.OVER: away > 0, Side.EXACTLY: abs(away) <= EXACT}[said.side]
    assert (said.parts, said.of) in (*FRACTIONS, (0, 1), (1, 1))


@given(st.integers(5, 500), st.none() | st.sampled_from(Contrast), st.lists(st.sampled_from(Contrast), max_size=4))
def test_a_title_of_few_ratings_compares_nothing(n, contrast, counters):
    said = title_note(n, contrast, counters)

    assert (said is TitleNote.FEW) == (n < FEW_RATINGS)
    if n >= FEW_RATINGS and contrast is None:
        assert said is TitleNote.NOTHING


def test_a_lower_counter_is_named_unless_all_of_the_office_is_lower():
    counters = [Contrast.LOWER, Contrast.UNCLEAR]

    said = [title_note(100, contrast, counters) for contrast in Contrast]

    assert said == [TitleNote.COUNTERS_LOWER, TitleNote.LOWER, TitleNote.COUNTERS_LOWER]


def months(*satisfied, n=100):
    return trend(
        {
            date(2026, place, 1): {Level.SATISFIED: count, Level.DISSATISFIED: n - count}
            for place, count in enumerate(satisfied, start=1)
        }
    )


@pytest.mark.parametrize(
    ("satisfied", "said"),
    [
        ((60, 60, 60, 80, 80), Course.SHORT),
        ((60, 60, 60, 80, 80, 80), Course.UP),
        ((80, 80, 80, 60, 60, 60), Course.DOWN),
        ((70, 71, 70, 72, 70, 71), Course.STEADY),
    ],
)
def test_the_recent_months_are_compared_with_those_before(satisfied, said):
    assert course(months(*satisfied)) is said


def test_months_without_a_share_are_passed_over():
    assert course(months(60, 60, 60, 80, 80, n=100) + months(3, n=4)) is Course.SHORT
