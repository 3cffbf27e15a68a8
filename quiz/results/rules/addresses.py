"""Find the addresses behind which a property of entries is more frequent than behind the other addresses of a round."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial

from quiz.results.rules.chance import beta_binomial_tail
from quiz.results.rules.reviewed import ReviewedEntry, gatherings, grouped

MOST_AT_HOME = 8
"""An address with more people is no home. In the rate of a round no address weighs more than a home does."""
FEWEST_ELSEWHERE = 10
"""With fewer entries behind other addresses there is nothing to compare one with."""
UNUSUAL = 1e-4
"""An address is unusual where its count is less likely than this, over all comparisons of the round."""

Has = Callable[[ReviewedEntry], bool]
Home = Sequence[Sequence[ReviewedEntry]]
"""The entries of an address, in gatherings."""
Tail = Callable[[int, int, float, float], float]
IsUnusual = Callable[[int, int], bool]


def homes_of(entries: Iterable[ReviewedEntry]) -> list[Home]:
    """Return the addresses behind which people answered themselves."""
    groups = grouped((entry for entry in entries if entry.is_own and entry.address), lambda entry: entry.address)
    return [[group] if len(group) == 1 else list(gatherings(group)) for group in groups]


def unusual_groups(homes: Sequence[Home], has: Has, *, spread: float) -> list[list[ReviewedEntry]]:
    """Return, for each address, the entries with the property from those of its gatherings, or from all the rest of it,
    where it is more frequent than behind the other addresses; addresses without such entries are left out.

    Source: `algorithms` 10. Honest halls, schools and offices differ from each other more than chance alone makes
    people differ: the count is measured against a beta-binomial distribution whose shares have the variance *spread*
    times that of a single entry. An address never counts towards the rate that it is measured by, whatever the pauses
    that it makes, and many addresses of few entries count for more than few of many.
    """
    counts = [[sum(map(has, part)) for part in home] for home in homes]
    sizes = [sum(map(len, home)) for home in homes]
    weights = [min(size, MOST_AT_HOME) for size in sizes]
    havings = [weight * sum(count) / size for weight, count, size in zip(weights, counts, sizes, strict=True)]
    weight_of_all, having_of_all = sum(weights), sum(havings)
    by_chance = UNUSUAL / max(1, sum(map(_comparisons, homes)))
    tail = lru_cache(maxsize=100_000)(beta_binomial_tail)  # most addresses are homes with few in few gatherings
    found: list[list[ReviewedEntry]] = []
    for home, count, weight, having in zip(homes, counts, weights, havings, strict=True):
        if having and weight_of_all - weight >= FEWEST_ELSEWHERE:
            share = (having_of_all - having + 1) / (weight_of_all - weight + 2)  # never 0 or 1
            found.append(_unusual(home, count, has, partial(_is_unusual, tail, share, spread, by_chance)))
    return [group for group in found if group]


def _is_unusual(tail: Tail, share: float, spread: float, by_chance: float, count: int, people: int) -> bool:
    return bool(count) and tail(count, people, share, spread) < by_chance


def _unusual(home: Home, counts: Sequence[int], has: Has, is_unusual: IsUnusual) -> list[ReviewedEntry]:
    """Return the entries of the unusual gatherings of an address, and of what is left if that is unusual together."""
    alone = [is_unusual(count, len(part)) for part, count in zip(home, counts, strict=True)]
    left = sum(count for count, is_alone in zip(counts, alone, strict=True) if not is_alone)
    people = sum(len(part) for part, is_alone in zip(home, alone, strict=True) if not is_alone)
    together = is_unusual(left, people)
    return [
        entry
        for part, is_alone in zip(home, alone, strict=True)
        if is_alone or together
        for entry in part
        if has(entry)
    ]


def _comparisons(home: Home) -> int:
    """Return how many comparisons an address makes that could come out: those of two entries or more."""
    return sum(len(part) > 1 for part in home) + (len(home) > 1)
