"""All figures of a public page as one CSV, a line each: what the page shows and nothing more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from core.sheets.writing import csv_of
from core.values.numbers import decimal
from survey.counter.models import Counter
from survey.figures.labels import whole_of
from survey.figures.queries.figures import Figures
from survey.figures.queries.province import ProvinceFigures
from survey.figures.rules.coverage import Coverage
from survey.figures.rules.reasons import Reasons
from survey.figures.rules.scorecard import Scorecard
from survey.instrument.rules.quick import LEVELS, REASON_WORDS
from survey.rating.labels import CHANNEL
from survey.rating.rules.channels import Channel
from survey.rating.rules.release import MINIMUM

_Row = tuple[object, ...]


@dataclass(frozen=True)
class Origin:
    """The days that the ratings of a file cover, and its *source*: publisher and address."""

    coverage: Coverage | None
    source: str

    @property
    def cells(self) -> _Row:
        """The cells under `origin_heads`."""
        if self.coverage is None:
            return self.elsewhere
        days = self.coverage.since, self.coverage.until, self.coverage.updated_on
        return (*(each.isoformat() for each in days), self.source)

    @property
    def elsewhere(self) -> _Row:
        """The same for a line whose ratings are of other days: it has no day but that of the update."""
        return ("", "", self.coverage.updated_on.isoformat() if self.coverage else "", self.source)


def origin_heads() -> tuple[str, str, str, str]:
    """Return the heads of the columns that say which days a file covers and where it is from."""
    return _("Từ ngày"), _("Đến ngày"), _("Cập nhật ngày"), _("Nguồn")


def days_in_name(coverage: Coverage | None) -> str:
    """Return the days that a file covers as the end of its name; empty without figures."""
    return f" {coverage.since} den {coverage.until}" if coverage else ""


def figures_table(
    figures: Figures,
    origin: Origin,
    province: ProvinceFigures | None,
    counters: Sequence[tuple[Counter, Scorecard | None]] = (),
    channels: Sequence[tuple[Channel, Scorecard | None]] = (),
    reasons: Sequence[tuple[str, Reasons | None]] = (),
) -> bytes:
    """Return the figures of an office or a counter; *reasons* are named by who gave them.

    Every line ends with the *origin* of the file, so that it says where it is from on its own. The province and the
    channels beside the open one reach over other days.
    """
    head = (_("Phần"), _("Dòng"), _("Lượt"), _("Hài lòng"), *percent_heads(), *origin_heads())
    rows: list[_Row] = [_line(_("Tổng"), _("Tất cả"), figures.card), *_levels(figures.card), *_months(figures)]
    rows += [_line(_("Quầy"), f"{counter.number} {counter.name}", card) for counter, card in counters]
    rows += [_channel(channel, card) for channel, card in channels if channel is Channel.OPEN]
    for name, group in reasons:
        rows += _reasons(name, group)
    others: list[_Row] = [_line(_("Tổng"), _(whole_of(province)), province.card)] if province else []
    others += [_channel(channel, card) for channel, card in channels if channel is not Channel.OPEN]
    return csv_of([head, *((*row, *origin.cells) for row in rows), *((*row, *origin.elsewhere) for row in others)])


def _channel(channel: Channel, card: Scorecard | None) -> _Row:
    return _line(_("Kênh"), _(CHANNEL[channel]), card)


def _months(figures: Figures) -> Iterable[_Row]:
    for point in figures.trend:
        shares = (point.share, point.low, point.high) if point.share is not None else None
        count, satisfied = (point.n, round(point.n * (point.share or 0))) if shares else (few(), "")
        yield (_("Tháng"), f"{point.month:%Y-%m}", count, satisfied, *_percents(shares))


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
