"""Vietnamese labels for trends."""

from collections.abc import Sequence
from datetime import date

from core.charts.trend import Trend, TrendPoint
from core.values.numbers import percent
from core.values.text import N_
from survey.figures.rules.trend import MonthPoint

TREND_TITLE = N_("Tỷ lệ hài lòng theo tháng: {name}")


def month(first: date) -> str:
    """Return a month on a chart's axis: T6/2026."""
    return f"T{first.month}/{first.year}"


def trend_alt(points: Sequence[MonthPoint]) -> str:
    """Return a trend in words, as the text alternative of its picture."""
    said = [
        f"{month(point.month)}: {percent(point.share)} ({point.n} lượt)" for point in points if point.share is not None
    ]
    return "; ".join(said) or N_("Chưa tháng nào đủ 5 lượt để công bố")


def trend_of(points: Sequence[MonthPoint], name: str) -> Trend | None:
    """Return what a drawing of *points* shows; None where no month has a share."""
    if all(point.share is None for point in points):
        return None
    return Trend(tuple(TrendPoint(month(point.month), point.share, point.low, point.high) for point in points), name)
