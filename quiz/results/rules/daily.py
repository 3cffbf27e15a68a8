"""The people of each day of a round as bars, without the days that a board may not show and without small numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

FEWEST = 5
"""Fewer people of a day are said to be few: a board of one village must not show who took part when."""


@dataclass(frozen=True)
class DayBar:
    """A day of a round: its people (None where they are not shown), and the top and the height of its bar in %."""

    day: date
    people: int | None
    is_few: bool
    top: float
    height: float


@dataclass(frozen=True)
class Daily:
    """The bars of a round up to the last day that is shown; `total` is None if it would tell the number of a few."""

    bars: tuple[DayBar, ...]
    until: date
    total: int | None


def daily(days: Sequence[date], counts: Mapping[date, int], until: date) -> Daily | None:
    """Return the bars of *days*, of which those up to *until* are shown; None while no day is shown.

    The highest bar fills the height; bars begin at zero.
    """
    shown = {day: counts.get(day, 0) for day in days if day <= until}
    if not shown:
        return None
    most = max(max(shown.values()), FEWEST)
    few = {day for day, people in shown.items() if people < FEWEST}
    bars = tuple(_bar(day, None if day in few else shown.get(day), most, is_few=day in few) for day in days)
    return Daily(bars, until, None if few else sum(shown.values()))


def _bar(day: date, people: int | None, most: int, *, is_few: bool) -> DayBar:
    height = round(100 * (people or 0) / most, 2)
    return DayBar(day, people, is_few, round(100 - height, 2), height)
