"""The share of satisfied ratings month by month, gaps included."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from survey.figures.rules.scorecard import combine, scorecard
from survey.instrument.rules.levels import Level


@dataclass(frozen=True)
class MonthPoint:
    """One month, named by its first day: *n* ratings, the top two levels' share, its 95 % interval (0 to 1).

    A month of fewer than MINIMUM ratings has no share, and an interval from 0 to 1.
    """

    month: date
    n: int
    share: float | None
    low: float
    high: float


def trend(by_month: Mapping[date, Mapping[Level, int]]) -> list[MonthPoint]:
    """Return one point for every month from the first to the last in *by_month*, including months without a rating.

    Empty for an empty input. A lone hidden month can still be worked out from a published total of the same months: the
    caller that shows both must prevent this.

    Raises:
        ValueError: a key is not the first day of a month, or a count is negative.
    """
    if any(month.day != 1 for month in by_month):
        raise ValueError("a month is named by its first day")
    return [_point(month, by_month.get(month, {})) for month in _months(sorted(by_month))]


def _point(month: date, counts: Mapping[Level, int]) -> MonthPoint:
    card = scorecard(counts)
    if card is None:
        return MonthPoint(month, sum(combine(counts).values()), None, 0.0, 1.0)
    return MonthPoint(month, card.n, card.share, card.low, card.high)


def _months(known: list[date]) -> list[date]:
    if not known:
        return []
    first, last = known[0].year * 12 + known[0].month - 1, known[-1].year * 12 + known[-1].month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(first, last + 1)]
