"""All figures of a public page as one CSV, a line each: what the page shows and nothing more."""

from collections.abc import Iterable, Sequence

from core.sheets.writing import csv_of
from survey.counter.models import Counter
from survey.figures.queries.figures import Figures
from survey.figures.queries.province import ProvinceFigures
from survey.figures.rules.reasons import Reasons
from survey.figures.rules.scorecard import Scorecard
from survey.instrument.rules.quick import LEVELS, REASON_WORDS
from survey.rating.labels import CHANNEL
from survey.rating.rules.channels import Channel
from survey.rating.rules.release import MINIMUM

HEADER = ("phan", "dong", "luot", "hai_long", "ty_le_phan_tram", "tu_phan_tram", "den_phan_tram")
"""Plain letters and points in numbers, for programs that read them."""
FEW = f"duoi {MINIMUM}"
"""In the place of a count that is withheld."""
_Row = tuple[object, ...]


def figures_table(
    figures: Figures,
    province: ProvinceFigures | None,
    counters: Sequence[tuple[Counter, Scorecard | None]] = (),
    channels: Sequence[tuple[Channel, Scorecard | None]] = (),
    reasons: Sequence[tuple[str, Reasons | None]] = (),
) -> bytes:
    """Return the figures of an office or a counter; *reasons* are named by who gave them."""
    rows: list[_Row] = [HEADER, _line("tong", "tat ca", figures.card)]
    if province:
        rows.append(_line("tong", "toan tinh", province.card))
    rows += _levels(figures.card)
    for point in figures.trend:
        shares = (point.share, point.low, point.high) if point.share is not None else None
        count, satisfied = (point.n, round(point.n * (point.share or 0))) if shares else (FEW, "")
        rows.append(("thang", f"{point.month:%Y-%m}", count, satisfied, *_percents(shares)))
    rows += [_line("quay", f"{counter.number} {counter.name}", card) for counter, card in counters]
    rows += [_line("kenh", CHANNEL[channel], card) for channel, card in channels]
    for name, group in reasons:
        rows += _reasons(name, group)
    return csv_of(rows)


def _line(part: str, name: str, card: Scorecard | None) -> _Row:
    if card is None:
        return (part, name, FEW, "", *_percents(None))
    return (part, name, card.n, card.satisfied, *_percents((card.share, card.low, card.high)))


def _levels(card: Scorecard | None) -> Iterable[_Row]:
    for each in card.levels if card else ():
        yield ("muc", LEVELS[each.level], each.count, "", f"{each.percent:.1f}", "", "")


def _reasons(name: str, group: Reasons | None) -> Iterable[_Row]:
    for row in group.counts if group else ():
        yield (name, REASON_WORDS[row.reason], FEW if row.count is None else row.count, "", *_percents(None))


def _percents(shares: tuple[float, float, float] | None) -> tuple[str, str, str]:
    low, share, high = ("", "", "") if shares is None else (f"{100 * share:.1f}" for share in shares)
    return low, share, high
