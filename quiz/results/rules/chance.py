"""Tails of the Poisson and binomial distributions: how likely a count is by chance."""

from __future__ import annotations

from math import exp, lgamma, log

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


def binomial_tail(count: int, trials: int, share: float) -> float:
    """Return the probability of *count* or more successes in *trials*, each with the probability *share*.

    Raises:
        ValueError: the share is not between 0 and 1, both excluded.

    >>> round(binomial_tail(2, 3, 0.5), 4)
    0.5
    """
    if not 0 < share < 1:
        raise ValueError("the share lies between 0 and 1")
    return min(1.0, sum(_binomial_term(at, trials, share) for at in range(count, trials + 1)))


def _poisson_sum(first: int, last: int, mean: float) -> float:
    return sum(exp(at * log(mean) - mean - lgamma(at + 1)) for at in range(first, last))


def _binomial_term(at: int, trials: int, share: float) -> float:
    ways = lgamma(trials + 1) - lgamma(at + 1) - lgamma(trials - at + 1)
    return exp(ways + at * log(share) + (trials - at) * log(1 - share))
