"""Vietnamese words of the files of a round."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from core.translation import gettext
from core.values.numbers import decimal, thousands
from core.values.text import N_
from quiz.awards.rules.bands import Band
from quiz.awards.rules.collective import UnitFigures
from quiz.contest.rules.terms import CollectiveMeasure

MOST_PLACES = 6
"""The most decimals of a rate, which tell any two rates of units apart that people can check."""
BAND: dict[Band, str] = {
    Band.ALL: N_("Đúng 100 %"),
    Band.HIGH: N_("Đúng từ 75 % đến dưới 100 %"),
    Band.MIDDLE: N_("Đúng từ 25 % đến dưới 75 %"),
    Band.LOW: N_("Đúng dưới 25 %"),
}
WINNER_STATE: dict[str, str] = {
    "pending": N_("chờ gọi xác nhận"),
    "confirmed": N_("đã xác nhận"),
    "passed": N_("không liên lạc được, chuyển giải"),
}


def figure_words(measure: CollectiveMeasure, figures: UnitFigures) -> str:
    """Return the figure of a unit by *measure* in words: 5.821 lượt dự thi; 12,4 người trên 1.000 dân."""
    value = figures.value(measure)
    if value is None:
        return gettext("không có số dân dùng được")
    if measure is CollectiveMeasure.RATE:
        return rate_words(value, 1)
    return gettext(_COUNTED[measure], n=thousands(int(value)))


def award_words(measure: str, figure: int, headcount: int | None) -> str:
    """Return the *figure* that gave a unit its prize by a stored *measure*, in words."""
    if headcount:
        words = N_("%(rate)s người trên 1.000 dân (%(people)s người)")
        return gettext(words, rate=_per_thousand(Fraction(figure, headcount)), people=thousands(figure))
    return gettext(_COUNTED[CollectiveMeasure(measure)], n=thousands(figure))


def amount_words(measure: CollectiveMeasure, amount: Fraction, places: int) -> str:
    """Return how far two units are apart by *measure*, in words; a rate with so many decimal *places*."""
    if measure is CollectiveMeasure.RATE:
        return rate_words(amount, places)
    return gettext(_COUNTED[measure], n=thousands(int(amount)))


def rate_words(value: Fraction, places: int) -> str:
    """Return a rate with so many decimal *places*: 12,4 người trên 1.000 dân."""
    return gettext("%(rate)s người trên 1.000 dân", rate=_per_thousand(value, places))


def rate_places(values: Sequence[Fraction]) -> int:
    """Return the fewest decimal places, 1 to `MOST_PLACES`, at which different rates look different.

    >>> rate_places([Fraction(1, 3), Fraction(333, 1000)]), rate_places([Fraction(1, 3), Fraction(1, 3)])
    (1, 1)
    """
    different = len(set(values))
    for places in range(1, MOST_PLACES):
        if len({_rounded(value, places) for value in values}) == different:
            return places
    return MOST_PLACES


def _per_thousand(value: Fraction, places: int = 1) -> str:
    return decimal(_rounded(value, places), places)


def _rounded(value: Fraction, places: int) -> Decimal:
    exact = Decimal(1000 * value.numerator) / value.denominator
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


_COUNTED: dict[CollectiveMeasure, str] = {
    CollectiveMeasure.TURNS: N_("%(n)s lượt dự thi"),
    CollectiveMeasure.CAPPED: N_("%(n)s lượt được tính"),
    CollectiveMeasure.PEOPLE: N_("%(n)s người dự thi"),
    CollectiveMeasure.WINNERS: N_("%(n)s giải cá nhân"),
    CollectiveMeasure.POINTS: N_("%(n)s câu đúng"),
}

OUTDATED = N_("Kết quả đã thay đổi sau quyết định này; cần quyết định lại.")
"""On papers with a decision that a later correction has outdated."""
