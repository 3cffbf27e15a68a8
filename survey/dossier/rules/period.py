"""The periods by which dossiers are counted: a month, a quarter, a year."""

from dataclasses import dataclass
from datetime import date, timedelta

from core.values.period import read_period_code


@dataclass(frozen=True, order=True)
class DossierPeriod:
    """A calendar month, quarter or year, from *first* to *last* day."""

    first: date
    last: date

    @property
    def months(self) -> int:
        """Its length: 1, 3 or 12."""
        return self.last.month - self.first.month + 1

    @property
    def code(self) -> str:
        """Its form in an address.

        >>> read_period("2026-q4").code, read_period("2026-02").code
        ('2026-q4', '2026-02')
        """
        if self.months == 12:
            return f"{self.first.year}"
        return f"{self.first.year}-q{self.last.month // 3}" if self.months == 3 else f"{self.first:%Y-%m}"


def read_period(code: str) -> DossierPeriod | None:
    """Return the period of *code*, None if it is none.

    >>> read_period("2026-02")
    DossierPeriod(first=datetime.date(2026, 2, 1), last=datetime.date(2026, 2, 28))
    >>> read_period("2026-13") is None
    True
    """
    found = read_period_code(code)
    if found is None:
        return None
    year, quarter, month = found
    if quarter:
        return _of(year, quarter * 3 - 2, 3)
    return _of(year, month, 1) if month else _of(year, 1, 12)


def quarter_of(day: date) -> DossierPeriod:
    """Return the quarter of *day*."""
    return _of(day.year, (day.month - 1) // 3 * 3 + 1, 3)


def periods_between(first: date, last: date) -> list[DossierPeriod]:
    """Return every year, quarter and month that holds a day from *first* to *last*: the newest first, each year before
    its quarters, each quarter before its months.
    """
    every = [
        period
        for year in range(last.year, first.year - 1, -1)
        for period in (
            _of(year, 1, 12),
            *(each for at in (10, 7, 4, 1) for each in (_of(year, at, 3), *(_of(year, at + n, 1) for n in (2, 1, 0)))),
        )
    ]
    return [each for each in every if each.first <= last and each.last >= first]


def _of(year: int, month: int, months: int) -> DossierPeriod:
    after = month + months
    end = date(year + (after > 12), after - 12 if after > 12 else after, 1) - timedelta(days=1)
    return DossierPeriod(date(year, month, 1), end)
