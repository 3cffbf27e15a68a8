"""Sums of the batches of ratings that were released lately."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta

from survey.figures.rules.shift import Group
from survey.figures.rules.silence import silent_since

WINDOW = 4
"""The weeks of a period that is compared with the one before it."""
COURSE = 8
"""The weeks of a small course of figures."""


@dataclass(frozen=True)
class NewRatings:
    """A batch of one counter's ratings that was released together: its weeks, from the lowest level up its counts.

    It counts wholly in its last week. Split between two periods, its parts would show fewer ratings than are ever
    released together (decision 0002).
    """

    counter_id: int
    office_id: int
    weeks: tuple[date, ...]
    counts: tuple[int, ...]

    @property
    def n(self) -> int:
        """The number of its ratings."""
        return sum(self.counts)

    @property
    def satisfied(self) -> int:
        """Those of the two highest levels."""
        return sum(self.counts[-2:])


def group_of(batches: Collection[NewRatings], before: date, weeks: int = WINDOW) -> Group:
    """Return the sum of the batches that were complete in the last *weeks* weeks before the Monday *before*.

    >>> found = NewRatings(1, 1, (date(2026, 5, 18), date(2026, 5, 25)), (0, 1, 0, 3, 2))
    >>> group_of([found], date(2026, 6, 1), 1), group_of([found], date(2026, 5, 25), 1).n
    (Group(n=6, satisfied=5), 0)
    """
    since = before - timedelta(weeks=weeks)
    inside = [each for each in batches if since <= each.weeks[-1] < before]
    return Group(sum(each.n for each in inside), sum(each.satisfied for each in inside))


def course_of(batches: Collection[NewRatings], current: date, weeks: int = 1, points: int = COURSE) -> list[Group]:
    """Return the sums of *weeks* weeks that end before *current* and before each of the weeks before it, the oldest
    first.
    """
    ends = (current - timedelta(weeks=back) for back in range(points - 1, -1, -1))
    return [group_of(batches, end, weeks) for end in ends]


def silent_counters(batches: Collection[NewRatings], current: date) -> dict[int, date]:
    """Return the first day of the silence of each counter in *batches* that is silent in the week of *current*."""
    return _silent(batches, current, lambda each: each.counter_id)


def silent_offices(batches: Collection[NewRatings], current: date) -> dict[int, date]:
    """Return the same of each office: none of its counters is heard."""
    return _silent(batches, current, lambda each: each.office_id)


def _silent(batches: Collection[NewRatings], current: date, place: Callable[[NewRatings], int]) -> dict[int, date]:
    heard: dict[int, dict[date, int]] = {}
    for each in batches:
        weeks = heard.setdefault(place(each), {})
        weeks[each.weeks[-1]] = weeks.get(each.weeks[-1], 0) + each.n
    found = {id: silent_since(weeks, current) for id, weeks in heard.items()}
    return {id: since for id, since in found.items() if since}
