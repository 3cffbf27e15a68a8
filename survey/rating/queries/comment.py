"""What people wrote, as far as it may be seen: with the figures that it came with."""

from collections import Counter as Count
from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session, joinedload

from core.db import parts
from core.values.week import month_of
from survey.counter.models import Counter
from survey.rating.models import Rating
from survey.rating.queries.tally import shown_of
from survey.rating.rules.channels import Channel

EVERY = slice(0, None)
Place = tuple[int, date, str]
"""A counter's week in one channel."""
Months = list[Count[Place]]
"""How many comments each place has, a month each, the newest first."""


def comment_months(session: Session, counters: Collection[Counter], today: date) -> Months:
    """How many comments of *counters* may be seen *today*."""
    ids = [counter.id for counter in counters]
    shown = {
        (row.counter_id, row.week, channel.value)
        for channel in Channel
        for rows in shown_of(session, ids, today, channel).values()
        for row in rows
    }
    place = (Rating.counter_id, Rating.week, Rating.channel)
    query = select(*place, func.count()).where(
        Rating.counter_id.in_(ids), Rating.comment != "", Rating.is_rehearsal.is_(False)
    )
    months: dict[date, Count[Place]] = defaultdict(Count)
    for counter_id, week, channel, count in session.execute(query.group_by(*place)):
        if (counter_id, week, channel) in shown:
            months[month_of(week)][counter_id, week, channel] = count
    return [places for _, places in sorted(months.items(), reverse=True)]


def count_comments(months: Months) -> int:
    """How many there are in all."""
    return sum(places.total() for places in months)


def list_comments(session: Session, months: Months, part: slice = EVERY) -> list[Rating]:
    """A part of them, the newest month first; within a month the order is random on purpose.

    Weeks are gathered within a month until nobody shows, so a comment's own week would tell more than the figures do.
    The order is that of random ids, the same for every page of the list, and tells nothing of who wrote first.
    """
    found: list[Rating] = []
    passed = 0
    for places in months:
        count = places.total()
        if not found and passed + count <= part.start:
            passed += count
        elif part.stop is None or passed + len(found) < part.stop:
            found += sorted(_written(session, places), key=lambda rating: rating.id)
    return found[part.start - passed :][: None if part.stop is None else part.stop - part.start]


def _written(session: Session, places: Collection[Place]) -> list[Rating]:
    """The comments of *places*; their counters are named apart too, for these have an index."""
    place = tuple_(Rating.counter_id, Rating.week, Rating.channel)
    query = select(Rating).where(Rating.comment != "", Rating.is_rehearsal.is_(False))
    query = query.where(Rating.counter_id.in_({counter_id for counter_id, _, _ in places}))
    query = query.options(joinedload(Rating.counter))
    return [rating for some in parts(sorted(places)) for rating in session.scalars(query.where(place.in_(some)))]
