"""The released figures of an office in one quarter."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from core.values.week import monday_of, month_of
from survey.figures.queries.province import ProvinceFigures
from survey.figures.queries.shown import sum_of
from survey.figures.rules.coverage import Coverage, coverage
from survey.figures.rules.quarter import Quarter, quarter_of
from survey.figures.rules.scorecard import Scorecard, scorecard
from survey.rating.queries.tally import ShownWeek


@dataclass(frozen=True)
class QuarterFigures:
    """The scorecard of a quarter, open channel, those of its counters by id, and the days that it covers."""

    card: Scorecard
    counters: Mapping[int, Scorecard]
    coverage: Coverage


def quarter_from(released: Collection[ShownWeek], quarter: Quarter, today: date) -> QuarterFigures | None:
    """Return the figures of *quarter* in the *released* weeks of one channel; None below the published minimum.

    Ratings are released in batches of five or more within a month, so that a quarter is a sum of whole batches, and so
    is what the other months hold beside it.
    """
    rows = [row for row in released if row.kind.is_counted and quarter_of(month_of(row.week)) == quarter]
    card = scorecard(sum_of(rows))
    covered = coverage({row.week for row in rows}, monday_of(today))
    own = {
        id: scorecard(sum_of([row for row in rows if row.counter_id == id])) for id in {row.counter_id for row in rows}
    }
    counters = {id: found for id, found in own.items() if found}
    return QuarterFigures(card, counters, covered) if card and covered else None


def share_of_province(province: ProvinceFigures | None, quarter: Quarter) -> float | None:
    """Return the share of *province* in the months of *quarter* that have one; None without such a month."""
    points = province.trend if province else ()
    own = [(point.share, point.n) for point in points if point.share is not None and quarter_of(point.month) == quarter]
    return sum(share * n for share, n in own) / sum(n for _share, n in own) if own else None
