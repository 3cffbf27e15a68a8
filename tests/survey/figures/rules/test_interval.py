"""Wilson's interval, against published figures and its own properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.figures.rules.interval import wilson


@st.composite
def successes_of_n(draw):
    n = draw(st.integers(1, 100_000))
    return draw(st.integers(0, n)), n


def test_ten_of_eleven_is_anything_from_62_to_98_percent():
    low, high = wilson(10, 11)

    assert (round(100 * low), round(100 * high)) == (62, 98)


def test_ninety_of_a_hundred_is_83_to_94_percent():
    low, high = wilson(90, 100)

    assert (round(100 * low), round(100 * high)) == (83, 94)


@pytest.mark.parametrize(("successes", "n"), [(0, 0), (1, 0), (-1, 5), (6, 5)])
def test_impossible_counts_have_no_interval(successes, n):
    with pytest.raises(ValueError, match="no interval"):
        wilson(successes, n)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_confidence_is_a_share_and_not_a_percentage(confidence):
    with pytest.raises(ValueError, match="confidence"):
        wilson(1, 2, confidence)


@given(successes_of_n())
def test_the_share_lies_inside_its_interval_and_the_interval_inside_0_to_1(case):
    successes, n = case

    low, high = wilson(successes, n)

    assert 0 <= low <= successes / n <= high <= 1


@given(successes_of_n())
def test_satisfied_and_dissatisfied_are_mirror_images(case):
    successes, n = case

    low, high = wilson(successes, n)

    assert wilson(n - successes, n) == pytest.approx((1 - high, 1 - low))


@given(successes_of_n())
def test_ten_times_the_ratings_never_widen_the_interval(case):
    successes, n = case

    low, high = wilson(successes, n)
    low_of_more, high_of_more = wilson(10 * successes, 10 * n)

    assert high_of_more - low_of_more < high - low
