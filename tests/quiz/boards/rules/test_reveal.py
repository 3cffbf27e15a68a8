"""The order of opening prizes in a hall."""

from hypothesis import given
from hypothesis import strategies as st

from quiz.boards.rules.reveal import Curtain, curtains, steps

SIZES = st.lists(st.integers(0, 9), max_size=5)


def test_the_third_prizes_are_opened_before_the_first():
    assert curtains([1, 2], 0) == [["closed"], ["closed", "next"]]
    assert curtains([1, 2], 1) == [["closed"], ["next", "lifted"]]
    assert curtains([1, 2], 2) == [["next"], ["lifted", "open"]]
    assert curtains([1, 2], 3) == [["lifted"], ["open", "open"]]


def test_a_large_tier_is_opened_at_once():
    assert curtains([1, 5], 1) == [["next"], ["lifted"] * 5]


@given(SIZES, st.integers(0, 60))
def test_a_cloth_lies_over_the_next_step_only_and_nothing_behind_it_is_shown(sizes, opened):
    states = [state for tier in curtains(sizes, opened) for state in tier]
    order = [(tier, at) for tier, places in steps(sizes) for at in places]
    seen = [curtains(sizes, opened)[tier][at] for tier, at in order]

    assert len(states) == sum(sizes) == len(order)
    shown = [state in (Curtain.OPEN, Curtain.LIFTED) for state in seen]
    assert shown == sorted(shown, reverse=True)
    assert (Curtain.NEXT in states) is (opened < len(steps(sizes)))


@given(SIZES)
def test_after_the_last_step_everything_is_shown(sizes):
    last = [state for tier in curtains(sizes, len(steps(sizes))) for state in tier]

    assert set(last) <= {Curtain.OPEN, Curtain.LIFTED}
