"""All figures of a public page as one CSV, a line each: what the page shows and nothing more."""

from collections.abc import Iterable, Sequence

from flask_babel import gettext as _

from core.sheets.writing import csv_of
from core.values.numbers import decimal
from survey.counter.models import Counter
from survey.figures.labels import whole_of
from survey.figures.queries.figures import Figures
from survey.figures.queries.province import ProvinceFigures
from survey.figures.rules.reasons import Reasons
from survey.figures.rules.scorecard import Scorecard
from survey.instrument.rules.quick import LEVELS, REASON_WORDS
from survey.rating.labels import CHANNEL
from survey.rating.rules.channels import Channel
from survey.rating.rules.release import MINIMUM

_Row = tuple[object, ...]


def figures_table(
    figures: Figures,
    province: ProvinceFigures | None,
    counters: Sequence[tuple[Counter, Scorecard | None]] = (),
    channels: Sequence[tuple[Channel, Scorecard | None]] = (),
    reasons: Sequence[tuple[str, Reasons | None]] = (),
) -> bytes:
    """Return the figures of an office or a counter; *reasons* are named by who gave them."""
    head = (_("Phần"), _("Dòng"), _("Lượt"), _("Hài lòng"), *percent_heads())
    rows: list[_Row] = [head, _line(_("Tổng"), _("Tất cả"), figures.card)]
    if province:
        rows.append(_line(_("Tổng"), _(whole_of(province)), province.card))
    rows += _levels(figures.card)
    for point in figures.trend:
        shares = (point.share, point.low, point.high) if point.share is not None else None
        count, satisfied = (point.n, round(point.n * (point.share or 0))) if shares else (few(), "")
        rows.append((_("Tháng"), f"{point.month:%Y-%m}", count, satisfied, *_percents(shares)))
    rows += [_line(_("Quầy"), f"{counter.number} {counter.name}", card) for counter, card in counters]
    rows += [_line(_("Kênh"), _(CHANNEL[channel]), card) for channel, card in channels]
    for name, group in reasons:
        rows += _reasons(name, group)
    return csv_of(rows)


def _line(part: str, name: str, card: Scorecard | None) -> _Row:
    if card is None:
        return (part, name, few(), "", *_percents(None))
    return (part, name, card.n, card.satisfied, *_percents((card.share, card.low, card.high)))


def _levels(card: Scorecard | None) -> Iterable[_Row]:
    for each in card.levels if card else ():
        yield (_("Mức"), _(LEVELS[each.level]), each.count, "", decimal(each.percent), "", "")


def _reasons(name: str, group: Reasons | None) -> Iterable[_Row]:
    for row in group.counts if group else ():
        yield (name, _(REASON_WORDS[row.reason]), few() if row.count is None else row.count, "", *_percents(None))


def _percents(shares: tuple[float, float, float] | None) -> tuple[str, str, str]:
    low, share, high = ("", "", "") if shares is None else (decimal(100 * share) for share in shares)
    return low, share, high


def percent_heads() -> tuple[str, str, str]:
    """Return the heads of a share and of the ends of its interval."""
    return _("Tỷ lệ hài lòng (phần trăm)"), _("Từ (phần trăm)"), _("Đến (phần trăm)")


def few() -> str:
    """Return what stands in the place of a count that is withheld."""
    return str(_("dưới %(n)s", n=MINIMUM))
