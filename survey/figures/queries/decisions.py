"""The figures before and after a decision on a batch of ratings, and the weeks that an inspector should look at."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from survey.counter.models import Counter
from survey.figures.queries.figures import figures_of
from survey.figures.rules.course import UnusualWeek, unusual_weeks
from survey.figures.rules.scorecard import Scorecard, is_moved, scorecard
from survey.instrument.rules.levels import Level
from survey.rating.queries.batches import ClassBatch
from survey.rating.queries.tally import shown_of
from survey.rating.rules.channels import Channel


@dataclass(frozen=True)
class DecisionPreview:
    """The headline of a counter and of its office, each as it is and as it would be."""

    counter: tuple[Scorecard | None, Scorecard | None]
    office: tuple[Scorecard | None, Scorecard | None]

    @property
    def moves(self) -> bool:
        """Whether a printed figure would change, so that a second person has to agree."""
        return is_moved(*self.counter) or is_moved(*self.office)


def preview_decision(
    session: Session, counters: Collection[Counter], batch: ClassBatch, today: date
) -> DecisionPreview:
    """Return the figures of *counters*, which are all those of the office, before and after deciding on *batch*."""
    own = [counter for counter in counters if counter.id == batch.counter_id]
    return DecisionPreview(_change(session, own, batch, today), _change(session, counters, batch, today))


def _change(
    session: Session, counters: Collection[Counter], batch: ClassBatch, today: date
) -> tuple[Scorecard | None, Scorecard | None]:
    card = figures_of(session, counters, today).card
    counts = {each.level: each.count for each in card.levels} if card else {}
    sign = -1 if batch.kind.is_counted else 1
    after = {level: counts.get(level, 0) + sign * count for level, count in zip(Level, batch.counts, strict=True)}
    return card, scorecard(after)


def list_unusual_weeks(
    session: Session, counters: Collection[Counter], today: date
) -> list[tuple[Counter, UnusualWeek]]:
    """Return the released weeks in which a counter had far more ratings in its figures than usual, by counter."""
    rows = shown_of(session, [counter.id for counter in counters], today, Channel.OPEN)
    found = []
    for counter in counters:
        counts: dict[date, int] = defaultdict(int)
        for row in rows[counter.id]:
            counts[row.week] += row.n
        found += [(counter, week) for week in unusual_weeks(counts)]
    return found
