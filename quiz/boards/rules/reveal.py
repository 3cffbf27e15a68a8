"""The order in which prizes are opened in a hall: from the last tier to the first."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

MOST_SINGLE = 4
"""The most prizes of a tier that are opened one by one; a larger tier is opened at once."""


class Curtain(StrEnum):
    """The state of a prize in a hall: its name is shown, a cloth lies over it, or its place is empty."""

    OPEN = "open"
    LIFTED = "lifted"
    """Opened by the present step."""
    NEXT = "next"
    CLOSED = "closed"


def steps(sizes: Sequence[int]) -> list[tuple[int, range]]:
    """Return the steps of opening tiers with these *sizes*, first prize first: the tier and its prizes.

    The last prize of the last tier comes first. No tiers have no steps; an empty tier has none.

    >>> steps([1, 2, 8])
    [(2, range(0, 8)), (1, range(1, 2)), (1, range(0, 1)), (0, range(0, 1))]
    """
    found: list[tuple[int, range]] = []
    for tier in reversed(range(len(sizes))):
        if sizes[tier] > MOST_SINGLE:
            found.append((tier, range(sizes[tier])))
        else:
            found += [(tier, range(at, at + 1)) for at in reversed(range(sizes[tier]))]
    return found


def curtains(sizes: Sequence[int], opened: int) -> list[list[Curtain]]:
    """Return the state of each prize of each tier after *opened* steps; a cloth lies over those of the next step only.

    More steps than there are leave everything open.
    """
    states = [[Curtain.CLOSED] * size for size in sizes]
    for number, (tier, places) in enumerate(steps(sizes)):
        for at in places:
            states[tier][at] = _state(number, opened)
    return states


def _state(number: int, opened: int) -> Curtain:
    if number == opened:
        return Curtain.NEXT
    if number == opened - 1:
        return Curtain.LIFTED
    return Curtain.OPEN if number < opened else Curtain.CLOSED
