"""The sentences of findings, in the language of the request."""

from collections.abc import Sequence

from flask_babel import gettext

from core.values.dates import month
from core.values.numbers import decimal, percent, thousands
from survey.counter.models import Counter
from survey.figures.rules.contrast import Contrast
from survey.figures.rules.finding import (
    FEW_RATINGS,
    RECENT,
    Course,
    Fraction,
    Side,
    TitleNote,
    as_fraction,
    between,
    clear_pair,
    course,
)
from survey.figures.rules.reasons import DISSATISFIED, Reasons
from survey.figures.rules.scorecard import Scorecard
from survey.figures.rules.trend import MonthPoint
from survey.instrument.rules.quick import REASON_WORDS

NAMED_REASONS = 2
"""The reasons that a title names."""
MOST_NAMED = 3
"""The most that it names where several were ticked equally often."""


def _(text: str, **values: object) -> str:
    return str(gettext(text, **values))


def headline(name: str, card: Scorecard) -> str:
    """Return the title of an office or a counter: its share as people say it."""
    fraction = as_fraction(card.share)
    if fraction.of == 1:
        return _extreme(name, fraction)
    words = {"name": name, "parts": fraction.parts, "of": fraction.of}
    if fraction.side is Side.NEARLY:
        return _("%(name)s: gần %(parts)s trong %(of)s lượt hài lòng", **words)
    if fraction.side is Side.OVER:
        return _("%(name)s: hơn %(parts)s trong %(of)s lượt hài lòng", **words)
    return _("%(name)s: %(parts)s trong %(of)s lượt hài lòng", **words)


def _extreme(name: str, fraction: Fraction) -> str:
    is_exact = fraction.side is Side.EXACTLY
    if fraction.parts:
        return (
            _("%(name)s: mọi lượt đều hài lòng", name=name)
            if is_exact
            else _("%(name)s: hầu như mọi lượt đều hài lòng", name=name)
        )
    return (
        _("%(name)s: chưa có lượt nào hài lòng", name=name)
        if is_exact
        else _("%(name)s: rất ít lượt hài lòng", name=name)
    )


def title_note_words(found: TitleNote, n: int, lower: Sequence[Counter], level: str) -> str:
    """Return the second sentence of the title; *lower* are the counters clearly below the *level* of the province."""
    if found is TitleNote.FEW:
        return _("Mới có %(n)s lượt nên chưa nói chắc được", n=thousands(n))
    if found is TitleNote.COUNTERS_LOWER and len(lower) == 1:
        return _("Quầy %(number)s thấp hơn rõ %(level)s", number=lower[0].number, level=level)
    if found is TitleNote.COUNTERS_LOWER:
        return _("%(n)s quầy thấp hơn rõ %(level)s", n=len(lower), level=level)
    return {
        TitleNote.HIGHER: _("Cao hơn rõ %(level)s", level=level),
        TitleNote.LOWER: _("Thấp hơn rõ %(level)s", level=level),
        TitleNote.UNCLEAR: _("Chưa thể nói hơn hay kém %(level)s", level=level),
    }.get(found, "")


def beside_province(card: Scorecard, contrast: Contrast | None, province: Scorecard | None, level: str) -> str:
    """Return how far the share may lie from what was counted, and how it stands beside the province."""
    values = {"low": decimal(100 * card.low), "high": percent(card.high)}
    if province is None:
        return _("Tỷ lệ này có thể xê dịch từ %(low)s đến %(high)s.", **values)
    values |= {"province": percent(province.share), "level": level}
    if contrast is Contrast.HIGHER:
        return _("Tỷ lệ này có thể xê dịch từ %(low)s đến %(high)s, cao hơn rõ %(level)s (%(province)s).", **values)
    if contrast is Contrast.LOWER:
        return _("Tỷ lệ này có thể xê dịch từ %(low)s đến %(high)s, thấp hơn rõ %(level)s (%(province)s).", **values)
    return _(
        "Tỷ lệ này có thể xê dịch từ %(low)s đến %(high)s, nên chưa thể nói hơn hay kém %(level)s (%(province)s).",
        **values,
    )


