"""The batches of ratings that were released lately, of all offices of some units."""

from collections import Counter as Counts
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core.values.week import monday_of, month_of
from survey.counter.models import Counter
from survey.figures.rules.recent import COURSE, WINDOW, NewRatings
from survey.figures.rules.silence import USUAL_WEEKS
from survey.instrument.rules.quick import COMMENT, LEVEL
from survey.rating.models import OptionTally, Rating
from survey.rating.queries.comment import Place, list_comments
from survey.rating.queries.tally import IS_COUNTED, ShownWeek, devices_of, level_counts, sum_by_week
from survey.rating.rules.channels import Channel
from survey.rating.rules.classes import ORDINARY, RatingClass
from survey.rating.rules.release import released_batches

Offices = Collection[int] | Select[int]
"""Ids of offices, or the query for them."""
READ = timedelta(weeks=max(COURSE + WINDOW, USUAL_WEEKS + 2))
"""How far back weeks are read; from there on the whole month, since batches are gathered by the month."""


def list_new_ratings(session: Session, offices: Offices, today: date) -> list[NewRatings]:
    """Return the batches of counted ratings in the open channel, of these *offices*, of the last months.

    One statement, whatever the number of offices.
    """
    query = (
        select(Counter.office_id, OptionTally.counter_id, OptionTally.rating_class, OptionTally.week, *level_counts())
        .join(Counter, Counter.id == OptionTally.counter_id)
        .where(
            Counter.office_id.in_(offices),
            OptionTally.week >= _first_week(monday_of(today) - READ),
            OptionTally.week < monday_of(today),
            OptionTally.channel == Channel.OPEN.value,
            OptionTally.item == LEVEL,
            IS_COUNTED,
        )
        .group_by(Counter.office_id, OptionTally.counter_id, OptionTally.rating_class, OptionTally.week)
    )
    rows: dict[tuple[int, int], list[ShownWeek]] = defaultdict(list)
    for office_id, counter_id, kind, week, *counts in session.execute(query):
        found = ShownWeek(counter_id, week, Channel.OPEN, tuple(counts), RatingClass(kind))
        rows[office_id, counter_id].append(found)
    return [each for (office_id, _), found in rows.items() for each in _batches(office_id, found, monday_of(today))]


def _first_week(monday: date) -> date:
    """Return the first week of the month of a week."""
    month = month_of(monday)
    return monday_of(month + timedelta(days=(3 - month.weekday()) % 7))


def _batches(office_id: int, rows: Sequence[ShownWeek], current: date) -> Iterator[NewRatings]:
    """Yield the batches of a counter as the figures release them: the ordinary together, others alone."""
    ordinary = [row for row in rows if row.kind in ORDINARY]
    yield from _joined(office_id, ordinary, released_batches(sum_by_week(ordinary), current, devices_of(ordinary)))
    for kind in {row.kind for row in rows}.difference(ORDINARY):
        own = [row for row in rows if row.kind is kind]
        yield from _joined(office_id, own, released_batches(sum_by_week(own), current))


def _joined(office_id: int, rows: Sequence[ShownWeek], batches: list[tuple[date, ...]]) -> Iterator[NewRatings]:
    for weeks in batches:
        inside = [row for row in rows if row.week in weeks]
        counts = tuple(map(sum, zip(*(row.counts for row in inside), strict=True)))
        yield NewRatings(inside[0].counter_id, office_id, weeks, counts)


def count_released_comments(session: Session, batches: Collection[NewRatings]) -> Counts[tuple[int, date]]:
    """Return how many comments came with the ratings of *batches*, by counter and week that have any. One statement."""
    places = {(each.counter_id, week) for each in batches for week in each.weeks}
    if not places:
        return Counts()
    query = (
        select(OptionTally.counter_id, OptionTally.week, func.sum(OptionTally.count))
        .where(
            OptionTally.counter_id.in_({counter_id for counter_id, _ in places}),
            OptionTally.week.in_({week for _, week in places}),
            OptionTally.channel == Channel.OPEN.value,
            OptionTally.item == COMMENT,
        )
        .group_by(OptionTally.counter_id, OptionTally.week)
    )
    rows = ((counter_id, week, int(count)) for counter_id, week, count in session.execute(query))
    return Counts({(id, week): count for id, week, count in rows if count and (id, week) in places})


def list_newest_comments(session: Session, counts: Counts[tuple[int, date]], most: int) -> list[Rating]:
    """Return the *most* first of the comments that `count_released_comments` counted, in the order of `list_comments`:
    by month, and within a month at random.
    """
    months: dict[date, Counts[Place]] = defaultdict(Counts)
    for (counter_id, week), count in counts.items():
        months[month_of(week)][counter_id, week, Channel.OPEN.value] += count
    return list_comments(session, [places for _, places in sorted(months.items(), reverse=True)], slice(0, most))
