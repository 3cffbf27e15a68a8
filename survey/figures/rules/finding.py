"""The findings that stand as titles, from the numbers alone, by declared thresholds; they never name a cause."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from survey.figures.rules.contrast import Contrast, difference
from survey.figures.rules.trend import MonthPoint

FEW_RATINGS = 30
"""Under this many ratings a title says how few they are and compares nothing."""
FRACTIONS = ((1, 10), (1, 5), (1, 4), (1, 3), (2, 5), (1, 2), (3, 5), (2, 3), (3, 4), (4, 5), (9, 10))
"""The fractions that people say; a title takes the nearest."""
EXACT = 0.005
"""Within this distance a share is called the fraction itself."""
NEARLY_ALL = 0.96
"""From here on a share is called nearly all; below the rest to 1 nearly none."""
RECENT, LEAST_MONTHS = 3, 6
"""The months called recent, and the fewest months with a share in which they are compared with those before."""


class Side(Enum):
    """The position of a share beside its fraction."""

    NEARLY = "nearly"
    EXACTLY = "exactly"
    OVER = "over"


@dataclass(frozen=True)
class Fraction:
    """A share as people say it: "nearly 3 in 4"; 1 in 1 is all, 0 in 1 is none."""

    parts: int
    of: int
    side: Side


class TitleNote(Enum):
    """The second sentence of a title of an office or a counter."""

    NOTHING = "nothing"
    FEW = "few"
    HIGHER = "higher"
    LOWER = "lower"
    UNCLEAR = "unclear"
    COUNTERS_LOWER = "counters lower"


class Course(Enum):
    """How the recent months stand beside those before."""

    SHORT = "short"
    UP = "up"
    DOWN = "down"
    STEADY = "steady"


def as_fraction(share: float) -> Fraction:
    """Return *share* (0 to 1) as the nearest of FRACTIONS, or as all or none.

    >>> as_fraction(0.739), as_fraction(0.7506)
    (Fraction(parts=3, of=4, side=<Side.NEARLY: 'nearly'>), Fraction(parts=3, of=4, side=<Side.EXACTLY: 'exactly'>))
    """
    if share >= NEARLY_ALL:
        return Fraction(1, 1, Side.EXACTLY if share == 1 else Side.NEARLY)
    if share <= 1 - NEARLY_ALL:
        return Fraction(0, 1, Side.OVER if share else Side.EXACTLY)
    parts, of = min(FRACTIONS, key=lambda fraction: abs(share - fraction[0] / fraction[1]))
    away = share - parts / of
    return Fraction(parts, of, Side.EXACTLY if abs(away) <= EXACT else Side.OVER if away > 0 else Side.NEARLY)


def title_note(n: int, contrast: Contrast | None, counters: Sequence[Contrast] = ()) -> TitleNote:
    """Return what else the title says of *n* ratings that stand in *contrast* to the province (None: there is none).

    *counters* are the contrasts of its counters: that some are clearly lower comes first, unless all of it is lower.
    """
    if n < FEW_RATINGS:
        return TitleNote.FEW
    if contrast is None:
        return TitleNote.NOTHING
    if contrast is not Contrast.LOWER and Contrast.LOWER in counters:
        return TitleNote.COUNTERS_LOWER
    return TitleNote(contrast.value)


def course(points: Sequence[MonthPoint]) -> Course:
    """Return how the last RECENT months with a share stand beside all before, at the confidence of `difference`.

    SHORT with fewer than LEAST_MONTHS of them.
    """
    known = [(round((point.share or 0.0) * point.n), point.n) for point in points if point.share is not None]
    if len(known) < LEAST_MONTHS:
        return Course.SHORT
    recent, before = (_sum(part) for part in (known[-RECENT:], known[:-RECENT]))
    return {Contrast.HIGHER: Course.UP, Contrast.LOWER: Course.DOWN}.get(difference(recent, before), Course.STEADY)


def between(first: MonthPoint, last: MonthPoint) -> Contrast:
    """Return how the *last* of two months with a share stands beside the *first*, at the confidence of `difference`."""
    before, after = ((round((each.share or 0.0) * each.n), each.n) for each in (first, last))
    return difference(after, before)


def clear_pair(groups: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the places of the lower and the higher of *groups* (successes, n) that differ clearly and most;
    None where no two do.

    >>> clear_pair([(90, 100), (70, 100), (40, 100)])
    (2, 0)
    """
    shares = [successes / n for successes, n in groups]
    pairs = [(low, high) for low in range(len(groups)) for high in range(len(groups)) if shares[low] < shares[high]]
    clear = [(low, high) for low, high in pairs if difference(groups[low], groups[high]) is Contrast.LOWER]
    far = {pair: shares[pair[1]] - shares[pair[0]] for pair in clear}
    return max(clear, key=lambda pair: far[pair], default=None)


def _sum(parts: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return sum(satisfied for satisfied, _ in parts), sum(n for _, n in parts)
