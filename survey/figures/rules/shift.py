"""The change of a share between two groups of ratings, and whether it could be chance."""

from dataclasses import dataclass

from survey.figures.rules.interval import newcombe


@dataclass(frozen=True)
class Group:
    """The ratings of one period: how many, and how many of them are satisfied."""

    n: int
    satisfied: int

    @property
    def share(self) -> float:
        """The satisfied share, 0 to 1. Raises ZeroDivisionError for an empty group."""
        return self.satisfied / self.n


@dataclass(frozen=True)
class Shift:
    """The difference of two shares, later minus earlier, with its interval; all from -1 to 1."""

    difference: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out "no change"."""
        return self.low > 0 or self.high < 0

    @property
    def spread(self) -> float:
        """Half the width of the interval: how far the difference may lie from the printed one."""
        return (self.high - self.low) / 2


CONFIDENCE = 0.99
"""The confidence behind "tăng rõ" and "giảm rõ": a figure that is looked at every week would move by chance alone more
than twice a year at 95 %.
"""


def shift(before: Group, after: Group, confidence: float = CONFIDENCE) -> Shift | None:
    """Return the change from *before* to *after*; None if a group is empty.

    The interval is Newcombe's for the difference of two independent proportions.

    >>> found = shift(Group(70, 56), Group(80, 48), 0.95)
    >>> round(found.difference, 2), round(found.low, 4), round(found.high, 4)
    (-0.2, -0.3339, -0.0524)
    """
    if not before.n or not after.n:
        return None
    low, high = newcombe((after.satisfied, after.n), (before.satisfied, before.n), confidence)
    return Shift(after.share - before.share, low, high)
