"""Weeks in which a counter was rated far more often than it usually is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

TIMES, LEAST_WEEKS = 3, 4
"""How many times the usual week is unusual, and the fewest other weeks from which the usual one is known."""
LEAST_USUAL = 5
"""A quieter counter is compared with this many a week, since a few more are chance there."""


@dataclass(frozen=True)
class UnusualWeek:
    """A week (its Monday), its ratings, and the median of the counter's other weeks."""

    week: date
    n: int
    usual: float


def unusual_weeks(counts: Mapping[date, int]) -> list[UnusualWeek]:
    """Return the weeks of *counts* with more than TIMES the ratings of a usual week, the newest first.

    A flag for a person to look at, never a reason to leave ratings out: a crowd of honest people looks the same. Empty
    where fewer than LEAST_WEEKS other weeks are known.
    """
    found = []
    for week in sorted(counts, reverse=True):
        others = [count for each, count in counts.items() if each != week]
        if len(others) >= LEAST_WEEKS and counts[week] > TIMES * max(median(others), LEAST_USUAL):
            found.append(UnusualWeek(week, counts[week], median(others)))
    return found
