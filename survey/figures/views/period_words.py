"""The names of periods, and of the months that their figures cover."""

from collections.abc import Collection
from datetime import date

from core.values.dates import month, month_name
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
        return month(date(period.year, period.number, 1))
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
        return _("từ %(first)s đến %(last)s", first=month(first), last=month(last))
    if first == last:
        return _("%(period)s (chỉ có %(month)s)", period=name, month=month_name(first))
    if last.month - first.month == len(held) - 1:
        return _("%(period)s (%(first)s–%(last)s)", period=name, first=month_name(first), last=month_name(last))
    return _("%(period)s (có %(n)s tháng)", period=name, n=len(held))


def _month(first: date) -> str:
    return period_words(Period(PeriodKind.MONTH, first.year, first.month))
