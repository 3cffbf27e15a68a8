"""The scorecard of ratings, and the minimum at which it may be published."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.values.numbers import share_places
from survey.figures.rules.interval import wilson
from survey.instrument.rules.levels import Level
from survey.rating.rules.release import MINIMUM

PRINTED_DIGITS = 1
"""The digits of a printed percentage after its comma."""


@dataclass(frozen=True)
class LevelShare:
    """The number of ratings of one level; *share* is 0 to 1 of all."""

    level: Level
    count: int
    share: float

    @property
    def percent(self) -> float:
        """The share in percent, for a bar of length 100."""
        return 100 * self.share


@dataclass(frozen=True)
class Scorecard:
    """The public figures of *n* ratings.

    Attributes:
        n: ratings counted.
        levels: all five levels, from 5 down to 1.
        satisfied: ratings of the top two levels.
        share: satisfied / n, 0 to 1 (tỷ lệ hài lòng).
        low: lower end of the 95 % interval of *share*.
        high: upper end of it.
        mean: mean level, 1 to 5.
    """

    n: int
    levels: tuple[LevelShare, ...]
    satisfied: int
    share: float
    low: float
    high: float
    mean: float

    @property
    def digits(self) -> int:
        """The decimals of the printed share."""
        return share_places(self.n)


def scorecard(counts: Mapping[Level, int]) -> Scorecard | None:
    """Return the figures of *counts* (ratings per level; a missing level is 0): the top two levels' share with n and
    its interval.

    None below MINIMUM ratings, no rating at all included ("Chưa đủ 5 lượt để công bố").

    Raises:
        ValueError: a count is negative.
    """
    whole = combine(counts)
    n = sum(whole.values())
    if n < MINIMUM:
        return None
    satisfied = whole[Level.SATISFIED] + whole[Level.VERY_SATISFIED]
    low, high = wilson(satisfied, n)
    return Scorecard(
        n=n,
        levels=tuple(LevelShare(level, whole[level], whole[level] / n) for level in reversed(Level)),
        satisfied=satisfied,
        share=satisfied / n,
        low=low,
        high=high,
        mean=sum(level * count for level, count in whole.items()) / n,
    )


def is_moved(before: Scorecard | None, after: Scorecard | None) -> bool:
    """Return whether the printed share differs: a figure appears, disappears, or changes by its last printed digit."""
    if before is None or after is None:
        return before is not after
    return round(100 * before.share, PRINTED_DIGITS) != round(100 * after.share, PRINTED_DIGITS)


def combine(*counts: Mapping[Level, int]) -> dict[Level, int]:
    """Return the sum of *counts* per level; all levels are present, 0 for each without counts.

    Open and verified channels are not pooled silently: a page that combines them says so.

    Raises:
        ValueError: a count is negative.
    """
    if any(count < 0 for each in counts for count in each.values()):
        raise ValueError("a count of ratings is never negative")
    return {level: sum(each.get(level, 0) for each in counts) for level in Level}
