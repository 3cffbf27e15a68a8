"""The people of each day of a round as bars, without the days that a board may not show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.values.week import monday_of

MOST_BARS = 16
"""A round of more days is drawn by weeks."""


@dataclass(frozen=True)
class DayBar:
    """A day of a round: its people (None where they are not shown), and the top and the height of its bar in %."""

    day: date
    people: int | None
    top: float
    height: float


@dataclass(frozen=True)
class Daily:
    """The bars of a round up to the last day that is shown, and their sum."""

    bars: tuple[DayBar, ...]
    until: date
    total: int
    by_week: bool = False

    @property
    def has_course(self) -> bool:
        """Whether there are two bars to compare; one alone says no more than the sum."""
        return sum(bar.people is not None for bar in self.bars) > 1


def daily(days: Sequence[date], counts: Mapping[date, int], until: date) -> Daily | None:
    """Return the bars of *days*, of which those up to *until* are shown; None while no day is shown.

    A long round has a bar for each week, named by its first day. The highest bar fills the height; bars begin at zero.
    Small numbers are shown: they are the difference between the boards of two days.
    """
    shown = {day: counts.get(day, 0) for day in days if day <= until}
    if not shown:
        return None
    total, by_week = sum(shown.values()), len(days) > MOST_BARS
    if by_week:
        shown, days = _by_week(shown), sorted({max(monday_of(day), days[0]) for day in days})
    most = max(*shown.values(), 1)
    return Daily(tuple(_bar(day, shown.get(day), most) for day in days), until, total, by_week)


def _by_week(shown: Mapping[date, int]) -> dict[date, int]:
    """Return the people of each week, by its first day in the round."""
    first, weeks = min(shown), Counter[date]()
    for day, people in shown.items():
        weeks[max(monday_of(day), first)] += people
    return dict(weeks)


def _bar(day: date, people: int | None, most: int) -> DayBar:
    height = round(100 * (people or 0) / most, 2)
    return DayBar(day, people, round(100 - height, 2), height)
