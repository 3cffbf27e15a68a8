"""The released ratings of each counter by month, open channel, cached: what lists of offices and the province's figures
are made of.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.values.week import monday_of, month_of
from survey.instrument.rules.levels import Level
from survey.instrument.rules.quick import LEVEL
from survey.rating.models import OptionTally
from survey.rating.queries.tally import IS_COUNTED, ShownWeek, level_counts, shown_of
from survey.rating.rules.channels import Channel

Counts = Mapping[Level, int]


class ShownMonths(NamedTuple):
    """The released ratings of a counter per level, by the first day of the month; and the Mondays of the first and the
    last week among them.
    """

    months: Mapping[date, Counts] = {}
    first: date | None = None
    last: date | None = None


_Whole = tuple[object, ...]
_Kept = tuple[_Whole, ShownMonths]
_NOTHING: _Kept = (), ShownMonths()
_KEPT: WeakKeyDictionary[object, dict[int, _Kept]] = WeakKeyDictionary()
"""By database and counter: the sums of all finished weeks at a given week, and the released part of them."""


def shown_by_month(session: Session, counter_ids: Collection[int], today: date) -> dict[int, ShownMonths]:
    """Return what is released *today* of each counter, in at most two statements.

    The result is cached while the sums of the finished weeks stay the same: ratings are only ever added, and a decision
    to count some moves the sums.
    """
    kept, current = _KEPT.setdefault(session.get_bind(), {}), monday_of(today)
    query = (
        select(OptionTally.counter_id, func.max(OptionTally.week), *level_counts(IS_COUNTED))
        .where(OptionTally.counter_id.in_(counter_ids), OptionTally.channel == Channel.OPEN.value)
        .where(OptionTally.item == LEVEL, OptionTally.week < current)
        .group_by(OptionTally.counter_id)
    )
    whole: dict[int, _Whole] = {id: (current, *rest) for id, *rest in session.execute(query)}
    new = [id for id, sum_of_all in whole.items() if kept.get(id, _NOTHING)[0] != sum_of_all]
    for id, rows in shown_of(session, new, today, Channel.OPEN).items() if new else ():
        kept[id] = whole[id], _by_month(rows)
    return {id: kept[id][1] if id in whole else ShownMonths() for id in counter_ids}


def sum_of(rows: Iterable[ShownWeek]) -> dict[Level, int]:
    """Return the ratings per level of *rows* together; empty without rows."""
    return dict(zip(Level, map(sum, zip(*(row.counts for row in rows), strict=True)), strict=False))


def _by_month(rows: Collection[ShownWeek]) -> ShownMonths:
    months: dict[date, list[ShownWeek]] = defaultdict(list)
    for row in rows:
        months[month_of(row.week)].append(row)
    weeks = [row.week for row in rows]
    return ShownMonths(
        {month: sum_of(found) for month, found in months.items()}, min(weeks, default=None), max(weeks, default=None)
    )
