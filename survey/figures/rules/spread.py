"""How many offices lie clearly above or below the level of all, and the finding that follows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from survey.figures.rules.contrast import Contrast

NEARLY_ALL = 0.9
"""The part of the offices that is called nearly all of them."""


class Finding(Enum):
    """What the title of a list of offices says, from the numbers alone; it never names a cause."""

    ALIKE = "alike"
    """None is clearly different."""
    NEARLY_ALL_NEAR = "nearly all near"
    MOST_NEAR = "most near"
    APART = "apart"
    """Half or more are clearly different."""


@dataclass(frozen=True)
class Spread:
    """The number of offices by how they stand beside the level of all."""

    higher: int
    lower: int
    unclear: int

    @property
    def finding(self) -> Finding:
        """What these numbers say."""
        every = self.higher + self.lower + self.unclear
        if self.unclear == every:
            return Finding.ALIKE
        if self.unclear >= NEARLY_ALL * every:
            return Finding.NEARLY_ALL_NEAR
        return Finding.MOST_NEAR if 2 * self.unclear > every else Finding.APART


def spread(contrasts: Iterable[Contrast]) -> Spread:
    """Count *contrasts*.

    >>> spread([Contrast.HIGHER, Contrast.UNCLEAR])
    Spread(higher=1, lower=0, unclear=1)
    """
    counts = Counter(contrasts)
    return Spread(counts[Contrast.HIGHER], counts[Contrast.LOWER], counts[Contrast.UNCLEAR])
