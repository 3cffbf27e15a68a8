"""Geometry of dot-and-interval strips: shares with their intervals on one axis, beside a line of reference."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from core.charts.numbers import across

FEET = (0.5, 0.25, 0.0)
"""Axes begin at 50 % on all pages so that eyes learn them; lower where a dot would lie below."""
STEPS = 5
"""The parts between the grid lines, as many as charts.css draws."""
NEAR = 6.0
"""A label of the axis is left out this near to the line of reference (0 to 100 across)."""
WIDE_ONLY = (1, 2, 4)
"""The labels of the axis that a phone has no room for."""


class Mark(StrEnum):
    """How a value is drawn beside the reference: a triangle above it, a diamond below, a ring where nothing is clear.

    The values are the class names of charts.css.
    """

    HIGHER = "hi"
    LOWER = "lo"
    UNCLEAR = "eq"


Interval = tuple[float, float]
"""The lower and the upper end, 0 to 1."""


@dataclass(frozen=True)
class Tick:
    """A label of the axis: its place, its text, and whether a phone leaves it out."""

    at: str
    percent: int
    anchor: str
    is_wide_only: bool


@dataclass(frozen=True)
class Reference:
    """The dashed line through all rows: its place, and the anchor of its name."""

    at: str
    anchor: str


@dataclass(frozen=True)
class Axis:
    """The axis of strips: the share at its left end, and the line of reference (None: there is none)."""

    foot: float
    reference: Reference | None = None
    ticks: tuple[Tick, ...] = ()

    def place(self, share: float) -> float:
        """Return where *share* lies across, 0 to 100; a share outside lies at the end."""
        return min(max(100 * (share - self.foot) / (1 - self.foot), 0.0), 100.0)


@dataclass(frozen=True)
class Strip:
    """One row: its dot, the thick interval, and the thin one that decides the mark (None: not drawn).

    *is_cut* says that an interval goes on to the left of the axis; *anchor* is that of a name above the dot.
    """

    mark: Mark
    dot: str
    low: str
    high: str
    thin: tuple[str, str] | None
    is_cut: bool
    anchor: str = "m"


@dataclass(frozen=True)
class StripRow:
    """A row of strips with its words. Without a strip *few* says why."""

    name: str
    strip: Strip | None = None
    note: str = ""
    url: str = ""
    share: float = 0.0
    low: float = 0.0
    high: float = 0.0
    n: int = 0
    few: str = ""
    tag: str = field(default="")


def strip_axis(shares: Iterable[float], reference: float | None = None) -> Axis:
    """Return the axis for *shares* (their dots) and the line of *reference*: from the first of FEET below which none of
    them lies to 100 %.

    >>> [tick.percent for tick in strip_axis([0.8], 0.81).ticks]
    [50, 60, 70, 90, 100]
    """
    known = [*shares, *([] if reference is None else [reference])]
    foot = next(foot for foot in FEET if min(known, default=1.0) >= foot)
    bare = Axis(foot)
    line = None if reference is None else bare.place(reference)
    ticks = tuple(_ticks(foot, line))
    return Axis(foot, None if line is None else Reference(across(line), _anchor(line)), ticks)


def _ticks(foot: float, line: float | None) -> Iterable[Tick]:
    for step in range(STEPS + 1):
        at, is_end = 100.0 * step / STEPS, step in (0, STEPS)
        if is_end or line is None or abs(at - line) > NEAR:
            anchor = "e" if step == STEPS else "m" if step else ""
            yield Tick(across(at), round(100 * (foot + (1 - foot) * step / STEPS)), anchor, step in WIDE_ONLY)


def _anchor(line: float) -> str:
    return "e" if line > 85 else "m" if line > 15 else ""


def strip(axis: Axis, share: float, interval: Interval, mark: Mark, thin: Interval | None = None) -> Strip:
    """Return the row of *share* on *axis*, all 0 to 1.

    Raises:
        ValueError: the share is outside its interval.
    """
    low, high = interval
    if not low <= share <= high:
        raise ValueError("a share lies inside its interval")
    ends = None if thin is None else (across(axis.place(thin[0])), across(axis.place(thin[1])))
    is_cut = min(low, thin[0] if thin else low) < axis.foot
    dot, left, right = axis.place(share), axis.place(low), axis.place(high)
    return Strip(mark, across(dot), across(left), across(right), ends, is_cut, _anchor(dot))
