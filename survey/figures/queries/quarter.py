"""The released figures of an office in one quarter."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from core.values.week import monday_of, month_of
from survey.figures.queries.shown import sum_of
from survey.figures.rules.coverage import Coverage, coverage
from survey.figures.rules.quarter import Quarter, quarter_of
from survey.figures.rules.scorecard import Scorecard, scorecard
from survey.rating.queries.tally import ShownWeek


@dataclass(frozen=True)
class QuarterFigures:
    """The scorecard of a quarter, open channel, and the days that it covers."""

    card: Scorecard
    coverage: Coverage


def quarter_from(released: Collection[ShownWeek], quarter: Quarter, today: date) -> QuarterFigures | None:
    """Return the figures of *quarter* in the *released* weeks of one channel; None below the published minimum.

    Ratings are released in batches of five or more within a month, so that a quarter is a sum of whole batches, and so
    is what the other months hold beside it.
    """
    rows = [row for row in released if row.kind.is_counted and quarter_of(month_of(row.week)) == quarter]
    card = scorecard(sum_of(rows))
    covered = coverage({row.week for row in rows}, monday_of(today))
    return QuarterFigures(card, covered) if card and covered else None
