"""The tally of ratings: its released part, and the underlying counts."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from commune.queries.offices import offices_of
from core.values.week import monday_of
from survey.counter.models import Counter
from survey.instrument.rules.levels import Level
from survey.instrument.rules.quick import LEVEL
from survey.rating.models import OptionTally
from survey.rating.rules.channels import Channel
from survey.rating.rules.release import shown_weeks


class ShownWeek(NamedTuple):
    """A counter's week in one channel: ratings per level, from the lowest up."""

    counter_id: int
    week: date
    channel: Channel
    counts: tuple[int, ...]


def level_counts() -> list[ColumnElement[int]]:
    """Return the ratings per level, from the lowest up, as columns of a grouped query of the tally's level item."""
    options = (OptionTally.option == str(int(level)) for level in Level)
    return [func.coalesce(func.sum(OptionTally.count).filter(option), 0) for option in options]


def has_ratings(session: Session, within: Collection[int], *, before: date = date.max) -> bool:
    """Whether any counter of an office that serves *within* was rated in a week that began *before* that day."""
    query = select(OptionTally.counter_id).join(Counter, Counter.id == OptionTally.counter_id)
    query = query.where(Counter.office_id.in_(offices_of(within)), OptionTally.week < before)
    return session.scalar(query.limit(1)) is not None


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
    """Return the released weeks of each counter; columns alone, since a list of offices reads thousands."""
    query = (
        select(OptionTally.counter_id, OptionTally.week, *level_counts())
        .where(OptionTally.counter_id.in_(counter_ids), OptionTally.channel == channel.value, OptionTally.item == LEVEL)
        .group_by(OptionTally.counter_id, OptionTally.week)
        .order_by(OptionTally.week)
    )
    by_counter: dict[int, list[ShownWeek]] = {id: [] for id in counter_ids}
    for counter_id, week, *counts in session.execute(query):
        by_counter[counter_id].append(ShownWeek(counter_id, week, channel, tuple(counts)))
    current = monday_of(today)
    for id, rows in by_counter.items():
        weeks = shown_weeks({row.week: sum(row.counts) for row in rows}, current)
        by_counter[id] = [row for row in rows if row.week in weeks]
    return by_counter
