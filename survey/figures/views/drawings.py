"""The trend of an office or a counter, drawn in the page and as files, once per state of its data."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from markupsafe import Markup

from core.charts.palette import SENTINELS
from core.charts.store import cached
from core.charts.svg import inline_svg
from core.charts.trend import LARGE, NARROW, WIDE, Size, Trend, TrendPoint, draw_trend
from core.crypto import digest
from core.values.language import present
from core.values.numbers import percent
from core.web.extensions import settings
from survey.figures import labels
from survey.figures.queries.figures import Figures
from survey.figures.queries.province import ProvinceFigures
from survey.figures.views.words import _

VERSION = "trend-v7"
"""A part of every key: raise it with the drawing."""


def trend_drawn(figures: Figures, province: ProvinceFigures | None, name: str, months: int) -> Trend | None:
    """Return the last *months* of *figures* beside the province; None where no month has a share."""
    points = figures.trend[-months:]
    if all(point.share is None for point in points):
        return None
    there = {point.month: point.share for point in province.trend} if province else {}
    return Trend(
        tuple(TrendPoint(labels.month(point.month), point.share, point.low, point.high) for point in points),
        name,
        tuple(there.get(point.month) for point in points) if there else (),
        _(labels.whole_of(province)) if there else "",
    )


def trend_words(trend: Trend) -> str:
    """Return *trend* in a sentence: the first, the last and the reference's last share."""
    known = [point for point in trend.points if point.share is not None]
    said = _(
        "Tỷ lệ hài lòng theo tháng, %(name)s: %(first)s là %(first_share)s, %(last)s là %(last_share)s",
        name=trend.name,
        first=known[0].label,
        first_share=percent(known[0].share or 0, 0),
        last=known[-1].label,
        last_share=percent(known[-1].share or 0, 0),
    )
    if not trend.reference or trend.reference[-1] is None:
        return said
    return _(
        "%(trend)s; %(whole)s: %(share)s", trend=said, whole=trend.reference_name, share=percent(trend.reference[-1], 0)
    )


def inline_trend(trend: Trend) -> Markup:
    """Return *trend* as three elements, of which the width of the screen and the size of letters show one."""
    drawn = []
    for key, size in (("slim", NARROW), ("wide", WIDE), ("large", LARGE)):
        picture = kept(f"inline {key} {trend!r}", partial(_inline, trend, key, size)).decode()
        drawn.append(picture.replace('class="ch mpl"', f'class="ch mpl mpl-{key}"', 1))
    return Markup("".join(drawn))  # noqa: S704 - our own drawing


def _inline(trend: Trend, key: str, size: Size) -> bytes:
    return inline_svg(draw_trend(trend, size, SENTINELS), f"t-{key}", trend_words(trend)).encode()


def kept(what: str, draw: Callable[[], bytes]) -> bytes:
    """Return the drawing of *what*, which names all that it shows, from the instance's folder or drawn now."""
    folder = Path(settings().instance_path) / "cache" / "charts"
    return cached(folder, digest(VERSION, present(), what).hex(), draw)
