"""How many offices lie clearly above or below the level of all, and the finding that follows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from survey.figures.rules.contrast import Contrast

NEARLY_ALL = 0.9
"""The part of the offices that is called nearly all of them."""


class ListFinding(Enum):
    """The title of a list of offices, from the numbers alone; it never names a cause."""

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
    def finding(self) -> ListFinding:
        """The title that follows from these numbers."""
        every = self.higher + self.lower + self.unclear
        if self.unclear == every:
            return ListFinding.ALIKE
        if self.unclear >= NEARLY_ALL * every:
            return ListFinding.NEARLY_ALL_NEAR
        return ListFinding.MOST_NEAR if 2 * self.unclear > every else ListFinding.APART


def spread(contrasts: Iterable[Contrast]) -> Spread:
    """Count *contrasts*.

    >>> spread([Contrast.HIGHER, Contrast.UNCLEAR])
    Spread(higher=1, lower=0, unclear=1)
    """
    counts = Counter(contrasts)
    return Spread(counts[Contrast.HIGHER], counts[Contrast.LOWER], counts[Contrast.UNCLEAR])
