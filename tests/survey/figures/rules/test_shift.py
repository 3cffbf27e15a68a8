"""The change of a share and its interval, against published figures and its own properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.figures.rules.shift import Group, shift


@st.composite
def groups(draw):
    n = draw(st.integers(1, 5_000))
    return Group(n, draw(st.integers(0, n)))


@pytest.mark.parametrize(
    ("before", "after", "low", "high"),
    [
        (Group(70, 56), Group(80, 48), -0.3339, -0.0524),
        (Group(10, 9), Group(10, 3), -0.8090, -0.1705),
        (Group(10, 10), Group(10, 0), -1.0, -0.6075),
    ],
)
def test_the_interval_is_newcombes_tenth(before, after, low, high):
    found = shift(before, after, 0.95)

    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(groups(), groups())
def test_the_interval_holds_the_difference_and_stays_between_minus_one_and_one(before, after):
    found = shift(before, after)

    assert -1 - 1e-9 <= found.low <= found.difference + 1e-9
    assert found.difference - 1e-9 <= found.high <= 1 + 1e-9


@given(groups(), groups())
def test_the_way_back_is_the_same_change_with_the_other_sign(before, after):
    there, back = shift(before, after), shift(after, before)

    assert there.low == pytest.approx(-back.high)
    assert there.is_clear is back.is_clear


@given(groups())
def test_the_same_group_twice_has_not_clearly_changed(group):
    assert shift(group, group).is_clear is False


def test_two_points_of_seventy_ratings_are_no_clear_change_and_of_ten_thousand_they_are():
    few, many = shift(Group(70, 52), Group(70, 54)), shift(Group(10_000, 7_400), Group(10_000, 7_600))

    assert (few.is_clear, many.is_clear) == (False, True)


@pytest.mark.parametrize(("before", "after"), [(Group(0, 0), Group(5, 5)), (Group(5, 5), Group(0, 0))])
def test_nothing_is_compared_with_an_empty_period(before, after):
    assert shift(before, after) is None
