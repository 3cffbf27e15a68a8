"""The order of units on a board, and their movement since the week before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

from quiz.contest.rules.headcounts import FEWEST_INHABITANTS

CLASSES = (5_000, 20_000)
"""The headcounts at which a class of larger units begins."""
SMALL_CLASSES = (300, 1_000)
"""The same among units too small to be compared with communes: villages, agencies and schools of one commune."""
SMALLEST_CLASS = 3
"""With fewer ranked units in one of the classes, all are one class."""
Z = Decimal("1.96")
_EXACT = 10**12


class BoardOrder(StrEnum):
    """The figure that a board is ordered by, as in its address."""

    RATE = "dan"
    PEOPLE = "nguoi"
    TURNS = "luot"
    CAPPED = "luot-duoc-tinh"
    """Turns, of each person up to a declared cap in a round."""


@dataclass(frozen=True)
class UnitLine:
    """The turns and different people of a unit; its headcount where that may be used; its turns up to the declared cap
    where they were counted.
    """

    ref: int
    turns: int
    people: int
    headcount: int | None = None
    capped: int | None = None
    is_split: bool = False
    """Whether its people went to several units of today, so that it has no rank among them."""

    @property
    def rate(self) -> Decimal | None:
        """People per 1,000 inhabitants, to one decimal; None without a headcount."""
        if self.headcount is None:
            return None
        return (Decimal(1000 * self.people) / self.headcount).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def exceeds(self) -> bool:
        """Whether it has more people than inhabitants, so that there is no order by rate."""
        return self.headcount is not None and self.people > self.headcount


@dataclass(frozen=True)
class PlacedLine:
    """A line with its rank; `moved` is the number of places up since before (down if negative), None if unknown."""

    line: UnitLine
    rank: int
    width: Decimal
    """Its figure in per cent of the largest."""
    moved: int | None = None


@dataclass(frozen=True)
class Ranked:
    """A class of units in order, and the headcounts that bound it; None where it has no bound on that side."""

    lines: tuple[PlacedLine, ...]
    at_least: int | None = None
    below: int | None = None


@dataclass(frozen=True)
class Ordered:
    """A whole board: its classes; the units with people that have no rate; those without any people."""

    classes: tuple[Ranked, ...]
    unrated: tuple[UnitLine, ...]
    empty: tuple[UnitLine, ...]
    is_exact: bool = False
    """Whether rates are compared as they are, over all sizes, as prizes by them are."""


def offered_orders(lines: Sequence[UnitLine]) -> list[BoardOrder]:
    """Return the orders that *lines* can be shown in, the first of them the usual one.

    By rate if more than half of the units with people have a headcount, at least two. By turns only where a unit has
    more turns than people: equal numbers are shown once. By capped turns where they were counted. No lines are ordered
    by people.
    """
    entered = [line for line in lines if line.turns]
    rated = [line for line in entered if line.headcount is not None]
    orders = [BoardOrder.RATE] if len(rated) > 1 and 2 * len(rated) > len(entered) else []
    orders.append(BoardOrder.PEOPLE)
    orders += [BoardOrder.TURNS] if any(line.turns != line.people for line in lines) else []
    return orders + ([BoardOrder.CAPPED] if any(line.capped is not None for line in lines) else [])


def lower_bound(people: int, headcount: int) -> int:
    """Return the lower end of the Wilson interval of *people* among *headcount*, times 10¹², rounded down.

    Source: `algorithms` 7. It only keeps a small unit from being first by chance; the rate itself is shown. An exact
    integer, since a rank depends on it. Raises ValueError for more people than inhabitants.
    """
    if people > headcount:
        raise ValueError("more people than inhabitants have no interval")
    with localcontext(prec=40):
        n, p = Decimal(people), Decimal(headcount)
        spread = Z * (n * (p - n) / p + Z * Z / 4).sqrt()
        bound = (n + Z * Z / 2 - spread) / (p + Z * Z)
        return max(0, int(bound * _EXACT))


def order_lines(
    lines: Sequence[UnitLine],
    order: BoardOrder,
    before: Sequence[UnitLine] | None = None,
    *,
    is_exact: bool = False,
) -> Ordered:
    """Return *lines* in *order*, best first, each with its movement since *before*.

    Equal figures share a rank (1, 2, 2, 4) and keep the order given. By rate, units are ranked by the lower bound
    within their class of size; with *is_exact* by the rate itself over all sizes, as prizes are where the rules declare
    them by it (decision 0113). None for *before*, or a unit that was not ranked then, gives no movement.
    """
    entered = [line for line in lines if line.turns]
    ranked, unrated = _split(entered, order)
    classes = [(None, None, ranked)] if is_exact and ranked else _classes(ranked, order)
    key = _exact_rate if is_exact and order is BoardOrder.RATE else _key(order)
    earlier = _ranks_before(classes, before or (), order, key)
    return Ordered(
        tuple(_place(_ranks(group, key), order, low, high, earlier) for low, high, group in classes),
        tuple(sorted(unrated, key=lambda line: -line.people)),
        tuple(line for line in lines if not line.turns),
        is_exact and order is BoardOrder.RATE,
    )


def figure(line: UnitLine, order: BoardOrder) -> Decimal:
    """Return the figure that *order* shows of *line*; 0 where it has none."""
    if order is BoardOrder.RATE:
        return line.rate or Decimal(0)
    if order is BoardOrder.CAPPED:
        return Decimal(line.capped or 0)
    return Decimal(line.people if order is BoardOrder.PEOPLE else line.turns)


def _split(lines: Sequence[UnitLine], order: BoardOrder) -> tuple[list[UnitLine], list[UnitLine]]:
    if order is not BoardOrder.RATE:
        whole = [line for line in lines if not line.is_split]
        return whole, [line for line in lines if line.is_split]
    rated = [line for line in lines if line.headcount is not None and not line.exceeds]
    return rated, [line for line in lines if line not in rated]


Class = tuple[int | None, int | None, list[UnitLine]]


def _classes(lines: Sequence[UnitLine], order: BoardOrder) -> list[Class]:
    """Return *lines* by class of size, the class with the most people first; one class for other orders."""
    if order is not BoardOrder.RATE:
        return [(None, None, list(lines))] if lines else []
    are_small = any((line.headcount or 0) < FEWEST_INHABITANTS for line in lines)
    bounds = [None, *(SMALL_CLASSES if are_small else ()), *CLASSES, None]
    found: list[Class] = [
        (low, high, [line for line in lines if _is_within(line.headcount or 0, low, high)])
        for low, high in zip(bounds, bounds[1:], strict=False)
    ]
    filled = [each for each in found if each[2]]
    if len(filled) > 1 and min(len(group) for *_bounds, group in filled) < SMALLEST_CLASS:
        return [(None, None, list(lines))]
    if len(filled) == 1:
        return [(None, None, filled[0][2])]
    return sorted(filled, key=lambda each: -sum(line.people for line in each[2]))


def _is_within(headcount: int, low: int | None, high: int | None) -> bool:
    return (low is None or headcount >= low) and (high is None or headcount < high)


Key = Callable[[UnitLine], Fraction | int]


def _exact_rate(line: UnitLine) -> Fraction:
    return Fraction(-line.people, line.headcount or 1)


def _key(order: BoardOrder) -> Key:
    if order is BoardOrder.RATE:
        return lambda line: -lower_bound(line.people, line.headcount or 1)
    return lambda line: -int(figure(line, order))


def _ranks(lines: Sequence[UnitLine], key: Key) -> list[tuple[int, UnitLine]]:
    found: list[tuple[int, UnitLine]] = []
    for _value, group in groupby(sorted(lines, key=key), key=key):
        rank = len(found) + 1
        found += [(rank, line) for line in group]
    return found


def _ranks_before(classes: Sequence[Class], before: Sequence[UnitLine], order: BoardOrder, key: Key) -> dict[int, int]:
    """Return the rank that each unit had *before* in its present class."""
    then = {line.ref: line for line in _split([line for line in before if line.turns], order)[0]}
    groups = [[then[line.ref] for line in group if line.ref in then] for *_bounds, group in classes]
    return {line.ref: rank for group in groups for rank, line in _ranks(group, key)}


def _place(
    ranks: Sequence[tuple[int, UnitLine]],
    order: BoardOrder,
    low: int | None,
    high: int | None,
    earlier: Mapping[int, int],
) -> Ranked:
    largest = max((figure(line, order) for _rank, line in ranks), default=Decimal(0)) or Decimal(1)
    return Ranked(
        tuple(
            PlacedLine(
                line,
                rank,
                (100 * figure(line, order) / largest).quantize(Decimal("0.01")),
                earlier[line.ref] - rank if line.ref in earlier else None,
            )
            for rank, line in ranks
        ),
        low,
        high,
    )


BANDS = (10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000)


def band(count: int) -> tuple[int, int | None]:
    """Return the band of *count*: at least the first number and below the second, None at the open end.

    Shown instead of counts while people guess the number of participants: a count would help a late guesser.

    >>> band(7), band(143), band(2_000_000)
    ((0, 10), (100, 200), (1000000, None))
    """
    low = max((bound for bound in BANDS if bound <= count), default=0)
    return low, next((bound for bound in BANDS if bound > count), None)
