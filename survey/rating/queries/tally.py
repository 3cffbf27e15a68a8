"""The tally of ratings: its released part, and the underlying counts."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
from survey.rating.rules.classes import LEFT_OUT, ORDINARY, SET_APART, RatingClass
from survey.rating.rules.release import MINIMUM, WeekDevices, released_batches


class ShownWeek(NamedTuple):
    """A counter's week in one channel and class: ratings per level, from the lowest up."""

    counter_id: int
    week: date
    channel: Channel
    counts: tuple[int, ...]
    kind: RatingClass
    devices: int = 0
    """The devices known to be different, of a class that is left out."""
    batch: tuple[date, ...] = ()
    """The weeks that are released together with it, once it is released."""

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


def has_released(session: Session, within: Collection[int], today: date) -> bool:
    """Whether a rating of any counter of the offices that serve *within*, in any channel, is released *today*.

    That a rating waits is not to be seen: where few come, somebody knows who came. Counters are read one by one, since
    the first with five ratings has figures almost everywhere.
    """
    query = (
        select(OptionTally.counter_id)
        .join(Counter, Counter.id == OptionTally.counter_id)
        .where(
            Counter.office_id.in_(offices_of(within)), OptionTally.item == LEVEL, OptionTally.week < monday_of(today)
        )
        .group_by(OptionTally.counter_id)
        .having(func.sum(OptionTally.count) >= MINIMUM)
        .order_by(OptionTally.counter_id)
    )
    ids = session.scalars(query).all()
    return any(shown_of(session, [id], today, channel)[id] for id in ids for channel in Channel)


IS_COUNTED = OptionTally.rating_class.not_in([literal_column(f"'{kind.value}'") for kind in LEFT_OUT])
"""The condition of the rows of ratings that figures count."""


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


def inspected_of(
    session: Session, counter_ids: Collection[int], today: date, channel: Channel
) -> dict[int, list[ShownWeek]]:
    """Return the weeks of each counter that an inspector may read: those released, and of what is left out the batches
    of five ratings on which an inspector decides, of however many devices they are.
    """
    current = monday_of(today)
    found = _weeks_of(session, counter_ids, channel)
    return {id: list(_released(rows, current, by_devices=False)) for id, rows in found.items()}


def released_of(
    session: Session, counter_ids: Collection[int], today: date, channel: Channel
) -> dict[int, list[ShownWeek]]:
    """Return the released weeks of each counter, those that its figures leave out included.

    The ordinary ratings are released together, each other class by itself, all by ratings and devices, so that neither
    the figures nor what they leave out ever move by fewer than five. Those that an inspector decided to count are of as
    many people as there are ratings, which is what was decided.
    """
    current = monday_of(today)
    return {id: list(_released(rows, current)) for id, rows in _weeks_of(session, counter_ids, channel).items()}


def _weeks_of(session: Session, counter_ids: Collection[int], channel: Channel) -> dict[int, list[ShownWeek]]:
    """Return all weeks of each counter by class, released or not, as columns: a list of offices reads thousands."""
    devices = func.coalesce(func.sum(OptionTally.count).filter(OptionTally.item == SET_APART), 0)
    query = (
        select(OptionTally.counter_id, OptionTally.rating_class, OptionTally.week, devices, *level_counts())
        .where(OptionTally.counter_id.in_(counter_ids), OptionTally.channel == channel.value)
        .where(OptionTally.item.in_((LEVEL, SET_APART)))
        .group_by(OptionTally.counter_id, OptionTally.rating_class, OptionTally.week)
        .order_by(OptionTally.week)
    )
    by_counter: dict[int, list[ShownWeek]] = {id: [] for id in counter_ids}
    for counter_id, kind, week, known, *counts in session.execute(query):
        found = ShownWeek(counter_id, week, channel, tuple(counts), RatingClass(kind), known)
        by_counter[counter_id].append(found)
    return by_counter


def _released(rows: Sequence[ShownWeek], current: date, *, by_devices: bool = True) -> Iterator[ShownWeek]:
    ordinary = [row for row in rows if row.kind in ORDINARY]
    yield from _in_batches(ordinary, current, devices_of(ordinary))
    for kind in {row.kind for row in rows}.difference(ORDINARY):
        own = [row for row in rows if row.kind is kind]
        devices = {row.week: WeekDevices(row.devices) for row in own} if by_devices and kind in LEFT_OUT else None
        yield from _in_batches(own, current, devices)


def _in_batches(
    rows: Sequence[ShownWeek], current: date, devices: Mapping[date, WeekDevices] | None
) -> Iterator[ShownWeek]:
    """Yield *rows* with their batch, those without one left out."""
    batches = released_batches(sum_by_week(rows), current, devices)
    found = {week: batch for batch in batches for week in batch}
    yield from (row._replace(batch=found[row.week]) for row in rows if row.week in found)


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