def levels_finding(card: Scorecard, province: Scorecard | None, region: str) -> str:
    """Return how many of a hundred ratings are dissatisfied, here and in the province."""
    here = decimal(100 * low_share(card), 0)
    if province is None:
        return _("Cứ 100 lượt thì %(here)s lượt không hài lòng", here=here)
    there = decimal(100 * low_share(province), 0)
    return _(
        "Cứ 100 lượt thì %(here)s lượt không hài lòng, cả %(region)s là %(there)s",
        here=here,
        region=region,
        there=there,
    )


def low_share(card: Scorecard) -> float:
    """Return the share of the two dissatisfied levels."""
    return sum(each.share for each in card.levels if each.level in DISSATISFIED)


def low_count(card: Scorecard) -> int:
    """Return the number of ratings of the two dissatisfied levels."""
    return sum(each.count for each in card.levels if each.level in DISSATISFIED)


def trend_finding(points: Sequence[MonthPoint]) -> str:
    """Return how the recent months stand beside those before."""
    known = [point for point in points if point.share is not None]
    found = course(points)
    if found is Course.SHORT:
        return _short_course(known)
    before = len(known) - RECENT
    if found is Course.UP:
        return _("Ba tháng gần đây cao hơn rõ %(n)s tháng trước đó", n=before)
    if found is Course.DOWN:
        return _("Ba tháng gần đây thấp hơn rõ %(n)s tháng trước đó", n=before)
    return _("Ba tháng gần đây chưa khác rõ %(n)s tháng trước đó", n=before)


def _short_course(known: Sequence[MonthPoint]) -> str:
    """Return how the last of a few months stands beside the first, and whether that may be chance."""
    first, last = known[0], known[-1]
    before, after = percent(first.share or 0.0, 0), percent(last.share or 0.0, 0)
    values = {"first": month(first.month), "last": month(last.month), "before": before, "after": after}
    if len(known) < 2:
        return _("Mới có số liệu một tháng: %(after)s hài lòng", **values)
    if before == after:
        return _("Từ %(first)s đến %(last)s: đầu và cuối đều %(after)s", **values)
    is_clear = between(first, last) is not Contrast.UNCLEAR
    if (last.share or 0.0) < (first.share or 0.0):
        fall = _("Từ %(first)s đến %(last)s: %(before)s xuống %(after)s", **values)
        return _("%(change)s, giảm rõ", change=fall) if is_clear else _("%(change)s, chưa chắc đã giảm", change=fall)
    rise = _("Từ %(first)s đến %(last)s: %(before)s lên %(after)s", **values)
    return _("%(change)s, tăng rõ", change=rise) if is_clear else _("%(change)s, chưa chắc đã tăng", change=rise)


def counters_alone(rows: Sequence[tuple[Counter, Scorecard]]) -> str:
    """Return which of the counters of an office without a province differ clearly from each other."""
    if len(rows) < 2:
        return _("Mới một quầy đủ lượt để công bố")
    pair = clear_pair([(card.satisfied, card.n) for _counter, card in rows])
    if pair is None:
        return _("Chưa thể nói quầy nào hơn kém")
    low, high = (rows[place][0].number for place in pair)
    return _("Quầy %(low)s thấp hơn rõ Quầy %(high)s", low=low, high=high)


def counters_finding(rows: Sequence[tuple[Counter, Contrast | None]], level: str) -> str:
    """Return which counters differ clearly from the *level* of the province."""
    lower = [counter for counter, contrast in rows if contrast is Contrast.LOWER]
    higher = [counter for counter, contrast in rows if contrast is Contrast.HIGHER]
    if not lower and not higher:
        return _("Chưa thấy quầy nào khác rõ %(level)s", level=level)
    if lower and higher:
        return _(
            "Quầy %(lower)s thấp hơn rõ %(level)s; Quầy %(higher)s cao hơn rõ",
            level=level,
            lower=_numbers(lower),
            higher=_numbers(higher),
        )
    if lower:
        return _("Quầy %(numbers)s thấp hơn rõ %(level)s", numbers=_numbers(lower), level=level)
    return _("Quầy %(numbers)s cao hơn rõ %(level)s", numbers=_numbers(higher), level=level)


