"""Why a round's results have a new version, and how one list of prizes differs from another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Cause(StrEnum):
    """What made a version of the results: the close makes the first, a correction each later one."""

    CLOSE = "close"
    EXCLUDE = "exclude"
    RESTORE = "restore"
    REMARK = "remark"


class ExclusionReason(StrEnum):
    """For what a paper is not recognised; the public page says it, and nobody's name."""

    IDENTITY = "identity"
    SEVERAL = "several"
    FALSE = "false"
    BARRED = "barred"
    CHEATING = "cheating"


@dataclass(frozen=True)
class Seat:
    """A person's place in a list of prizes; no tier means that the draw decides."""

    ref: str
    rank: int
    tier: str | None


@dataclass(frozen=True)
class Move:
    """What becomes of one person: the seat before (None: had none) and the seat after (None: has none any more)."""

    before: Seat | None
    after: Seat | None


def compare(before: Sequence[Seat], after: Sequence[Seat]) -> list[Move]:
    """Every person of either list with both seats: the new list in its order, then whoever left it in the old order.

    Two empty lists give an empty one; raises nothing.

    >>> [(move.after.rank if move.after else None) for move in compare([Seat("a", 1, "I")], [Seat("b", 1, "I")])]
    [1, None]
    """
    was = {seat.ref: seat for seat in before}
    stays = {seat.ref for seat in after}
    moves = [Move(was.get(seat.ref), seat) for seat in after]
    return moves + [Move(seat, None) for seat in before if seat.ref not in stays]
