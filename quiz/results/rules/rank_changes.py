"""The place of one person before and after a correction: ranks, prizes, and the cause of the change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID


class Direction(StrEnum):
    """The direction of a rank; IN and OUT where a person was not ranked before, or is not any more."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    IN = "in"
    OUT = "out"


class PrizeChange(StrEnum):
    """The change of a prize; OTHER is another one than before."""

    GAINED = "gained"
    LOST = "lost"
    OTHER = "other"
    NONE = "none"


class ChangeCause(StrEnum):
    """The cause of a change: the person's own paper, or the papers of others alone."""

    RECOGNISED = "recognised"
    EXCLUDED = "excluded"
    MARK = "mark"
    """Another number of right answers."""
    PAPER = "paper"
    """Another of the person's papers counts."""
    DISTANCE = "distance"
    """The target moved, so that the guess is nearer to it or further from it."""
    OTHERS = "others"


class RankedPlace(NamedTuple):
    """A person's line in one version of the results; no prize where they are not in line for one."""

    rank: int
    correct: int
    distance: int | None
    attempt: UUID
    prize: str | None


@dataclass(frozen=True, slots=True)
class RankChange:
    """One person's place before (None: not ranked) and after (None: not ranked any more); never both None."""

    before: RankedPlace | None
    after: RankedPlace | None

    @property
    def direction(self) -> Direction:
        """The direction of the rank; a smaller number is higher up.

        >>> RankChange(RankedPlace(2, 9, None, UUID(int=1), None), RankedPlace(1, 9, None, UUID(int=1), None)).direction
        <Direction.UP: 'up'>
        """
        if self.before is None:
            return Direction.IN
        if self.after is None:
            return Direction.OUT
        if self.before.rank == self.after.rank:
            return Direction.SAME
        return Direction.UP if self.after.rank < self.before.rank else Direction.DOWN

    @property
    def places(self) -> int | None:
        """The number of places up, negative for down; None for a person who came in or left."""
        return None if self.before is None or self.after is None else self.before.rank - self.after.rank

    @property
    def prize(self) -> PrizeChange:
        """The change of the prize."""
        was, now = self.before and self.before.prize, self.after and self.after.prize
        if was == now:
            return PrizeChange.NONE
        if was and now:
            return PrizeChange.OTHER
        return PrizeChange.GAINED if now else PrizeChange.LOST

    @property
    def cause(self) -> ChangeCause:
        """The cause, the most particular first: own paper before the papers of others."""
        if self.before is None:
            return ChangeCause.RECOGNISED
        if self.after is None:
            return ChangeCause.EXCLUDED
        if self.before.correct != self.after.correct:
            return ChangeCause.MARK
        if self.before.attempt != self.after.attempt:
            return ChangeCause.PAPER
        if self.before.distance != self.after.distance:
            return ChangeCause.DISTANCE
        return ChangeCause.OTHERS


class ChangeCounts(NamedTuple):
    """The numbers of people by direction between two versions, and of prizes that changed hands."""

    up: int
    down: int
    came: int
    left: int
    same: int
    """Ranked in both versions at the same rank with the same prize, and therefore not listed."""
    gained: int
    lost: int
    other: int
    prizes_alone: int
    """Listed for their prize alone: the same rank, and another prize."""

    @property
    def listed(self) -> int:
        """The people on the list."""
        return self.up + self.down + self.came + self.left + self.prizes_alone
