"""How many offices lie clearly above or below the level of all, and the finding that follows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from survey.figures.rules.standing import Standing

NEARLY_ALL = 0.9
"""The part of the offices that is called nearly all of them."""


class Finding(Enum):
    """What the title of a list of offices says, from the numbers alone; it never names a cause."""

    NOTHING = "nothing"
    """No office has a figure."""
    ONE = "one"
    """A single office has one: there is nothing to compare."""
    ALIKE = "alike"
    """None is clearly different."""
    NEARLY_ALL_NEAR = "nearly all near"
    MOST_NEAR = "most near"
    APART = "apart"
    """Half or more are clearly different."""


@dataclass(frozen=True)
class Spread:
    """The number of offices with a figure by how they stand beside the level of all, and of those without."""

    higher: int
    lower: int
    unclear: int
    few: int

    @property
    def shown(self) -> int:
        """The offices with a figure."""
        return self.higher + self.lower + self.unclear

    @property
    def finding(self) -> Finding:
        """What these numbers say."""
        if self.shown < 2:
            return Finding.ONE if self.shown else Finding.NOTHING
        if self.unclear == self.shown:
            return Finding.ALIKE
        if self.unclear >= NEARLY_ALL * self.shown:
            return Finding.NEARLY_ALL_NEAR
        return Finding.MOST_NEAR if 2 * self.unclear > self.shown else Finding.APART


def spread(standings: Iterable[Standing | None]) -> Spread:
    """Count *standings*; None is an office without a figure.

    >>> spread([Standing.HIGHER, Standing.UNCLEAR, None])
    Spread(higher=1, lower=0, unclear=1, few=1)
    """
    counts = Counter(standings)
    return Spread(counts[Standing.HIGHER], counts[Standing.LOWER], counts[Standing.UNCLEAR], counts[None])
