"""Confidence intervals of a share of a few answers (Wilson), and of the difference of two shares (Newcombe)."""

from math import hypot, sqrt
from statistics import NormalDist


def wilson(successes: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the lower and upper end, each 0 to 1, of Wilson's score interval for *successes* of *n* (Wilson 1927).

    It keeps its confidence for small n and near 0 % and 100 %, unlike the normal approximation.

    >>> [round(end, 2) for end in wilson(10, 11)]
    [0.62, 0.98]

    Raises:
        ValueError: *n* is 0, *successes* is not between 0 and *n*,
            or *confidence* is not strictly between 0 and 1.
    """
    if n < 1 or not 0 <= successes <= n:
        raise ValueError(f"no interval for {successes} of {n}")
    if not 0 < confidence < 1:
        raise ValueError("confidence lies strictly between 0 and 1")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = successes / n
    spread = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    centre = share + z * z / (2 * n)
    scale = 1 + z * z / n
    low = 0.0 if successes == 0 else (centre - spread) / scale
    high = 1.0 if successes == n else (centre + spread) / scale
    return low, high


def newcombe(first: tuple[int, int], second: tuple[int, int], confidence: float = 0.95) -> tuple[float, float]:
    """Return the lower and upper end, each -1 to 1, of the interval of the share of *first* less that of *second*; both
    are (successes, n) (Newcombe 1998, method 10, from Wilson's interval of each).

    It stays honest for small groups and near 0 % and 100 %.

    >>> [round(end, 4) for end in newcombe((56, 70), (48, 80))]
    [0.0524, 0.3339]

    Raises:
        ValueError: as `wilson`.
    """
    (low1, high1), (low2, high2) = wilson(*first, confidence), wilson(*second, confidence)
    share1, share2 = first[0] / first[1], second[0] / second[1]
    difference = share1 - share2
    return difference - hypot(share1 - low1, high2 - share2), difference + hypot(high1 - share1, share2 - low2)
