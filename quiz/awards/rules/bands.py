"""The score bands of a round, as organisers' bulletins print them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Band(StrEnum):
    """A band of right answers: all; from 75 % on; from 25 % to below 75 %; below 25 %."""

    ALL = "all"
    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


def score_bands(marks: Mapping[int, int], asked: int) -> dict[Band, int]:
    """Return the people of each band, best first; *marks* is right answers → people, *asked* the questions of a paper.

    Source: weekly bulletins of real contests (domain, 4): 100 %, ≥ 75 %, 25–75 %, < 25 %. Each person is in one band:
    those who have all right are not counted in the second one. Exact integers, so that 3 of 4 is 75 %. No marks give
    zeros.

    Raises:
        ValueError: a paper asks nothing, or somebody has more right than it asks.

    >>> score_bands({10: 4, 8: 2, 3: 1, 2: 1}, 10)
    {<Band.ALL: 'all'>: 4, <Band.HIGH: 'high'>: 2, <Band.MIDDLE: 'middle'>: 1, <Band.LOW: 'low'>: 1}
    """
    if asked < 1 or any(right > asked for right in marks):
        raise ValueError("marks are between nothing and all of at least one question")
    found = dict.fromkeys(Band, 0)
    for right, people in marks.items():
        found[_band(right, asked)] += people
    return found


def _band(right: int, asked: int) -> Band:
    if right == asked:
        return Band.ALL
    if 4 * right >= 3 * asked:
        return Band.HIGH
    return Band.MIDDLE if 4 * right >= asked else Band.LOW
