"""The delay after failed attempts."""

from datetime import timedelta

FREE = 5
"""Attempts without a delay, for typing errors and mixed-up passwords."""
FIRST = timedelta(seconds=2)
LONGEST = timedelta(minutes=15)
"""Long enough that a hundred attempts take a day, short enough that no user needs help."""


def delay_after(tries: int) -> timedelta:
    """Return the delay after *tries* failed attempts: none for the first five, then doubling, at most a quarter of an
    hour.

    >>> [delay_after(tries).seconds for tries in (0, 4, 5, 6, 7, 13, 14, 1000)]
    [0, 0, 2, 4, 8, 512, 900, 900]
    """
    if tries < FREE:
        return timedelta(0)
    doublings = min(tries - FREE, 16)
    return min(FIRST * (1 << doublings), LONGEST)
