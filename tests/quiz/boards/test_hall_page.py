"""The size of letters in a hall, by the lines that the prizes of a round take."""

import pytest

from quiz.boards.rules.reveal import Curtain
from quiz.boards.views.hall_page import HallPage, HallPrize, HallTier


def page(*tiers):
    """Return a page with tiers of (medal, number of prizes)."""
    closed = HallPrize(Curtain.CLOSED, None, None)
    return HallPage("", [HallTier("Giải", medal, [closed] * size) for medal, size in tiers], 0, 0)


@pytest.mark.parametrize(
    ("tiers", "density"),
    [
        ([(1, 1)], ""),
        ([(1, 1), (2, 2), (3, 3)], ""),
        ([(1, 1), (2, 2), (3, 4)], ""),
        ([(1, 1), (2, 2), (1, 1), (2, 2)], "tight"),
        ([(1, 1), (2, 2), (3, 3), (0, 10)], "tight"),
        ([(1, 1), (2, 2), (3, 3), (1, 1), (2, 2), (3, 3)], "tightest"),
    ],
)
def test_letters_are_smaller_the_more_lines_the_prizes_take(tiers, density):
    assert page(*tiers).density == density


def test_two_first_prizes_are_lines_as_the_others():
    alone, shared = page((1, 1)).tiers[0], page((1, 2)).tiers[0]

    assert (alone.is_first, alone.lines) == (True, 3)
    assert (shared.is_first, shared.lines) == (False, 2)
