"""Vietnamese words of the files of a round."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from core.translation import gettext
from core.values.numbers import decimal, thousands
from core.values.text import N_
from quiz.awards.rules.bands import Band
from quiz.awards.rules.collective import UnitFigures
from quiz.contest.rules.terms import CollectiveMeasure

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
        return gettext("%(rate)s người trên 1.000 dân", rate=_per_thousand(value))
    return gettext(_COUNTED[measure], n=thousands(int(value)))


def award_words(measure: str, figure: int, headcount: int | None) -> str:
    """Return the *figure* that gave a unit its prize by a stored *measure*, in words."""
    if headcount:
        words = N_("%(rate)s người trên 1.000 dân (%(people)s người)")
        return gettext(words, rate=_per_thousand(Fraction(figure, headcount)), people=thousands(figure))
    return gettext(_COUNTED[CollectiveMeasure(measure)], n=thousands(figure))


def _per_thousand(value: Fraction) -> str:
    return decimal((Decimal(1000 * value.numerator) / value.denominator).quantize(Decimal("0.1"), ROUND_HALF_UP))


_COUNTED: dict[CollectiveMeasure, str] = {
    CollectiveMeasure.TURNS: N_("%(n)s lượt dự thi"),
    CollectiveMeasure.CAPPED: N_("%(n)s lượt được tính"),
    CollectiveMeasure.PEOPLE: N_("%(n)s người dự thi"),
    CollectiveMeasure.WINNERS: N_("%(n)s giải cá nhân"),
    CollectiveMeasure.POINTS: N_("%(n)s câu đúng"),
}
