"""Wilson's confidence interval of a share of a few answers."""

from math import sqrt
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
