"""Whether a share differs clearly from the province's, or two shares from each other."""

from enum import Enum

from survey.figures.rules.interval import newcombe, wilson

CONFIDENCE = 0.99
"""The confidence behind the words "cao hơn rõ" and "thấp hơn rõ".

A province compares some 120 offices at once. At 95 % chance alone would call three of them higher and three lower; at
99 % it is about one of all. One level for every page, and no correction by the number of rows, so that an office is
called the same on its own page, in a list of a commune and in that of the province.
"""


class Contrast(Enum):
    """How a share stands beside a reference; UNCLEAR where chance alone may explain the difference."""

    HIGHER = "higher"
    LOWER = "lower"
    UNCLEAR = "unclear"


def contrast(successes: int, n: int, reference: float) -> Contrast:
    """Return whether the share of *successes* among *n* lies clearly above or below *reference* (0 to 1): its whole
    interval of CONFIDENCE does (Wilson 1927).

    >>> contrast(654, 885, 0.817), contrast(14, 15, 0.817)
    (<Contrast.LOWER: 'lower'>, <Contrast.UNCLEAR: 'unclear'>)

    Raises:
        ValueError: *n* is 0, or *successes* is not between 0 and *n*.
    """
    low, high = wilson(successes, n, CONFIDENCE)
    if low > reference:
        return Contrast.HIGHER
    return Contrast.LOWER if high < reference else Contrast.UNCLEAR


def difference(first: tuple[int, int], second: tuple[int, int]) -> Contrast:
    """Return whether the share of *first* is clearly above or below that of *second*; both are (successes, n).

    By Newcombe's interval of a difference at CONFIDENCE.

    >>> difference((654, 885), (90, 100)), difference((8, 10), (9, 10))
    (<Contrast.LOWER: 'lower'>, <Contrast.UNCLEAR: 'unclear'>)

    Raises:
        ValueError: an n is 0, or successes are not between 0 and n.
    """
    low, high = newcombe(first, second, CONFIDENCE)
    if low > 0:
        return Contrast.HIGHER
    return Contrast.LOWER if high < 0 else Contrast.UNCLEAR
