"""The names of periods, and of the months that their figures cover."""

from collections.abc import Collection
from datetime import date

from survey.figures.rules.periods import EVER, Period, PeriodKind, covered
from survey.figures.views.words import _

NO_BREAK_SPACE = "\u00a0"
MONTHS_OF = {PeriodKind.YEAR: 12, PeriodKind.QUARTER: 3, PeriodKind.MONTH: 1}


def period_words(period: Period) -> str:
    """Return the name of a period."""
    if period == EVER:
        return _("tất cả các tháng")
    if period.kind is PeriodKind.QUARTER:
        return _("quý %(number)s/%(year)s", number=period.number, year=period.year)
    if period.kind is PeriodKind.MONTH:
        return _("tháng %(number)s/%(year)s", number=period.number, year=period.year)
    return _("năm %(year)s", year=period.year)


def exact_words(period: Period, months: Collection[date]) -> str:
    """Return the name of *period*, or of the only month in it that has figures; *months* are those with ratings."""
    held = covered(months, period)
    words = _month(held[0]) if len(held) == 1 else period_words(period)
    return words if period == EVER else words.replace(" ", NO_BREAK_SPACE)


def covered_words(period: Period, months: Collection[date]) -> str:
    """Return the name of *period* with the months that its figures cover, where they are not all of it."""
    held, name = covered(months, period), period_words(period)
    if not held or len(held) == MONTHS_OF.get(period.kind):
        return name
    first, last = held[0], held[-1]
    if period == EVER:
        if first == last:
            return _month(first)
        first_words, last_words = (f"{month.month}/{month.year}" for month in (first, last))
        return _("từ %(first)s đến %(last)s", first=first_words, last=last_words)
    if first == last:
        return _("%(period)s (chỉ có tháng %(number)s)", period=name, number=first.month)
    if last.month - first.month == len(held) - 1:
        return _("%(period)s (tháng %(first)s đến %(last)s)", period=name, first=first.month, last=last.month)
    return _("%(period)s (có %(n)s tháng)", period=name, n=len(held))


def _month(month: date) -> str:
    return period_words(Period(PeriodKind.MONTH, month.year, month.month))
