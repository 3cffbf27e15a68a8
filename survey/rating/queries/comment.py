"""The comments that are released: those of the weeks whose figures are released."""

import uuid
from collections import Counter as Count
from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session, joinedload

from core.db import parts
from core.values.week import month_of
from survey.counter.models import Counter
from survey.instrument.rules.quick import COMMENT
from survey.rating.models import WRITTEN, OptionTally, Rating
from survey.rating.queries.tally import shown_of
from survey.rating.rules.channels import Channel

EVERY = slice(0, None)
Place = tuple[int, date, str]
"""A counter's week in one channel."""
Months = list[Count[Place]]
"""The number of comments per place, one counter per month, newest first."""


def comment_months(session: Session, counters: Collection[Counter], today: date) -> Months:
    """Return how many comments of *counters* are released *today*, by month and place."""
    ids = [counter.id for counter in counters]
    shown = {
        (row.counter_id, row.week, channel.value)
        for channel in Channel
        for rows in shown_of(session, ids, today, channel).values()
        for row in rows
    }
    tallied = (OptionTally.counter_id, OptionTally.week, OptionTally.channel, OptionTally.count)
    query = select(*tallied).where(OptionTally.counter_id.in_(ids), OptionTally.item == COMMENT, OptionTally.count > 0)
    months: dict[date, Count[Place]] = defaultdict(Count)
    for counter_id, week, channel, count in session.execute(query):
        if (counter_id, week, channel) in shown:
            months[month_of(week)][counter_id, week, channel] += count
    return [places for _, places in sorted(months.items(), reverse=True)]


def count_comments(months: Months) -> int:
    """Return how many comments there are in all."""
    return sum(places.total() for places in months)


def list_comments(session: Session, months: Months, part: slice = EVERY) -> list[Rating]:
    """Return a part of the comments, the newest month first; within a month the order is random on purpose.

    Weeks are released together within a month, so the week of a comment would reveal more than the figures do. The
    order is that of random ids: the same for every page of the list, and unrelated to the order of writing.
    """
    ids: list[uuid.UUID] = []
    passed = 0
    for places in months:
        first, count = max(part.start - passed, 0), places.total()
        most = count if part.stop is None else part.stop - passed
        if first < count and most > first:
            ids += _ids_in_order(session, places, most)[first:]
        passed += count
    query = select(Rating).where(Rating.id.in_(ids)).options(joinedload(Rating.counter))
    found = {rating.id: rating for rating in session.scalars(query)}
    return [found[id] for id in ids]


def _ids_in_order(session: Session, places: Collection[Place], most: int) -> list[uuid.UUID]:
    """Return the *most* lowest ids of the comments of *places*, which are those of one month.

    Each place is read by the index that has its comments in this order, and no further than *most*: the time does not
    grow with the number of comments.
    """
    ids: list[uuid.UUID] = []
    for some in parts(sorted(places)):
        each = [
            select(Rating.id)
            .where(Rating.counter_id == counter_id, Rating.week == week, Rating.channel == channel, WRITTEN)
            .order_by(Rating.id)
            .limit(most)
            .subquery()
            for counter_id, week, channel in some
        ]
        ids += session.scalars(union_all(*(select(place.c.id) for place in each)))
    return sorted(ids)[:most]
