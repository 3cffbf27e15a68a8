"""The tally of ratings: its released part, and the underlying counts."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.orm import Session

from commune.queries.offices import offices_of
from core.values.week import monday_of
from survey.counter.models import Counter
from survey.instrument.rules.levels import Level
from survey.instrument.rules.quick import LEVEL
from survey.rating.models import OptionTally
from survey.rating.rules.channels import Channel
from survey.rating.rules.classes import LEFT_OUT, ORDINARY, RatingClass
from survey.rating.rules.release import WeekDevices, shown_weeks


class ShownWeek(NamedTuple):
    """A counter's week in one channel and class: ratings per level, from the lowest up."""

    counter_id: int
    week: date
    channel: Channel
    counts: tuple[int, ...]
    kind: RatingClass

    @property
    def n(self) -> int:
        """The number of its ratings."""
        return sum(self.counts)


def level_counts(*conditions: ColumnElement[bool]) -> list[ColumnElement[int]]:
    """Return the ratings per level, from the lowest up, as columns of a grouped query of the tally's level item; only
    those that meet *conditions*.
    """
    options = (OptionTally.option == str(int(level)) for level in Level)
    return [func.coalesce(func.sum(OptionTally.count).filter(option, *conditions), 0) for option in options]


def has_ratings(session: Session, within: Collection[int], *, before: date = date.max) -> bool:
    """Whether any counter of an office that serves *within* was rated in a week that began *before* that day."""
    query = select(OptionTally.counter_id).join(Counter, Counter.id == OptionTally.counter_id)
    query = query.where(Counter.office_id.in_(offices_of(within)), OptionTally.week < before)
    return session.scalar(query.limit(1)) is not None


IS_COUNTED = OptionTally.rating_class.not_in([literal_column(f"'{kind.value}'") for kind in LEFT_OUT])
"""The condition of the rows of ratings that figures count."""


def is_rated(session: Session, counter_ids: Collection[int]) -> bool:
    """Whether any of these counters was ever rated, in any channel, released or waiting."""
    query = select(OptionTally.counter_id).where(OptionTally.counter_id.in_(counter_ids))
    return session.scalar(query.limit(1)) is not None


def weekly_counts(session: Session, counter: Counter) -> dict[Channel, dict[date, int]]:
    """Return how many ratings *counter* has, by channel and week, shown or not yet."""
    counts: dict[Channel, dict[date, int]] = {channel: {} for channel in Channel}
    query = (
        select(OptionTally.channel, OptionTally.week, func.sum(OptionTally.count))
        .where(OptionTally.counter_id == counter.id, OptionTally.item == LEVEL)
        .group_by(OptionTally.channel, OptionTally.week)
    )
    for channel, week, count in session.execute(query):
        counts[Channel(channel)][week] = count
    return counts


def shown_of(
    session: Session, counter_ids: Collection[int], today: date, channel: Channel
) -> dict[int, list[ShownWeek]]:
    """Return the released weeks of each counter that count in its figures."""
    found = released_of(session, counter_ids, today, channel)
    return {id: [row for row in rows if row.kind.is_counted] for id, rows in found.items()}


def released_of(
    session: Session, counter_ids: Collection[int], today: date, channel: Channel
) -> dict[int, list[ShownWeek]]:
    """Return the released weeks of each counter, those that its figures leave out included.

    The ordinary ratings are released together, by ratings and devices; each other class by itself, by ratings alone, so
    that neither the figures nor what they leave out ever move by fewer than five. Columns alone, since a list of
    offices reads thousands.
    """
    query = (
        select(OptionTally.counter_id, OptionTally.rating_class, OptionTally.week, *level_counts())
        .where(OptionTally.counter_id.in_(counter_ids), OptionTally.channel == channel.value, OptionTally.item == LEVEL)
        .group_by(OptionTally.counter_id, OptionTally.rating_class, OptionTally.week)
        .order_by(OptionTally.week)
    )
    by_counter: dict[int, list[ShownWeek]] = {id: [] for id in counter_ids}
    for counter_id, kind, week, *counts in session.execute(query):
        by_counter[counter_id].append(ShownWeek(counter_id, week, channel, tuple(counts), RatingClass(kind)))
    current = monday_of(today)
    return {id: list(_released(rows, current)) for id, rows in by_counter.items()}


def _released(rows: Sequence[ShownWeek], current: date) -> Iterator[ShownWeek]:
    ordinary = [row for row in rows if row.kind in ORDINARY]
    weeks = shown_weeks(sum_by_week(ordinary), current, devices_of(ordinary))
    yield from (row for row in ordinary if row.week in weeks)
    for kind in {row.kind for row in rows}.difference(ORDINARY):
        own = [row for row in rows if row.kind is kind]
        weeks = shown_weeks(sum_by_week(own), current)
        yield from (row for row in own if row.week in weeks)


def sum_by_week(rows: Iterable[ShownWeek]) -> dict[date, int]:
    """Return the ratings of each week."""
    sums: dict[date, int] = {}
    for row in rows:
        sums[row.week] = sums.get(row.week, 0) + row.n
    return sums


def devices_of(rows: Sequence[ShownWeek]) -> dict[date, WeekDevices]:
    """Return the devices of each week, new ones and those that were back."""
    new, back = (sum_by_week(row for row in rows if row.kind is kind) for kind in (RatingClass.FIRST, RatingClass.BACK))
    return {week: WeekDevices(new.get(week, 0), back.get(week, 0)) for week in new.keys() | back.keys()}
