"""How long a door stays shut after tries in vain."""

from datetime import timedelta

FREE = 5
"""Tries that cost nothing: people mistype, and forget which of three passwords it was."""
FIRST = timedelta(seconds=2)
LONGEST = timedelta(minutes=15)
"""Long enough that a hundred tries take a day, short enough that nobody has to be called."""


def delay_after(tries: int) -> timedelta:
    """How long to wait after *tries* in vain: nothing for the first five, then doubling, at most a quarter of an hour.

    >>> [delay_after(tries).seconds for tries in (0, 4, 5, 6, 7, 13, 14, 1000)]
    [0, 0, 2, 4, 8, 512, 900, 900]
    """
    if tries < FREE:
        return timedelta(0)
    doublings = min(tries - FREE, 16)
    return min(FIRST * (1 << doublings), LONGEST)