def tile_words(level: str) -> dict[str, str]:
    """Return what the squares of a tile map mean, by their mark; *level* is what they are compared with, or empty
    where they say how the shares have changed.
    """
    if not level:
        return {
            "hi": _("tăng rõ"),
            "lo": _("giảm rõ"),
            "eq": _("chưa chắc đã đổi"),
            "few": _("chưa đủ lượt để so"),
            "no": _("chưa mở đánh giá"),
        }
    return {
        "hi": _("cao hơn rõ"),
        "lo": _("thấp hơn rõ"),
        "eq": _("chưa thể nói hơn hay kém"),
        "few": _("chưa đủ lượt"),
        "no": _("chưa mở đánh giá"),
    }


def _numbers(counters: Sequence[Counter]) -> str:
    return ", ".join(str(number) for number in sorted(counter.number for counter in counters))


def reasons_finding(low: Reasons | None, high: Reasons | None) -> str:
    """Return the reasons that were ticked most often, those of the dissatisfied first."""
    if low and (named := _named(low)):
        return _("Lượt không hài lòng nhắc nhiều nhất: %(reasons)s", reasons=named)
    if high and (named := _named(high)):
        return _("Lượt hài lòng nhắc nhiều nhất: %(reasons)s", reasons=named)
    return _("Người đánh giá nhắc tới điều gì")


def _named(reasons: Reasons) -> str:
    """Return the reasons of the largest counts: NAMED_REASONS, with those that equal the last of them; without it where
    these are more than MOST_NAMED.
    """
    known = [(row.reason, row.count) for row in reasons.counts if row.count is not None]
    last = known[:NAMED_REASONS][-1][1] if known else 0
    shown = [reason for reason, count in known if count >= last]
    if len(shown) > MOST_NAMED:
        shown = [reason for reason, count in known if count > last]
    words = [_(REASON_WORDS[reason]) for reason in shown]
    return ", ".join(word[0].lower() + word[1:] for word in words)


def channels_finding(others: Sequence[tuple[str, Contrast]], most: int) -> str:
    """Return which other channel differs clearly from the open one; *most* is the largest number of ratings of one."""
    if most < FEW_RATINGS:
        return _("Kênh khác mới có ít lượt, chưa đủ để so với mã QR tại quầy")
    for channel, contrast in others:
        if contrast is Contrast.HIGHER:
            return _("%(channel)s: tỷ lệ cao hơn rõ mã QR tại quầy", channel=_(channel))
        if contrast is Contrast.LOWER:
            return _("%(channel)s: tỷ lệ thấp hơn rõ mã QR tại quầy", channel=_(channel))
    return _("Các kênh chưa khác nhau rõ")


def comparison_finding(first: str, second: str, found: Contrast, place: str = "") -> str:
    """Return whether *first* differs clearly from *second*; *place* is the office of which both are periods."""
    values = {"first": first, "second": second, "place": place}
    if place:
        if found is Contrast.HIGHER:
            return _("%(place)s: %(first)s cao hơn hẳn %(second)s", **values)
        if found is Contrast.LOWER:
            return _("%(place)s: %(first)s thấp hơn hẳn %(second)s", **values)
        return _("%(place)s: chưa thể nói %(first)s hơn hay kém %(second)s", **values)
    if found is Contrast.HIGHER:
        return _("%(first)s cao hơn hẳn %(second)s", **values)
    if found is Contrast.LOWER:
        return _("%(first)s thấp hơn hẳn %(second)s", **values)
    return _("Chưa thể nói %(first)s hơn hay kém %(second)s", **values)
