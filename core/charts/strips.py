"""Geometry of dot-and-interval strips: shares with their intervals on one axis, beside a line of reference."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from core.charts.numbers import across
from core.values.numbers import share_places

FEET = {0.5: 5, 0.4: 6, 0.2: 4, 0.0: 5}
"""The shares at which an axis may begin, and the parts between its grid lines: 50 % on all pages, lower if a dot would
lie below.
"""
REACHES = {0.3: 6, 0.6: 6, 1.0: 4}
"""The ends of an axis of changes on both sides of no change, and the parts between its grid lines: 30 points on all
pages, more if a dot would lie outside.
"""
NEAR = 6.0
"""A label of the axis is left out this near to the line of reference (0 to 100 across)."""
SLIM = {4: (0, 2, 4), 5: (0, 3, 5), 6: (0, 3, 6)}
"""The labels of an axis that a phone has room for, by the number of its parts."""


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
    """The axis of strips: the values at its ends, the line of reference (None: there is none), its parts."""

    foot: float
    reference: Reference | None = None
    ticks: tuple[Tick, ...] = ()
    top: float = 1.0
    steps: int = 5

    def place(self, share: float) -> float:
        """Return where *share* lies across, 0 to 100; a share outside lies at the end."""
        return min(max(100 * (share - self.foot) / (self.top - self.foot), 0.0), 100.0)


@dataclass(frozen=True)
class Strip:
    """One row: its dot, the thick interval, and the thin one that decides the mark (None: not drawn).

    *is_cut* says that an interval goes on to the left of the axis, *is_cut_right* to its right; *anchor* is that of a
    name above the dot.
    """

    mark: Mark
    dot: str
    low: str
    high: str
    thin: tuple[str, str] | None
    is_cut: bool
    anchor: str = "m"
    is_cut_right: bool = False


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

    @property
    def digits(self) -> int:
        """The decimals of the share: none where so few ratings do not carry one."""
        return share_places(self.n)

    @property
    def span(self) -> tuple[float, float, int]:
        """The ends of the interval in per cent and their decimals: one where both would be the same whole number."""
        low, high = 100 * self.low, 100 * self.high
        return low, high, 1 if round(low) == round(high) else 0


def strip_axis(shares: Iterable[float], reference: float | None = None) -> Axis:
    """Return the axis for *shares* (their dots) and the line of *reference*: from the first of FEET below which none of
    them lies to 100 %.

    >>> [tick.percent for tick in strip_axis([0.8], 0.81).ticks]
    [50, 60, 70, 90, 100]
    """
    known = [*shares, *([] if reference is None else [reference])]
    foot = next(foot for foot in FEET if min(known, default=1.0) >= foot)
    return _axis(foot, 1.0, FEET[foot], reference)


def change_axis(differences: Iterable[float]) -> Axis:
    """Return the axis for *differences* (their dots) around no change: the shortest of REACHES that holds all of them;
    intervals that reach beyond are cut.

    >>> [tick.percent for tick in change_axis([0.05, -0.12]).ticks]
    [-30, -20, -10, 10, 20, 30]
    """
    most = max(map(abs, differences), default=0.0)
    reach = next((each for each in REACHES if most <= each), 1.0)
    return _axis(-reach, reach, REACHES[reach], 0.0)


def _axis(foot: float, top: float, steps: int, reference: float | None) -> Axis:
    bare = Axis(foot, top=top)
    line = None if reference is None else bare.place(reference)
    ticks = tuple(_ticks(foot, top, steps, line))
    return Axis(foot, None if line is None else Reference(across(line), _anchor(line)), ticks, top, steps)


def _ticks(foot: float, top: float, steps: int, line: float | None) -> Iterable[Tick]:
    for step in range(steps + 1):
        at, is_end = 100.0 * step / steps, step in (0, steps)
        if is_end or line is None or abs(at - line) > NEAR:
            anchor = "e" if step == steps else "m" if step else ""
            yield Tick(across(at), round(100 * (foot + (top - foot) * step / steps)), anchor, step not in SLIM[steps])


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
    is_cut_right = max(high, thin[1] if thin else high) > axis.top
    dot, left, right = axis.place(share), axis.place(low), axis.place(high)
    return Strip(mark, across(dot), across(left), across(right), ends, is_cut, _anchor(dot), is_cut_right)
