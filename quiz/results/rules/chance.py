"""Tails of the Poisson and beta-binomial distributions: how likely a count is by chance."""

from __future__ import annotations

from math import exp, lgamma, log

BY_CHANCE = 1e-6
"""A count less likely than this, over all comparisons made, is not left to chance."""
_NEGLIGIBLE = 1e-15


def poisson_tail(count: int, mean: float) -> float:
    """Return the probability of *count* or more where *mean* are expected; 1 for a count of 0.

    Raises:
        ValueError: the mean is not positive.

    >>> round(poisson_tail(3, 1.0), 4)
    0.0803
    """
    if mean <= 0:
        raise ValueError("the mean is positive")
    if count <= mean:
        return 1 - _poisson_sum(0, count, mean)
    term, total, at = exp(count * log(mean) - mean - lgamma(count + 1)), 0.0, count
    while term > _NEGLIGIBLE * total or term > 0 and at <= mean:
        total, at = total + term, at + 1
        term *= mean / at
    return min(1.0, total)


def beta_binomial_tail(count: int, trials: int, share: float, spread: float) -> float:
    """Return the probability of *count* or more successes in *trials* whose probability is itself drawn anew for each
    group: with the mean *share*, and with *spread* times the variance of a single trial (0 to 1, both excluded).

    Raises:
        ValueError: the share or the spread is not between 0 and 1.

    >>> round(beta_binomial_tail(2, 2, 0.5, 0.2), 4)
    0.3
    """
    if not (0 < share < 1 and 0 < spread < 1):
        raise ValueError("the share and the spread lie between 0 and 1")
    weight = (1 - spread) / spread
    hits, misses = share * weight, (1 - share) * weight
    whole = lgamma(weight) - lgamma(hits) - lgamma(misses) - lgamma(weight + trials) + lgamma(trials + 1)
    terms = (
        whole + lgamma(at + hits) - lgamma(at + 1) + lgamma(trials - at + misses) - lgamma(trials - at + 1)
        for at in range(count, trials + 1)
    )
    return min(1.0, sum(map(exp, terms)))


def _poisson_sum(first: int, last: int, mean: float) -> float:
    return sum(exp(at * log(mean) - mean - lgamma(at + 1)) for at in range(first, last))
