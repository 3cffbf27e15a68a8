"""Words of a board made from values: its title, names, bands and notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from flask_babel import gettext
from flask_babel import gettext as _

from commune.models import Unit
from core.values.numbers import decimal, thousands
from core.values.text import N_
from quiz.boards.labels.board import FIGURE_UNIT, FINDING, MANY_LEAD, ROUGHLY
from quiz.boards.queries.today import TodayRow
from quiz.boards.rules.board import BoardOrder, Ranked, UnitLine, figure
from quiz.boards.rules.board_finding import BoardFinding, Lead, roughly
from quiz.contest.labels.terms import MEASURE
from quiz.contest.rules.terms import CollectiveMeasure

KINDS = ("xã ", "phường ", "thị trấn ", "đặc khu ")


def said(text: str, **values: object) -> str:
    """Return a label in the language of the page, with its values."""
    return str(gettext(text, **values))


def value_words(line: UnitLine, order: BoardOrder) -> str:
    """Return the figure that a board is ordered by, as text."""
    return decimal(line.rate or 0) if order is BoardOrder.RATE else thousands(int(figure(line, order)))


def short_names(units: Iterable[Unit]) -> dict[int, str]:
    """Return the name of each unit without its kind, unless two would have the same."""
    names = {unit.id: (unit.name, _without_kind(unit.name)) for unit in units}
    uses = Counter(short for _name, short in names.values())
    return {ref: short if uses[short] == 1 else name for ref, (name, short) in names.items()}


def _without_kind(name: str) -> str:
    return next((name.removeprefix(kind) for kind in KINDS if name.startswith(kind)), name)


def rough_words(amount: Decimal) -> str:
    """Return a figure with decimals as a whole number that it is near to."""
    how, whole = roughly(amount)
    return said(ROUGHLY[how], n=thousands(whole))


def finding_words(found: BoardFinding | None, names: Mapping[int, str]) -> str:
    """Return the finding of a board as its title; empty without one."""
    if found is None:
        return ""
    amount = (
        decimal(found.amount)
        if (found.lead, found.order) == (Lead.CLOSE, BoardOrder.RATE)
        else rough_words(found.amount)
    )
    if found.lead is Lead.SHARED and len(found.refs) > 2:
        return said(MANY_LEAD[found.order], n=len(found.refs), amount=amount)
    unit, other = [*(names[ref] for ref in found.refs), ""][:2]
    return said(FINDING[found.lead, found.order], unit=unit, other=other, amount=amount)


def size_words(ranked: Ranked) -> str:
    """Return the headcounts of a class; empty where all units are compared with each other."""
    low, high = ranked.at_least, ranked.below
    if low is None and high is None:
        return ""
    if low is None:
        return str(_("Nơi dưới %(n)s dân", n=thousands(high or 0)))
    if high is None:
        return str(_("Nơi từ %(n)s dân", n=thousands(low)))
    return str(_("Nơi từ %(low)s đến dưới %(high)s dân", low=thousands(low), high=thousands(high)))


_SAME_ORDER = N_("Giải tập thể cũng xếp theo %(measure)s, của cả cuộc thi, không tính bài không được công nhận.")
_OTHER_ORDER = N_(
    "Giải tập thể xếp theo %(measure)s, của cả cuộc thi. Bảng này xếp theo số %(order)s, nên thứ tự có thể khác."
)
_EACH_ORDER = N_("Giải tập thể xếp theo %(measure)s, mỗi cách xếp riêng, của cả cuộc thi.")
"""For a board in the order of some of the prizes and not of the others."""
_ORDERED: dict[CollectiveMeasure, BoardOrder] = {
    CollectiveMeasure.RATE: BoardOrder.RATE,
    CollectiveMeasure.PEOPLE: BoardOrder.PEOPLE,
    CollectiveMeasure.TURNS: BoardOrder.TURNS,
    CollectiveMeasure.CAPPED: BoardOrder.CAPPED,
}


def prize_note(measures: Sequence[CollectiveMeasure], order: BoardOrder) -> str:
    """Return by what the prizes of units go, and whether a board in *order* is that; empty without such prizes."""
    if not measures:
        return ""
    given = {"measure": "; ".join(str(_(MEASURE[each])) for each in measures), "order": _(FIGURE_UNIT[order])}
    if order in (ordered := [_ORDERED.get(each) for each in measures]):
        return said(_SAME_ORDER if len(ordered) == 1 else _EACH_ORDER, **given)
    return said(_OTHER_ORDER, **given)


def capped_note(cap: int | None, *, is_weekly: bool) -> str:
    """Return how turns are counted up to the declared *cap*; empty without one."""
    if cap is None:
        return ""
    weekly = N_(
        "Lượt được tính: mỗi người nhiều nhất %(cap)s lượt một tuần, như thể lệ, kể cả bài không được công nhận; "
        "đếm khi chốt tuần, xem ở bảng cộng các tuần đã chốt."
    )
    by_round = N_(
        "Lượt được tính: mỗi người nhiều nhất %(cap)s lượt một đợt, như thể lệ, kể cả bài không được công nhận; "
        "đếm khi chốt đợt, xem ở bảng cộng các đợt đã chốt."
    )
    return said(weekly if is_weekly else by_round, cap=cap)


def band_words(bounds: tuple[int, int | None]) -> str:
    """Return a band of people in words."""
    low, high = bounds
    if high is None:
        return str(_("từ %(n)s người trở lên", n=thousands(low)))
    if not low:
        return str(_("dưới %(n)s người", n=thousands(high)))
    return str(_("từ %(low)s đến %(high)s người", low=thousands(low), high=thousands(high - 1)))


def today_notes(rows: Iterable[TodayRow]) -> dict[int, str]:
    """Return by unit of today what old units its figures consist of, or where the people of a split one went."""
    notes = {}
    for row in rows:
        if row.heirs:
            notes[row.unit.id] = _(
                "nay thuộc %(units)s",
                units=", ".join(each.name for each in row.heirs),
            )
        elif row.members:
            notes[row.unit.id] = _("gồm %(units)s", units=", ".join(each.name for each in row.members))
    return notes
