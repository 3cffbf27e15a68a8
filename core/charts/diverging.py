"""Geometry of five levels as one diverging bar: the middle level straddles the line, below it left, above it right."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.charts.numbers import across, short

LEVELS = 5
LEFT, RIGHT = 14.0, 97.0
"""The part across that bars may fill; on its left stand the sums of the lower two levels."""
LABELLED = 0.09
"""The least share that has room for its number inside the bar."""
LEAST_END = 80.0
"""The least place of the right label, which shares its line with the bar's name."""
ROW, FIRST, THICK = 5.8, 1.8, 2.5
"""From one bar to the next, the top of the first, and the thickness of a bar, in em."""


@dataclass(frozen=True)
class Segment:
    """One level of a bar: 1 to 5, its place and width, its share in percent, and where its number stands ("": none)."""

    level: int
    x: str
    width: str
    end: str
    percent: float
    label_at: str


@dataclass(frozen=True)
class Bar:
    """One bar: its segments from the lowest level up, the sums of the lower and upper two in percent, and its place."""

    name: str
    segments: tuple[Segment, ...]
    low_percent: float
    high_percent: float
    left: str
    right: str
    top: str
    name_y: str
    label_y: str
    thick: str
    bottom: str


@dataclass(frozen=True)
class Diverging:
    """Bars on one scale, the line in the middle of their third level, and the height of the drawing in em."""

    bars: tuple[Bar, ...]
    centre: str
    height: str
    foot: str


def diverging(rows: Sequence[tuple[str, Sequence[float]]]) -> Diverging:
    """Return the bars of *rows*: a name, and five shares (0 to 1, together 1) from the lowest level up.

    Raises:
        ValueError: a row has not five shares, or there is no row.
    """
    if not rows or any(len(shares) != LEVELS for _, shares in rows):
        raise ValueError("a diverging bar has five shares")
    left = max(_left_of(shares) for _, shares in rows)
    right = max(sum(shares) - _left_of(shares) for _, shares in rows)
    scale = (RIGHT - LEFT) / ((left + right) or 1.0)
    centre = LEFT + left * scale
    bars = tuple(_bar(name, shares, place, centre, scale) for place, (name, shares) in enumerate(rows))
    foot = FIRST + ROW * (len(rows) - 1) + THICK
    return Diverging(bars, across(centre), f"{short(foot + 1.2)}em", f"{short(foot + 0.6)}em")


def _left_of(shares: Sequence[float]) -> float:
    return shares[0] + shares[1] + shares[2] / 2


def _bar(name: str, shares: Sequence[float], place: int, centre: float, scale: float) -> Bar:
    x = left = centre - _left_of(shares) * scale
    segments = []
    for level, share in enumerate(shares, start=1):
        width = share * scale
        label = across(x + width / 2) if share >= LABELLED else ""
        segments.append(Segment(level, across(x), across(width), across(x + width), 100 * share, label))
        x += width
    top = FIRST + ROW * place
    return Bar(
        name=name,
        segments=tuple(segments),
        low_percent=100 * (shares[0] + shares[1]),
        high_percent=100 * (shares[3] + shares[4]),
        left=across(left),
        right=across(max(x, LEAST_END)),
        top=f"{short(top)}em",
        name_y=f"{short(top - 0.75)}em",
        label_y=f"{short(top + 1.6)}em",
        thick=f"{short(THICK)}em",
        bottom=f"{short(top + THICK)}em",
    )
