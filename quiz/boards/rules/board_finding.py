"""The finding of a board that is its title, by thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from quiz.boards.rules.board import BoardOrder, PlacedLine, figure

FAR_AHEAD = 2
"""The leader is far ahead with this many times the figure of the next one."""
FAR_PEOPLE = 30
"""While a round is open, with this many people at least: a few papers of its first days change the order yet."""
CLOSE = Decimal("0.05")
"""The next one is close behind if it lacks no more than this share of the leader's figure."""


class Lead(StrEnum):
    """How the first unit of a board stands to the others."""

    ALONE = "alone"
    """There is no other unit with people."""
    SHARED = "shared"
    OVERTOOK = "overtook"
    FAR = "far"
    """The next one has half as much or less."""
    CLOSE = "close"
    AHEAD = "ahead"


@dataclass(frozen=True)
class BoardFinding:
    """The finding of a board: the units that lead (the next one besides where it is close), and the leader's figure."""

    lead: Lead
    order: BoardOrder
    refs: tuple[int, ...]
    amount: Decimal


def finding(lines: Sequence[PlacedLine], order: BoardOrder, *, is_open: bool = False) -> BoardFinding | None:
    """Return the finding of a class in order, of a round that *is_open* or not; None without lines.

    Thresholds: a shared first rank is one; then a leader who was not first before has overtaken; then `FAR_AHEAD` and
    `CLOSE`. It names no cause.
    """
    if not lines:
        return None
    first, amount = lines[0], figure(lines[0].line, order)
    leaders = tuple(each.line.ref for each in lines if each.rank == 1)
    if len(lines) == 1:
        return BoardFinding(Lead.ALONE, order, leaders, amount)
    if len(leaders) > 1:
        return BoardFinding(Lead.SHARED, order, leaders, amount)
    second = figure(lines[1].line, order)
    if first.moved:
        return BoardFinding(Lead.OVERTOOK, order, leaders, amount)
    if amount >= FAR_AHEAD * second and (not is_open or first.line.people >= FAR_PEOPLE):
        return BoardFinding(Lead.FAR, order, leaders, amount)
    if abs(amount - second) <= CLOSE * amount:
        return BoardFinding(Lead.CLOSE, order, (*leaders, lines[1].line.ref), amount)
    return BoardFinding(Lead.AHEAD, order, leaders, amount)


NEARLY = Decimal("0.7")
"""From this part of the way to the next whole number on, a figure is nearly that number."""


class Roughly(StrEnum):
    """How a figure with decimals is said with a whole number."""

    EXACTLY = "exactly"
    ALMOST = "almost"
    OVER = "over"
    UNDER_ONE = "under-one"


def roughly(amount: Decimal) -> tuple[Roughly, int]:
    """Return *amount* as a whole number, and how it stands to it.

    >>> roughly(Decimal("10.7")), roughly(Decimal("8.6")), roughly(Decimal(7)), roughly(Decimal("0.3"))
    ((<Roughly.ALMOST: 'almost'>, 11), (<Roughly.OVER: 'over'>, 8), (<Roughly.EXACTLY: 'exactly'>, 7), \
(<Roughly.UNDER_ONE: 'under-one'>, 1))
    """
    whole = int(amount)
    if amount == whole:
        return Roughly.EXACTLY, whole
    if not whole:
        return Roughly.UNDER_ONE, 1
    return (Roughly.ALMOST, whole + 1) if amount - whole >= NEARLY else (Roughly.OVER, whole)
