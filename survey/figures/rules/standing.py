"""Whether a share differs clearly from the province's, or two shares from each other."""

from enum import Enum
from math import sqrt

from survey.figures.rules.interval import wilson

CONFIDENCE = 0.99
"""The confidence behind the words "cao hơn rõ" and "thấp hơn rõ".

A province compares some 120 offices at once. At 95 % chance alone would call three of them higher and three lower; at
99 % it is about one of all. One level for every page, and no correction by the number of rows, so that an office is
called the same on its own page, in a list of a commune and in that of the province.
"""


class Standing(Enum):
    """How a share stands beside a reference; UNCLEAR where chance alone may explain the difference."""

    HIGHER = "higher"
    LOWER = "lower"
    UNCLEAR = "unclear"


def standing(successes: int, n: int, reference: float) -> Standing:
    """Return whether the share of *successes* among *n* lies clearly above or below *reference* (0 to 1): its whole
    interval of CONFIDENCE does (Wilson 1927).

    >>> standing(654, 885, 0.817), standing(14, 15, 0.817)
    (<Standing.LOWER: 'lower'>, <Standing.UNCLEAR: 'unclear'>)

    Raises:
        ValueError: *n* is 0, or *successes* is not between 0 and *n*.
    """
    low, high = wilson(successes, n, CONFIDENCE)
    if low > reference:
        return Standing.HIGHER
    return Standing.LOWER if high < reference else Standing.UNCLEAR


def difference(first: tuple[int, int], second: tuple[int, int]) -> Standing:
    """Return whether the share of *first* is clearly above or below that of *second*; both are (successes, n).

    By Newcombe's interval of a difference, from Wilson's of each (Newcombe 1998, method 10), at CONFIDENCE.

    >>> difference((654, 885), (90, 100)), difference((8, 10), (9, 10))
    (<Standing.LOWER: 'lower'>, <Standing.UNCLEAR: 'unclear'>)

    Raises:
        ValueError: an n is 0, or successes are not between 0 and n.
    """
    (low1, high1), (low2, high2) = (wilson(*each, CONFIDENCE) for each in (first, second))
    p1, p2 = first[0] / first[1], second[0] / second[1]
    if p1 - p2 - sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2) > 0:
        return Standing.HIGHER
    return Standing.LOWER if p1 - p2 + sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2) < 0 else Standing.UNCLEAR
