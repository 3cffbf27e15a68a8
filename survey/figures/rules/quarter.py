"""Quarters of the year, to which the months of released ratings belong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter: its year, and its number from 1 to 4."""

    year: int
    number: int


def quarter_of(month: date) -> Quarter:
    """Return the quarter of a day, or of a month by its first day.

    >>> quarter_of(date(2026, 9, 1)), quarter_of(date(2026, 10, 1))
    (Quarter(year=2026, number=3), Quarter(year=2026, number=4))
    """
    return Quarter(month.year, (month.month + 2) // 3)


def newest_first(months: Iterable[date]) -> list[Quarter]:
    """Return the quarters of *months* without repeats, the newest first; empty for no month.

    >>> newest_first([date(2026, 7, 1), date(2026, 12, 1), date(2026, 8, 1)])
    [Quarter(year=2026, number=4), Quarter(year=2026, number=3)]
    """
    return sorted({quarter_of(month) for month in months}, reverse=True)
