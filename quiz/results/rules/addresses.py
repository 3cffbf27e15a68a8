"""Find the addresses behind which a property of entries is more frequent than behind the other addresses of a round."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from core.values.columns import Flags, Ints
from quiz.results.rules.chance import beta_binomial_tail
from quiz.results.rules.reviewed import WINDOW_MS, ReviewedColumns

MOST_AT_HOME = 8
"""An address with more people is no home. In the rate of a round no address weighs more than a home does."""
FEWEST_ELSEWHERE = 10
"""With fewer entries behind other addresses there is nothing to compare one with."""
UNUSUAL = 1e-4
"""An address is unusual where its count is less likely than this, over all comparisons of the round."""

Floats = npt.NDArray[np.float64]


class Homes:
    """The addresses behind which people answered themselves: their entries in parts, the gatherings of each."""

    def __init__(self, entries: ReviewedColumns) -> None:
        mine = np.flatnonzero(entries.is_own & (entries.address >= 0))
        self.places = mine[np.lexsort((entries.begun_ms[mine], entries.address[mine]))]
        is_other = np.diff(entries.address[self.places], prepend=-1) != 0
        is_later = np.diff(entries.begun_ms[self.places], prepend=0) > WINDOW_MS
        self.starts = np.flatnonzero(is_other | is_later)
        """The place at which each part begins."""
        self.firsts = np.flatnonzero(is_other[self.starts])
        """The first part of each address."""
        self.sizes = np.diff(self.starts, append=len(self.places))
        """The entries of each part."""
        parts = np.diff(self.firsts, append=len(self.starts))
        self.of_part = np.repeat(np.arange(len(self.firsts)), parts)
        """The address of each part."""
        self.comparisons = int((self.sizes > 1).sum() + (parts > 1).sum())
        """How many comparisons could come out: of parts, and of all of an address, with two entries or more."""

    def by_part(self, has: Flags) -> Ints:
        """Return how many entries of each part have a property."""
        return _sums(has[self.places].astype(np.int64), self.starts)

    def by_address(self, by_part: Ints) -> Ints:
        """Return the sums of the parts of each address."""
        return _sums(by_part, self.firsts)


def _sums(values: Ints, starts: Ints) -> Ints:
    return np.add.reduceat(values, starts) if len(starts) else np.zeros(0, np.int64)


def unusual_groups(homes: Homes, has: Flags, *, spread: float) -> list[Ints]:
    """Return, for each address, the entries with the property from those of its gatherings, or from all the rest of it,
    where it is more frequent than behind the other addresses; addresses without such entries are left out.

    Source: `algorithms` 10. Honest halls, schools and offices differ from each other more than chance alone makes
    people differ: the count is measured against a beta-binomial distribution whose shares have the variance *spread*
    times that of a single entry. An address never counts towards the rate that it is measured by, whatever the pauses
    that it makes, and many addresses of few entries count for more than few of many.
    """
    counts, people = homes.by_part(has), homes.by_address(homes.sizes)
    weights = np.minimum(people, MOST_AT_HOME)
    havings = weights * homes.by_address(counts) / np.maximum(people, 1)
    weight_of_all, having_of_all = int(weights.sum()), sum(havings.tolist())
    share = (having_of_all - havings + 1) / (weight_of_all - weights + 2)  # never 0 or 1
    is_compared = (havings > 0) & (weight_of_all - weights >= FEWEST_ELSEWHERE)
    by_chance = UNUSUAL / max(1, homes.comparisons)

    def is_rare(count: int, people: int, share: float) -> bool:
        return beta_binomial_tail(count, people, share, spread) < by_chance

    is_alone = _unusual(is_rare, counts, homes.sizes, share[homes.of_part], is_compared[homes.of_part])
    left, others = (homes.by_address(np.where(is_alone, 0, each)) for each in (counts, homes.sizes))
    is_found = is_alone | _unusual(is_rare, left, others, share, is_compared)[homes.of_part]
    chosen = np.repeat(is_found, homes.sizes) & has[homes.places]
    address = np.repeat(homes.of_part, homes.sizes)[chosen]
    ends = np.flatnonzero(np.diff(address)) + 1
    return np.split(homes.places[chosen], ends) if chosen.any() else []


def _unusual(
    is_rare: Callable[[int, int, float], bool], counts: Ints, people: Ints, share: Floats, among: Flags
) -> Flags:
    """Return which *counts* of *people* are rare, *among* those that are compared; equal ones are calculated once."""
    found, at = np.zeros(len(counts), np.bool_), np.flatnonzero(among & (counts > 0))
    rows = zip(counts[at].tolist(), people[at].tolist(), share[at].tolist(), strict=True)
    known: dict[tuple[int, int, float], bool] = {}
    for place, row in zip(at.tolist(), rows, strict=True):
        if row not in known:
            known[row] = is_rare(*row)
        found[place] = known[row]
    return found
