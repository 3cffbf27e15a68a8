"""How the share of satisfied ratings has changed between two halves of a year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.values.week import month_of
from survey.figures.rules.contrast import Contrast, difference
from survey.figures.rules.interval import newcombe
from survey.figures.rules.scorecard import Scorecard, combine, scorecard
from survey.instrument.rules.levels import Level

HALF = 6
"""The months of each half. A quarter of an office holds so few ratings that nearly any change may be
chance."""


@dataclass(frozen=True)
class Change:
    """The scorecards of both halves, the difference of their shares (-1 to 1), and whether it means anything."""

    before: Scorecard
    recent: Scorecard
    difference: float
    contrast: Contrast

    @property
    def points(self) -> int:
        """The difference in whole percentage points."""
        return round(100 * self.difference)

    @property
    def n(self) -> int:
        """The ratings of both halves."""
        return self.before.n + self.recent.n

    def interval(self, confidence: float = 0.95) -> tuple[float, float]:
        """Return the interval of the difference, each end from -1 to 1 (Newcombe); at 99 % it decides the contrast."""
        recent, before = self.recent, self.before
        return newcombe((recent.satisfied, recent.n), (before.satisfied, before.n), confidence)


def change(months: Mapping[date, Mapping[Level, int]], current: date) -> Change | None:
    """Return the change from the HALF months before to the HALF months that end with the last finished week.

    None where either half has fewer than the least number of ratings that is published.

    Args:
        months: released ratings per level, by the first day of the month.
        current: the Monday of the present week.
    """
    last = month_of(current - timedelta(weeks=1))
    recent, before = (_sum(months, last, back) for back in (0, HALF))
    if recent is None or before is None:
        return None
    contrast = difference((recent.satisfied, recent.n), (before.satisfied, before.n))
    return Change(before, recent, recent.share - before.share, contrast)


def _sum(months: Mapping[date, Mapping[Level, int]], last: date, back: int) -> Scorecard | None:
    end = last.year * 12 + last.month - back
    return scorecard(
        combine(*(counts for month, counts in months.items() if end - HALF < month.year * 12 + month.month <= end))
    )
