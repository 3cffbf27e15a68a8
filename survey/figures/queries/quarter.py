"""The released figures of an office in one quarter."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from core.values.week import monday_of, month_of
from survey.counter.models import Counter
from survey.figures.rules.coverage import Coverage, coverage
from survey.figures.rules.quarter import Quarter, quarter_of
from survey.figures.rules.scorecard import Scorecard, scorecard
from survey.instrument.rules.levels import Level
from survey.rating.queries.tally import shown_of
from survey.rating.rules.channels import Channel


@dataclass(frozen=True)
class QuarterFigures:
    """The scorecard of a quarter, open channel, and the days that it covers."""

    card: Scorecard
    coverage: Coverage


def find_quarter(
    session: Session, counters: Collection[Counter], quarter: Quarter, today: date
) -> QuarterFigures | None:
    """Return the figures of *counters* together in *quarter*, released *today*; None below the published minimum.

    Ratings are released in batches of five or more within a month, so that a quarter is a sum of whole batches, and so
    is what the other months hold beside it.
    """
    found = shown_of(session, [counter.id for counter in counters], today, Channel.OPEN).values()
    rows = [row for rows in found for row in rows if quarter_of(month_of(row.week)) == quarter]
    card = scorecard(dict(zip(Level, map(sum, zip(*(row.counts for row in rows), strict=True)), strict=False)))
    covered = coverage({row.week for row in rows}, monday_of(today))
    return QuarterFigures(card, covered) if card and covered else None
