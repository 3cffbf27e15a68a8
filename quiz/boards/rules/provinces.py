"""The lines of a board summed by province."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from quiz.boards.rules.board import UnitLine


@dataclass(frozen=True)
class ProvinceLine:
    """The figures of a province; `entered` of its units on the board, `units`, have people."""

    line: UnitLine
    units: int
    entered: int

    @property
    def rate(self) -> Decimal | None:
        """People per 1,000 inhabitants of these units; None where the headcount of one is unknown or exceeded."""
        return None if self.line.exceeds else self.line.rate


def sum_provinces(lines: Sequence[UnitLine], provinces: Mapping[int, int]) -> list[ProvinceLine]:
    """Return a line for each province, that with the most people first; *provinces* maps a unit to its own.

    Empty where one of the units lies in none, since the sum would leave it out, and with fewer than two units. Equal
    provinces keep the order of their first unit.

    >>> lines = [UnitLine(1, 2, 2), UnitLine(2, 5, 4)]
    >>> [(each.line.ref, each.line.people) for each in sum_provinces(lines, {1: 8, 2: 9})]
    [(9, 4), (8, 2)]
    """
    if len(lines) < 2 or any(line.ref not in provinces for line in lines):
        return []
    groups: dict[int, list[UnitLine]] = {}
    for line in lines:
        groups.setdefault(provinces[line.ref], []).append(line)
    return sorted((_summed(ref, each) for ref, each in groups.items()), key=lambda each: -each.line.people)


def _summed(ref: int, lines: Sequence[UnitLine]) -> ProvinceLine:
    heads = [line.headcount for line in lines if line.headcount is not None]
    capped = [line.capped for line in lines if line.capped is not None]
    whole = UnitLine(
        ref,
        sum(line.turns for line in lines),
        sum(line.people for line in lines),
        sum(heads) if len(heads) == len(lines) else None,
        sum(capped) if capped else None,
    )
    return ProvinceLine(whole, len(lines), sum(line.turns > 0 for line in lines))
