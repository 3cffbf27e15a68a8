"""Find the addresses behind which a property of entries is more frequent than behind the other addresses of a round."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quiz.results.rules.chance import beta_binomial_tail
from quiz.results.rules.reviewed import ReviewedEntry, gatherings, grouped

MOST_AT_HOME = 8
"""An address with more people is no home. In the rate of a round no address weighs more than a home does."""
FEWEST_ELSEWHERE = 10
"""With fewer entries behind other addresses there is nothing to compare one with."""
UNUSUAL = 1e-4
"""An address is unusual where its count is less likely than this, over all comparisons of the round."""

Has = Callable[[ReviewedEntry], bool]


@dataclass(frozen=True, slots=True)
class _Rate:
    """How many entries of a round have a property, each address weighed as a home at most."""

    having: float
    weight: float

    def without(self, group: Sequence[ReviewedEntry], has: Has) -> _Rate:
        """Return the rate behind all other addresses than that of *group*, which is the whole of its address."""
        own = _rate([group], has)
        return _Rate(self.having - own.having, self.weight - own.weight)

    @property
    def share(self) -> float:
        """The share, never 0 or 1: what was seen and one entry more of either kind."""
        return (self.having + 1) / (self.weight + 2)


def unusual_groups(entries: Sequence[ReviewedEntry], has: Has, *, spread: float) -> list[list[ReviewedEntry]]:
    """Return, for each address, the entries with the property from those of its gatherings, or from all the rest of it,
    where it is more frequent than behind the other addresses; addresses without such entries are left out.

    Source: `algorithms` 10. Honest halls, schools and offices differ from each other more than chance alone makes
    people differ: the count is measured against a beta-binomial distribution whose shares have the variance *spread*
    times that of a single entry. An address never counts towards the rate that it is measured by, whatever the pauses
    that it makes, and many addresses of few entries count for more than few of many.
    """
    homes = grouped([entry for entry in entries if entry.is_own and entry.address], lambda entry: entry.address)
    rate, compared = _rate(homes, has), sum(_comparisons(home) for home in homes)
    found: list[list[ReviewedEntry]] = []
    for home in homes:
        elsewhere = rate.without(home, has)
        if elsewhere.weight >= FEWEST_ELSEWHERE:
            found.append(_unusual(home, has, elsewhere.share, spread, UNUSUAL / max(1, compared)))
    return [group for group in found if group]


def _unusual(
    home: Sequence[ReviewedEntry], has: Has, share: float, spread: float, by_chance: float
) -> list[ReviewedEntry]:
    """Return the entries of the unusual gatherings of an address, and of what is left if that is unusual together."""
    found: list[ReviewedEntry] = []
    left: list[ReviewedEntry] = []
    for part in gatherings(home):
        having = [entry for entry in part if has(entry)]
        if beta_binomial_tail(len(having), len(part), share, spread) < by_chance:
            found += having
        else:
            left += part
    rest = [entry for entry in left if has(entry)]
    if beta_binomial_tail(len(rest), len(left), share, spread) < by_chance:
        found += rest
    return found


def _comparisons(home: Sequence[ReviewedEntry]) -> int:
    """Return how many comparisons an address makes that could come out: those of two entries or more."""
    sizes = [len(part) for part in gatherings(home)]
    return sum(size > 1 for size in sizes) + (len(sizes) > 1)


def _rate(homes: Sequence[Sequence[ReviewedEntry]], has: Has) -> _Rate:
    weights = [min(len(home), MOST_AT_HOME) for home in homes]
    having = sum(weight * sum(map(has, home)) / len(home) for weight, home in zip(weights, homes, strict=True))
    return _Rate(having, sum(weights))
