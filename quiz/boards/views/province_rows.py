"""The provinces of a board in words: above its communes, since a contest may cover several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from commune.models import Unit
from core.values.numbers import decimal, thousands
from quiz.boards.queries.board_lines import BoardLines
from quiz.boards.rules.board import BoardOrder
from quiz.boards.rules.provinces import ProvinceLine, sum_provinces

PROVINCE = "province"
NO_BREAK = "\N{NO-BREAK SPACE}"
"""Between a number and its unit."""


@dataclass(frozen=True)
class ProvinceRow:
    """The name of a province and its figures, the one that the board is ordered by first."""

    name: str
    figures: Sequence[str]
    entered: str
    """How many of its units have people, and the rate of those units where the board is ordered by rate."""


def province_rows(found: BoardLines, order: BoardOrder) -> list[ProvinceRow]:
    """Return the rows of the provinces whose communes are the lines of *found*; empty where the lines are villages,
    agencies and schools of one commune. The sum of one province alone is called that of the contest, which may cover
    but a part of it.
    """
    provinces = {}
    for line in found.lines:
        province = _province_of(found.units[line.ref])
        if province is not None:
            provinces[line.ref] = province
    names = {each.id: each.name for each in provinces.values()}
    rows = sum_provinces(found.lines, {ref: each.id for ref, each in provinces.items()})
    if len(names) == 1:
        names = dict.fromkeys(names, _("Cả cuộc thi"))
    return [_row(names[each.line.ref], each, order) for each in rows]


def _province_of(unit: Unit) -> Unit | None:
    """Return the province of a commune, above its district where it had one; None for a unit inside a commune."""
    above = unit.parent
    if above is not None and above.kind == "district":
        above = above.parent
    return above if above is not None and above.kind == PROVINCE else None


def _row(name: str, each: ProvinceLine, order: BoardOrder) -> ProvinceRow:
    line, figures = each.line, [_("%(n)s người", n=thousands(each.line.people))]
    if line.turns != line.people:
        figures.append(_("%(n)s lượt thi", n=thousands(line.turns)))
    if order is BoardOrder.CAPPED and line.capped is not None:
        figures.insert(0, _("%(n)s lượt được tính", n=thousands(line.capped)))
    if order is BoardOrder.TURNS:
        figures.reverse()
    shown = name[:1].upper() + name[1:]
    entered = [_("%(n)s trong %(all)s nơi có người thi", n=thousands(each.entered), all=thousands(each.units))]
    if order is BoardOrder.RATE and each.rate is not None:
        entered.append(_("%(rate)s người trên 1.000 dân của những nơi này", rate=decimal(each.rate)))
    return ProvinceRow(shown, [str(figure).replace(" ", NO_BREAK) for figure in figures], " · ".join(map(str, entered)))
