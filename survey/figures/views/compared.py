"""The content of a comparison: two sides as strips and as bars of five levels, and what their difference says."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.charts.diverging import Diverging, diverging
from core.charts.strips import StripRow, strip, strip_axis
from core.values.numbers import decimal, percent, thousands
from core.web.language import content
from survey.figures.labels import level_of, reference_of, whole_of
from survey.figures.queries.province import ProvinceFigures
from survey.figures.queries.shown import Counts
from survey.figures.rules.contrast import Contrast, contrast, difference
from survey.figures.rules.periods import EVER, Period, card_in
from survey.figures.rules.scorecard import Scorecard
from survey.figures.views import words
from survey.figures.views.model import MARKS, StripRows, ascending, few_words
from survey.figures.views.period_words import covered_words, exact_words
from survey.figures.views.words import _
from survey.instrument.rules.quick import LEVELS

OPPOSITE = {
    Contrast.HIGHER: Contrast.LOWER,
    Contrast.LOWER: Contrast.HIGHER,
    Contrast.UNCLEAR: Contrast.UNCLEAR,
}


@dataclass(frozen=True)
class ComparedSide:
    """An office, or all offices of its province, in a period: its name, its figures, the months that have any, and
    what tells it from the other side.

    *level* is what a whole province is called where an office is compared with it; empty for an office.
    """

    name: str
    period: Period
    card: Scorecard | None
    months: Collection[date] = ()
    label: str = ""
    level: str = ""

    @property
    def row_name(self) -> str:
        """The name as it stands at the head of a row."""
        return content(upper(self.name))

    @property
    def covers(self) -> str:
        """The period with the months that its figures cover."""
        return covered_words(self.period, self.months)


@dataclass(frozen=True)
class Comparison:
    """Both sides as strips and as bars of five levels, and what their difference says.

    *line* names the line of the province with its share; empty where there is none.
    """

    finding: str
    found: Contrast | None
    rows: StripRows
    levels: Diverging | None
    sides: tuple[ComparedSide, ComparedSide]
    line: str = ""

    @property
    def shares(self) -> str:
        """Both shares with their ratings, as a sentence; empty without one of them."""
        first, second = self.sides
        if first.card is None or second.card is None:
            return ""
        said = _(
            "%(first)s: %(share)s hài lòng trong %(n)s lượt; %(second)s: %(other_share)s trong %(other_n)s lượt.",
            first=first.label,
            second=second.label,
            share=percent(first.card.share),
            other_share=percent(second.card.share),
            n=thousands(first.card.n),
            other_n=thousands(second.card.n),
        )
        return upper(said)

    @property
    def periods(self) -> str:
        """The periods of both sides with the months that their figures cover: once, if they are the same."""
        first, second = self.sides
        if first.covers == second.covers:
            return upper(first.covers)
        if first.name == second.name:
            return upper(f"{first.covers}; {second.covers}")
        return upper("; ".join(f"{side.name}: {side.covers}" for side in self.sides))

    @property
    def distance(self) -> str:
        """By how many points of a hundred the shares differ, as they are printed; empty without one of them."""
        cards = [side.card for side in self.sides if side.card]
        if len(cards) < 2:
            return ""
        first, second = (round(Decimal(str(100 * card.share)), 1) for card in cards)
        return decimal(abs(first - second))

    @property
    def points(self) -> str:
        """The distance as a finding: whether it may be chance."""
        if self.found is None:
            return _("Tỷ lệ hài lòng")
        if self.distance == decimal(0):
            return _("Tỷ lệ hài lòng hai bên bằng nhau")
        if self.found is Contrast.UNCLEAR:
            return _("Cách nhau %(n)s điểm phần trăm, có thể chỉ do may rủi", n=self.distance)
        return _("Cách nhau %(n)s điểm phần trăm, khó là do may rủi", n=self.distance)

    @property
    def levels_finding(self) -> str:
        """How many of a hundred ratings are dissatisfied on each side."""
        first, second = self.sides
        if first.card is None or second.card is None:
            return ""
        values = {"first": decimal(100 * words.low_share(first.card), 0), "first_side": first.label}
        values |= {"second": decimal(100 * words.low_share(second.card), 0), "second_side": second.label}
        if values["first"] == values["second"]:
            return _("Không hài lòng: mỗi bên %(n)s trong 100 lượt", n=values["first"])
        if self._is_low_unclear:
            return _(
                "Không hài lòng, trong 100 lượt: %(first_side)s là\u00a0%(first)s, %(second_side)s là\u00a0%(second)s,"
                " có thể chỉ do may rủi",
                **values,
            )
        return _(
            "Không hài lòng, trong 100 lượt: %(first_side)s là\u00a0%(first)s, %(second_side)s là\u00a0%(second)s",
            **values,
        )

    @property
    def _is_low_unclear(self) -> bool:
        """Whether chance alone may explain how the shares of the dissatisfied differ."""
        return _difference(*self.sides, words.low_count) is Contrast.UNCLEAR

    @property
    def levels_beside(self) -> list[tuple[int, list[float]]]:
        """The levels from the highest down, each with its share on both sides."""
        cards = [side.card for side in self.sides if side.card]
        return [(int(level), [_share(card, int(level)) for card in cards]) for level in sorted(LEVELS, reverse=True)]


def side_of(name: str, months: Mapping[date, Counts], period: Period) -> ComparedSide:
    """Return the office called *name* in *period*."""
    return ComparedSide(name, period, card_in(months, period), list(months))


def province_side(whole: ProvinceFigures, period: Period) -> ComparedSide:
    """Return all offices of a province in *period*."""
    return replace(side_of(lower(_(whole_of(whole))), whole.months, period), level=_(level_of(whole)))


def labelled(first: ComparedSide, second: ComparedSide) -> tuple[ComparedSide, ComparedSide]:
    """Return both sides, labelled by what differs: the place, the period, or both."""
    if first.name == second.name:
        parts: list[tuple[str, ...]] = [(exact_words(side.period, side.months),) for side in (first, second)]
    elif first.period == second.period == EVER:
        parts = [(side.name,) for side in (first, second)]
    else:
        parts = [(side.name, exact_words(side.period, side.months)) for side in (first, second)]
    return replace(first, label=", ".join(parts[0])), replace(second, label=", ".join(parts[1]))


def compared(first: ComparedSide, second: ComparedSide, whole: ProvinceFigures | None) -> Comparison:
    """Return what tells both sides apart; the line of the province stands beside them where both are of one period."""
    sides = labelled(first, second)
    found = _difference(first, second)
    line = card_in(whole.months, first.period) if whole and first.period == second.period else None
    levels = diverging([(upper(side.label), ascending(side.card)) for side in sides if side.card]) if found else None
    finding = _finding(*sides, found)
    named = _("%(region)s %(share)s", region=_(reference_of(whole)), share=decimal(100 * line.share)) if line else ""
    return Comparison(finding, found, _rows(finding, sides, found, line), levels, sides, named)


def _satisfied(card: Scorecard) -> int:
    return card.satisfied


def _difference(
    first: ComparedSide, second: ComparedSide, counted: Callable[[Scorecard], int] = _satisfied
) -> Contrast | None:
    """Return how the share of the *counted* ratings of *first* stands beside that of *second*; None without figures."""
    if first.card is None or second.card is None:
        return None
    own, other = counted(first.card), counted(second.card)
    if second.level:
        return contrast(own, first.card.n, other / second.card.n)
    return difference((own, first.card.n), (other, second.card.n))


def _finding(first: ComparedSide, second: ComparedSide, found: Contrast | None) -> str:
    if found is None:
        return _("Một bên chưa đủ 5 lượt để công bố nên chưa so được")
    place = first.name if first.name == second.name else ""
    other = second.label.replace(second.name, second.level or second.name, 1)
    return upper(words.comparison_finding(first.label, other, found, place))


def _rows(finding: str, sides: Sequence[ComparedSide], found: Contrast | None, province: Scorecard | None) -> StripRows:
    """Return a row for each side; its mark says how it stands beside the other one."""
    axis = strip_axis([side.card.share for side in sides if side.card], province.share if province else None)
    marks = (found or Contrast.UNCLEAR, OPPOSITE[found or Contrast.UNCLEAR])
    rows = []
    for side, mark in zip(sides, marks, strict=True):
        row, card = StripRow(name=side.row_name, note=side.covers, few=few_words(False)), side.card
        if card:
            drawn = strip(axis, card.share, (card.low, card.high), MARKS[mark])
            row = replace(row, strip=drawn, share=card.share, low=card.low, high=card.high, n=card.n)
        rows.append(row)
    return StripRows(finding, axis, tuple(rows))


def _share(card: Scorecard, level: int) -> float:
    return next(each.share for each in card.levels if each.level == level)


def upper(name: str) -> str:
    """Return *name* with a capital letter."""
    return name[0].upper() + name[1:]


def lower(name: str) -> str:
    """Return *name* with a small letter."""
    return name[0].lower() + name[1:]
