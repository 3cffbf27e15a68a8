"""The comparison of two units in words: one sentence, the article of the rules, a row for each figure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext as _

from commune.models import Unit
from core.values.numbers import thousands
from core.values.text import N_
from quiz.awards.labels import amount_words, figure_words, rate_places, rate_words
from quiz.awards.queries.collective import CollectiveDraft
from quiz.awards.rules.collective import MeasureList, UnitFigures
from quiz.awards.rules.unit_comparison import UnitComparison, UnitOutcome, UnitSide, board_side, compare_units
from quiz.boards.rules.board import BoardOrder, UnitLine, figure, order_lines
from quiz.contest.labels import declared_sentences
from quiz.contest.labels.articles import Article, cited_articles
from quiz.contest.labels.terms import MEASURE, collective_sentences
from quiz.contest.models import Contest
from quiz.contest.rules.measures import by_measure
from quiz.contest.rules.terms import CollectiveMeasure

PRIZES = "giai"


@dataclass(frozen=True)
class FigureRow:
    """A figure of both units, the better one first; `decides` where the order is by it."""

    label: str
    upper: str
    lower: str
    decides: bool


@dataclass(frozen=True)
class UnitPage:
    """The text of the page: the sentence, the article that it rests on, names, ranks, prizes, figures and notes."""

    sentence: str
    article: Article | None
    names: tuple[str, str]
    ranks: tuple[str, str]
    prizes: tuple[str, str]
    rows: tuple[FigureRow, ...]
    notes: tuple[str, ...]


def prize_page(contest: Contest, draft: CollectiveDraft, one: int, other: int, own: MeasureList) -> UnitPage:
    """Return the comparison by a declared measure, with the prizes as they are by the present figures."""
    by, measure = {each.ref: each for each in draft.figures}, own.measure
    places = {each.figures.ref: each for each in own.awards}
    ranks = {ref: each.rank for ref, each in places.items()}
    sides = [UnitSide(ref, by[ref].value(measure), ranks.get(ref)) for ref in (one, other)]
    found = compare_units(*sides)
    pair = (found.upper.ref, found.lower.ref)
    words = _PrizeWords(measure, by, draft.units)
    given = [places.get(ref) for ref in pair]
    prizes = [
        _("chờ bốc thăm công khai") if each and each.needs_draw else each.tier.name if each and each.tier else "–"
        for each in given
    ]
    return UnitPage(
        sentence=words.sentence(found),
        article=_article(contest, measure, found),
        names=_names(draft.units, found),
        ranks=_ranks(found),
        prizes=(str(prizes[0]), str(prizes[1])),
        rows=tuple(_rows(by[pair[0]], by[pair[1]], measure)),
        notes=(str(_("Không tính bài không được công nhận. Thôn, tổ dân phố tính vào xã, phường.")),),
    )


def board_page(draft: CollectiveDraft, one: int, other: int, order: BoardOrder) -> UnitPage:
    """Return the comparison on the public board of the closed rounds, in one of its orders."""
    board = draft.board
    ordered = order_lines(board.lines, order, is_exact=board.is_exact)
    found = compare_units(board_side(one, ordered, order), board_side(other, ordered, order))
    lines = {each.ref: each for each in board.lines}
    upper, lower = lines[found.upper.ref], lines[found.lower.ref]
    notes = [_("Bảng công khai đếm mọi bài của các đợt đã chốt, cả bài không được công nhận.")]
    if order is BoardOrder.RATE and not ordered.is_exact:
        notes.append(
            _(
                "Theo dân thì bảng xếp bằng cận dưới của tỷ lệ (khoảng tin cậy %(level)s), trong nhóm cùng cỡ dân, để "
                "nơi rất nhỏ không đứng đầu nhờ may rủi.",
                level="95 %",
            )
        )
    return UnitPage(
        sentence=_board_sentence(found, (upper, lower), draft.units, order),
        article=None,
        names=_names(draft.units, found),
        ranks=_ranks(found),
        prizes=("", ""),
        rows=tuple(_board_rows(upper, lower, order)),
        notes=tuple(map(str, notes)),
    )


@dataclass(frozen=True)
class _PrizeWords:
    measure: CollectiveMeasure
    figures: Mapping[int, UnitFigures]
    units: Mapping[int, Unit]

    def sentence(self, found: UnitComparison) -> str:
        """Return what decides between the two by the measure, as one sentence."""
        given = {
            "measure": _(MEASURE[self.measure]),
            "upper": self.units[found.upper.ref].name,
            "lower": self.units[found.lower.ref].name,
        }
        if found.outcome is UnitOutcome.UNLISTED:
            return self._unlisted(found, given)
        first, second = self._figure(found.upper, found), self._figure(found.lower, found)
        if found.outcome is UnitOutcome.TIE:
            given["first"] = first
            return str(_("Xếp theo %(measure)s: %(upper)s và %(lower)s cùng %(first)s, nên cùng hạng.", **given))
        return str(
            _(
                "Xếp theo %(measure)s: %(upper)s %(first)s, %(lower)s %(second)s; hơn nhau %(amount)s.",
                first=first,
                second=second,
                amount=amount_words(self.measure, found.amount, self._places(found)),
                **given,
            )
        )

    def _unlisted(self, found: UnitComparison, given: dict[str, str]) -> str:
        if found.upper.rank is None:
            return str(_("Xếp theo %(measure)s: cả %(upper)s và %(lower)s đều không có số liệu để xếp.", **given))
        given["why"] = figure_words(self.measure, self.figures[found.lower.ref])
        given["first"] = self._figure(found.upper, found)
        return str(_("Xếp theo %(measure)s: %(upper)s %(first)s, còn %(lower)s không được xếp (%(why)s).", **given))

    def _figure(self, side: UnitSide, found: UnitComparison) -> str:
        figures = self.figures[side.ref]
        if self.measure is not CollectiveMeasure.RATE or side.value is None:
            return figure_words(self.measure, figures)
        people, headcount = thousands(figures.people), thousands(figures.headcount or 0)
        rate = rate_words(side.value, self._places(found))
        return str(_("%(rate)s (%(people)s trong %(headcount)s dân)", rate=rate, people=people, headcount=headcount))

    def _places(self, found: UnitComparison) -> int:
        values = [each for each in (found.upper.value, found.lower.value) if each is not None]
        return rate_places(values) if self.measure is CollectiveMeasure.RATE else 0


def _article(contest: Contest, measure: CollectiveMeasure, found: UnitComparison) -> Article:
    terms, tiers = contest.prize_terms, [tier.value for tier in contest.collective_tiers]
    if found.outcome is UnitOutcome.TIE:
        return cited_articles(contest.rules, is_weekly=contest.is_weekly).ties
    said = declared_sentences(contest.rules, terms, tiers, is_weekly=contest.is_weekly)
    at = list(by_measure(tiers, terms.measure) or [measure]).index(measure)
    text = collective_sentences(terms, tiers, is_weekly=contest.is_weekly)[at]
    return Article(said.index(text) + 1, text)


def _names(units: Mapping[int, Unit], found: UnitComparison) -> tuple[str, str]:
    return units[found.upper.ref].name, units[found.lower.ref].name


def _ranks(found: UnitComparison) -> tuple[str, str]:
    upper, lower = (str(side.rank) if side.rank else str(_("không xếp")) for side in (found.upper, found.lower))
    return upper, lower


def _rows(upper: UnitFigures, lower: UnitFigures, measure: CollectiveMeasure) -> Iterator[FigureRow]:
    for each in CollectiveMeasure:
        if each is CollectiveMeasure.CAPPED and measure is not each:
            continue
        label = str(_(MEASURE[each]))
        values = figure_words(each, upper), figure_words(each, lower)
        yield FigureRow(f"{label[:1].upper()}{label[1:]}", *values, decides=each is measure)


def _board_rows(upper: UnitLine, lower: UnitLine, order: BoardOrder) -> Iterator[FigureRow]:
    for each in BoardOrder:
        if each is BoardOrder.CAPPED and upper.capped is None:
            continue
        yield FigureRow(str(_(_BOARD[each])), _shown(upper, each), _shown(lower, each), decides=each is order)
    first, second = (thousands(line.headcount) if line.headcount else "–" for line in (upper, lower))
    yield FigureRow(str(_("Số dân dùng để tính")), first, second, decides=False)


def _shown(line: UnitLine, order: BoardOrder) -> str:
    if order is BoardOrder.RATE:
        return "–" if not line.headcount else rate_words(Fraction(line.people, line.headcount), 1)
    return _counted(int(figure(line, order)), order)


def _counted(count: int, order: BoardOrder) -> str:
    """Return a number of people or of entries in words."""
    n = thousands(count)
    if order is BoardOrder.CAPPED:
        return str(_("%(n)s lượt được tính", n=n))
    return str(_("%(n)s người dự thi", n=n) if order is BoardOrder.PEOPLE else _("%(n)s lượt dự thi", n=n))


def _board_sentence(
    found: UnitComparison, lines: tuple[UnitLine, UnitLine], units: Mapping[int, Unit], order: BoardOrder
) -> str:
    upper, lower = _names(units, found)
    first, second = _shown(lines[0], order), _shown(lines[1], order)
    given = {"upper": upper, "lower": lower, "first": first, "second": second}
    if found.outcome is UnitOutcome.UNLISTED:
        return str(_("Trên bảng này không so được: %(upper)s %(first)s, %(lower)s %(second)s.", **given))
    if found.outcome is UnitOutcome.APART:
        return str(_("Bảng xếp %(upper)s (%(first)s) và %(lower)s (%(second)s) ở hai nhóm cỡ dân khác nhau.", **given))
    if found.outcome is UnitOutcome.TIE:
        return str(_("Trên bảng, %(upper)s và %(lower)s cùng %(first)s, nên cùng hạng.", **given))
    if order is BoardOrder.RATE:
        return str(_("Trên bảng theo dân, %(upper)s %(first)s, đứng trên %(lower)s %(second)s.", **given))
    given["amount"] = _counted(int(found.amount), order)
    return str(_("Trên bảng, %(upper)s %(first)s, %(lower)s %(second)s; hơn nhau %(amount)s.", **given))


_BOARD: dict[BoardOrder, str] = {
    BoardOrder.RATE: N_("Người trên 1.000 dân"),
    BoardOrder.PEOPLE: N_("Người dự thi"),
    BoardOrder.TURNS: N_("Lượt dự thi"),
    BoardOrder.CAPPED: N_("Lượt được tính"),
}
