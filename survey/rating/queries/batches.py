"""The batches of ratings that an inspector decides on: those of one class that are released together."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.values.week import monday_of
from survey.instrument.rules.quick import LEVEL
from survey.rating.models import OptionTally
from survey.rating.queries.tally import level_counts
from survey.rating.rules.channels import Channel
from survey.rating.rules.classes import ORDINARY, RatingClass
from survey.rating.rules.release import released_batches


class ClassBatch(NamedTuple):
    """Ratings of one counter, class and batch of weeks (their Mondays): counts per level, from the lowest up."""

    counter_id: int
    kind: RatingClass
    weeks: tuple[date, ...]
    counts: tuple[int, ...]

    @property
    def n(self) -> int:
        """The number of its ratings."""
        return sum(self.counts)

    @property
    def first(self) -> date:
        """The first day of its first week."""
        return self.weeks[0]

    @property
    def until(self) -> date:
        """The last day of its last week."""
        return self.weeks[-1] + timedelta(days=6)


def list_class_batches(session: Session, counter_ids: Collection[int], today: date) -> list[ClassBatch]:
    """Return the released batches of all classes that do not count at once, decided or not, the newest first."""
    query = (
        select(OptionTally.counter_id, OptionTally.rating_class, OptionTally.week, *level_counts())
        .where(
            OptionTally.counter_id.in_(counter_ids),
            OptionTally.channel == Channel.OPEN.value,
            OptionTally.item == LEVEL,
            OptionTally.rating_class.not_in([kind.value for kind in ORDINARY]),
        )
        .group_by(OptionTally.counter_id, OptionTally.rating_class, OptionTally.week)
    )
    places: dict[tuple[int, RatingClass], dict[date, tuple[int, ...]]] = {}
    for counter_id, kind, week, *counts in session.execute(query):
        places.setdefault((counter_id, RatingClass(kind)), {})[week] = tuple(counts)
    found = [
        ClassBatch(counter_id, kind, batch, tuple(map(sum, zip(*(weeks[week] for week in batch), strict=True))))
        for (counter_id, kind), weeks in places.items()
        for batch in released_batches({week: sum(counts) for week, counts in weeks.items()}, monday_of(today))
    ]
    return sorted(found, key=lambda batch: (batch.first, -batch.counter_id, batch.kind), reverse=True)


def find_class_batch(
    session: Session, counter_id: int, kind: RatingClass, first: date, today: date
) -> ClassBatch | None:
    """Return the released batch of *kind* that begins with the week *first*; None if there is none."""
    batches = list_class_batches(session, [counter_id], today)
    return next((each for each in batches if (each.kind, each.first) == (kind, first)), None)
