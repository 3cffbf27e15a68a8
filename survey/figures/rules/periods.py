"""Periods that figures can be compared over: all months, a year, a quarter, a month."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from core.values.period import read_period_code
from survey.figures.rules.scorecard import Scorecard, combine, scorecard
from survey.instrument.rules.levels import Level


class PeriodKind(Enum):
    """How long a period is."""

    ALL = "all"
    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"


@dataclass(frozen=True)
class Period:
    """A period: its year, and its quarter (1 to 4) or month (1 to 12) as *number*; both 0 for all months."""

    kind: PeriodKind
    year: int = 0
    number: int = 0

    @property
    def code(self) -> str:
        """The text by which an address names it; empty for all months.

        >>> Period(PeriodKind.QUARTER, 2026, 3).code, Period(PeriodKind.MONTH, 2026, 7).code
        ('2026-q3', '2026-07')
        """
        number = {PeriodKind.QUARTER: f"-q{self.number}", PeriodKind.MONTH: f"-{self.number:02}"}
        return f"{self.year}{number.get(self.kind, '')}" if self.year else ""

    def has(self, month: date) -> bool:
        """Return whether the period holds *month*, named by its first day."""
        if self.kind is PeriodKind.QUARTER:
            return (month.year, (month.month + 2) // 3) == (self.year, self.number)
        if self.kind is PeriodKind.MONTH:
            return (month.year, month.month) == (self.year, self.number)
        return self.kind is PeriodKind.ALL or month.year == self.year


EVER = Period(PeriodKind.ALL)


def read_period(code: str) -> Period:
    """Return the period that *code* names; EVER for anything else.

    >>> read_period("2026-q3").number, read_period("2026-13") == EVER
    (3, True)
    """
    found = read_period_code(code)
    if found is None:
        return EVER
    year, quarter, month = found
    if quarter:
        return Period(PeriodKind.QUARTER, year, quarter)
    return Period(PeriodKind.MONTH, year, month) if month else Period(PeriodKind.YEAR, year)


def list_periods(months: Collection[date]) -> list[Period]:
    """Return the periods that hold one of *months*: all, years, quarters, months, each the latest first."""
    years = {Period(PeriodKind.YEAR, month.year) for month in months}
    quarters = {Period(PeriodKind.QUARTER, month.year, (month.month + 2) // 3) for month in months}
    single = {Period(PeriodKind.MONTH, month.year, month.month) for month in months}
    return [EVER, *(each for group in (years, quarters, single) for each in _latest_first(group))]


def covered(months: Collection[date], period: Period) -> list[date]:
    """Return those of *months* that lie in *period*, the earliest first; *months* are first days, those with ratings.

    >>> covered([date(2026, 1, 1), date(2025, 12, 1)], Period(PeriodKind.YEAR, 2025))
    [datetime.date(2025, 12, 1)]
    """
    return sorted(month for month in months if period.has(month))


def card_in(months: Mapping[date, Mapping[Level, int]], period: Period) -> Scorecard | None:
    """Return the figures of the released *months* in *period*; None for too few ratings."""
    return scorecard(combine(*(counts for month, counts in months.items() if period.has(month))))


def _latest_first(periods: Iterable[Period]) -> list[Period]:
    return sorted(periods, key=lambda period: (period.year, period.number), reverse=True)
