"""The comparison of two units in one order: the prizes by the declared measure, or a public board."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from quiz.boards.rules.board import BoardOrder, Ordered, PlacedLine, Ranked, figure, lower_bound


class UnitOutcome(StrEnum):
    """The result of a comparison of two units."""

    AHEAD = "ahead"
    TIE = "tie"
    UNLISTED = "unlisted"
    """One of them, or both, have no place in the order."""
    APART = "apart"
    """Both have a place, in different classes of size."""


@dataclass(frozen=True, slots=True)
class UnitSide:
    """A unit in an order: its exact value and its rank; None where it has no place."""

    ref: int
    value: Fraction | None
    rank: int | None
    group: int = 0
    """The class of size in which it is ranked."""


@dataclass(frozen=True, slots=True)
class UnitComparison:
    """Two units, the better one first; as given where neither is better."""

    upper: UnitSide
    lower: UnitSide
    outcome: UnitOutcome

    @property
    def amount(self) -> Fraction:
        """How far the two values are apart; 0 where one has none."""
        return abs((self.upper.value or Fraction(0)) - (self.lower.value or Fraction(0))) if self.both else Fraction(0)

    @property
    def both(self) -> bool:
        """Whether both have a value."""
        return self.upper.value is not None and self.lower.value is not None


def compare_units(one: UnitSide, other: UnitSide) -> UnitComparison:
    """Return which of two units is ahead: by rank, as the order itself ranked them.

    A unit without a place is behind one with a place. Two without stay as given; raises nothing.

    >>> compare_units(UnitSide(1, Fraction(2), 2), UnitSide(2, Fraction(3), 1)).upper.ref
    2
    """
    if one.rank is None or other.rank is None:
        swapped = one.rank is None and other.rank is not None
        return UnitComparison(*((other, one) if swapped else (one, other)), UnitOutcome.UNLISTED)
    if one.group != other.group:
        return UnitComparison(one, other, UnitOutcome.APART)
    if one.rank == other.rank:
        return UnitComparison(one, other, UnitOutcome.TIE)
    return UnitComparison(*((one, other) if one.rank < other.rank else (other, one)), UnitOutcome.AHEAD)


def board_side(ref: int, ordered: Ordered, order: BoardOrder) -> UnitSide:
    """Return the place of a unit on a board; by rate the value is what the board orders by: the lower bound, or the
    rate itself.
    """
    for number, group in enumerate(ordered.classes):
        placed = _placed(ref, group)
        if placed is not None:
            return UnitSide(ref, _value(placed, order, is_exact=ordered.is_exact), placed.rank, number)
    return UnitSide(ref, None, None)


def _placed(ref: int, group: Ranked) -> PlacedLine | None:
    return next((each for each in group.lines if each.line.ref == ref), None)


def _value(placed: PlacedLine, order: BoardOrder, *, is_exact: bool) -> Fraction:
    line = placed.line
    if is_exact and line.headcount:
        return Fraction(line.people, line.headcount)
    if order is BoardOrder.RATE and line.headcount:
        return Fraction(lower_bound(line.people, line.headcount))
    return Fraction(int(figure(line, order)))
