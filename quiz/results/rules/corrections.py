"""Reasons for a new version of results, and the comparison of two lists of prizes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Cause(StrEnum):
    """The cause of a version of the results: the close makes the first, a correction each later one.

    LINE ranks, before the publication, somebody who was confirmed on a line of the roster that others fit too.
    """

    CLOSE = "close"
    EXCLUDE = "exclude"
    RESTORE = "restore"
    REMARK = "remark"
    LINE = "line"


class ExclusionReason(StrEnum):
    """The ground of an exclusion; it is published, without a name."""

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
    """One person's seat before (None: had none) and after (None: lost it)."""

    before: Seat | None
    after: Seat | None


def compare(before: Sequence[Seat], after: Sequence[Seat]) -> list[Move]:
    """Return every person of either list with both seats: the new list in order, then those who left it in the old
    order.

    Two empty lists give an empty one; raises nothing.

    >>> [(move.after.rank if move.after else None) for move in compare([Seat("a", 1, "I")], [Seat("b", 1, "I")])]
    [1, None]
    """
    was = {seat.ref: seat for seat in before}
    stays = {seat.ref for seat in after}
    moves = [Move(was.get(seat.ref), seat) for seat in after]
    return moves + [Move(seat, None) for seat in before if seat.ref not in stays]
