"""The tally of ratings: what of it may be seen, and the counts behind it."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from commune.models import Office
from core.values.week import monday_of
from survey.counter.models import Counter
from survey.instrument.rules import Level
from survey.rating.models import Tally
from survey.rating.rules.channels import Channel
from survey.rating.rules.release import shown_weeks


class ShownWeek(NamedTuple):
    """A counter's week in one channel: ratings per level, from the lowest up."""

    counter_id: int
    week: date
    channel: Channel
    counts: tuple[int, ...]


def has_ratings(session: Session, within: Collection[int], *, before: date = date.max) -> bool:
    """Whether any counter of *within* was rated in a week that began *before* that day."""
    query = select(Tally.counter_id).join(Counter, Counter.id == Tally.counter_id).join(Counter.office)
    return session.scalar(query.where(Office.unit_id.in_(within), Tally.week < before).limit(1)) is not None


def weekly_counts(session: Session, counter: Counter) -> dict[Channel, dict[date, int]]:
    """How many ratings *counter* has, by channel and week, seen and waiting."""
    counts: dict[Channel, dict[date, int]] = {channel: {} for channel in Channel}
    for row in session.scalars(select(Tally).where(Tally.counter_id == counter.id)):
        counts[Channel(row.channel)][row.week] = sum(row.counts.values())
    return counts


def shown_of(
    session: Session, counter_ids: Collection[int], today: date, channel: Channel
) -> dict[int, list[ShownWeek]]:
    """The weeks of each counter that may be seen; columns alone, for an office list reads some thousands of them."""
    levels = [getattr(Tally, f"level_{level}") for level in Level]
    query = (
        select(Tally.counter_id, Tally.week, *levels)
        .where(Tally.counter_id.in_(counter_ids), Tally.channel == channel.value)
        .order_by(Tally.week)
    )
    by_counter: dict[int, list[ShownWeek]] = {id: [] for id in counter_ids}
    for counter_id, week, *counts in session.execute(query):
        by_counter[counter_id].append(ShownWeek(counter_id, week, channel, tuple(counts)))
    current = monday_of(today)
    for id, rows in by_counter.items():
        weeks = shown_weeks({row.week: sum(row.counts) for row in rows}, current)
        by_counter[id] = [row for row in rows if row.week in weeks]
    return by_counter
