"""A share over the months: its line in the band of its interval, and a reference that is dashed, both named at the
right end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from core.charts.caption import LETTER, Caption, captioned
from core.charts.palette import Colours
from core.values.numbers import percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FOOTS = ((0.4, (0.4, 0.6, 0.8, 1.0)), (0.2, (0.2, 0.6, 1.0)), (0.0, (0.0, 0.5, 1.0)))
"""The shares at which the axis may begin, each with its grid lines, four at most."""


@dataclass(frozen=True)
class Size:
    """A drawing's width and height in units, and the size of its text; the space left of, below and above the curve;
    whether the names of the curves stand at their right ends, not above the drawing.
    """

    width: int
    height: int
    text: float
    left: int = 52
    bottom: int = 42
    top: int = 24
    is_named_at_end: bool = True


WIDE = Size(width=720, height=300, text=14.0)
NARROW = Size(width=330, height=270, text=14.5)
"""For a page of 48 em and more, and for a phone, so that letters are about 14 pixels high on both."""
LARGE = Size(width=330, height=400, text=22.0, left=78, bottom=62, top=100, is_named_at_end=False)
"""For a phone with large letters, which leave no room beside the curves."""
LONGEST_NAME = 14
"""The characters of a name at the right end; the rest is cut off."""


@dataclass(frozen=True)
class TrendPoint:
    """A month: its label as "T6/2026", its share (None: too few to show) and the ends of its interval, all 0 to 1."""

    label: str
    share: float | None
    low: float
    high: float


@dataclass(frozen=True)
class Trend:
    """The content of a trend: its points, the reference at the same months (empty: none), and their names."""

    points: tuple[TrendPoint, ...]
    name: str
    reference: tuple[float | None, ...] = ()
    reference_name: str = ""


class _Frame:
    """Positions in the drawing, y upwards."""

    def __init__(self, trend: Trend, size: Size) -> None:
        self.size = size
        self.foot, self.grid = _foot(trend)
        longest = max(len(_cut(name)) for name in (trend.name, trend.reference_name, "100 %"))
        end = longest * size.text * LETTER + 16 if size.is_named_at_end else 1.3 * size.text
        self.left, self.right = size.left + 10, size.width - end
        self.step = (self.right - self.left) / max(len(trend.points) - 1, 1)

    def x(self, place: int) -> float:
        return self.left + self.step * place

    def y(self, share: float) -> float:
        height = self.size.height - self.size.top - self.size.bottom
        return self.size.bottom + (share - self.foot) / (1 - self.foot) * height


def draw_trend(trend: Trend, size: Size, colours: Colours, caption: Caption | None = None) -> "Figure":
    """Return *trend* drawn in *colours*; with a *caption* it has a ground and words of its own, as a file needs them.

    Raises:
        ValueError: there is no point with a share, or the reference has other months.
    """
    if all(point.share is None for point in trend.points) or len(trend.reference) not in (0, len(trend.points)):
        raise ValueError("a trend has a share, and a reference for each of its months or for none")
    figure, axes = captioned(size.width, size.height, caption, colours) if caption else _bare(size)
    frame = _Frame(trend, size)
    _draw_grid(axes, frame, colours)
    _draw_reference(axes, frame, trend.reference, colours)
    for run in _runs(trend.points):
        _draw_run(axes, frame, trend.points, run, colours)
    _draw_shares(axes, frame, trend, colours)
    _draw_names(axes, frame, trend, colours)
    _draw_months(axes, frame, [point.label for point in trend.points], colours)
    return figure


def _bare(size: Size) -> "tuple[Figure, Axes]":
    """Return a figure without ground or words, and its axes."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(size.width / 72, size.height / 72), dpi=72)
    figure.patch.set_visible(False)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, size.width), ylim=(0, size.height))
    return figure, axes


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def _foot(trend: Trend) -> tuple[float, tuple[float, ...]]:
    lows = [point.low for point in trend.points if point.share is not None]
    lowest = min([*lows, *(share for share in trend.reference if share is not None)])
    return next((foot, grid) for foot, grid in FOOTS if lowest >= foot)


def _write(axes: "Axes", x: float, y: float, text: str, size: float, colour: str, **how: Any) -> None:
    how = {"ha": "center", "va": "baseline", "clip_on": False, "parse_math": False, **how}
    axes.text(x, y, text, fontsize=size, color=colour, **how)


def _draw_grid(axes: "Axes", frame: _Frame, colours: Colours) -> None:
    text = frame.size.text
    for share in frame.grid:
        y = frame.y(share)
        axes.plot([frame.size.left, frame.right], [y, y], color=colours["line"], lw=1, clip_on=False)
        label = percent(share, 0) if share == 1 else percent(share, 0).partition("\xa0")[0]
        _write(axes, frame.size.left - 6, y - text / 3, label, text, colours["soft"], ha="right")


def _draw_reference(axes: "Axes", frame: _Frame, shares: Sequence[float | None], colours: Colours) -> None:
    for run in _known_runs(shares):
        xs, ys = [frame.x(place) for place in run], [frame.y(shares[place] or 0.0) for place in run]
        axes.plot(xs, ys, color=colours["ref"], lw=1.6, dashes=(3.5, 2), clip_on=False)


def _runs(points: Sequence[TrendPoint]) -> list[list[int]]:
    return _known_runs([point.share for point in points])


def _known_runs(shares: Sequence[float | None]) -> list[list[int]]:
    """Return the places of neighbouring known shares, run by run."""
    grouped = groupby(range(len(shares)), key=lambda place: shares[place] is not None)
    return [list(places) for is_known, places in grouped if is_known]


def _draw_run(axes: "Axes", frame: _Frame, points: Sequence[TrendPoint], run: list[int], colours: Colours) -> None:
    xs = [frame.x(place) for place in run]
    ys = [frame.y(points[place].share or 0.0) for place in run]
    lows, highs = ([frame.y(end) for end in ends] for ends in zip(*_ends(points, run), strict=True))
    wide = xs if len(xs) > 1 else [xs[0] - 5, xs[0] + 5]  # a single month has no width of its own
    times = len(wide) // len(xs)
    axes.fill_between(wide, lows * times, highs * times, color=colours["v5"], alpha=0.17, lw=0, clip_on=False)
    axes.plot(xs, ys, color=colours["v5"], lw=3, solid_capstyle="round", solid_joinstyle="round", clip_on=False)
    dots = axes.plot(xs, ys, ls="none", marker="o", ms=8, color=colours["v5"], clip_on=False, zorder=3)
    dots[0].set(markeredgecolor=colours["paper"], markeredgewidth=1.5)


def _ends(points: Sequence[TrendPoint], run: Iterable[int]) -> list[tuple[float, float]]:
    return [(points[place].low, points[place].high) for place in run]


def _draw_shares(axes: "Axes", frame: _Frame, trend: Trend, colours: Colours) -> None:
    """Write the first and the highest share; the last one stands with the name."""
    text = frame.size.text
    known = {place: point.share for place, point in enumerate(trend.points) if point.share is not None}
    last = max(known)
    chosen: list[int] = []
    for place in (min(known), max(known, key=known.__getitem__)):
        if all(abs(place - other) * frame.step > 3 * text for other in [*chosen, last]):
            chosen.append(place)
    for place in chosen:
        above = place != min(known) or not _rises(frame, known)
        y = _beside_dot(frame, known[place], trend.reference[place] if trend.reference else None, is_above=above)
        x = max(frame.x(place), frame.size.left + 1.3 * text)
        _write(axes, x, y, percent(known[place], 0), text, colours["leaf"], fontweight="bold", zorder=5)


def _rises(frame: _Frame, known: dict[int, float]) -> bool:
    """Whether the curve rises from its first dot, with room for a label below."""
    first, second = [*sorted(known), max(known)][:2]
    room = frame.y(known[first]) - 10 - frame.size.text > frame.size.bottom
    return known[second] > known[first] and room


def _beside_dot(frame: _Frame, share: float, reference: float | None, *, is_above: bool) -> float:
    """Return the height of a label above or below the dot of *share*, clear of the *reference*."""
    text = frame.size.text
    y = frame.y(share) + 10 if is_above else frame.y(share) - 10 - text
    line = None if reference is None else frame.y(reference)
    if line is not None and y - 4 < line < y + text:
        y = line + 5 if is_above else line - 5 - text
    return y if y < frame.size.height - text - 2 else frame.y(share) - 10 - text


def _draw_names(axes: "Axes", frame: _Frame, trend: Trend, colours: Colours) -> None:
    """Write the names with the last shares, the higher one above."""
    shares = [point.share for point in trend.points]
    both = ((shares, trend.name, "leaf"), (trend.reference, trend.reference_name, "ref"))
    ends = [(_last(series), _cut(name), colour) for series, name, colour in both if any(map(_is_known, series))]
    ends.sort(reverse=True)
    write = _write_at_end if frame.size.is_named_at_end else _write_above
    write(axes, frame, ends, colours)


def _write_at_end(axes: "Axes", frame: _Frame, ends: Sequence[tuple[float, str, str]], colours: Colours) -> None:
    """Write the names at the right ends of the curves, without touching."""
    text, x = frame.size.text, frame.right + 12
    for y, (share, name, colour) in zip(_apart([frame.y(end[0]) for end in ends], 3 * text), ends, strict=True):
        _write(axes, x, y + 2, name, text, colours[colour], ha="left", fontweight="bold")
        _write(axes, x, y - text - 2, percent(share, 0), text + 3, colours[colour], ha="left", fontweight="bold")


def _write_above(axes: "Axes", frame: _Frame, ends: Sequence[tuple[float, str, str]], colours: Colours) -> None:
    """Write the names above the drawing, a line each, behind a piece of their curve."""
    text = frame.size.text
    for place, (share, name, colour) in enumerate(ends):
        y = frame.size.height - text * (1 + 1.4 * place)
        look = {"lw": 3} if colour == "leaf" else {"lw": 1.6, "dashes": (3.5, 2)}
        axes.plot([2, 30], [y + text / 3] * 2, color=colours["v5" if colour == "leaf" else colour], **look)
        _write(axes, 40, y, f"{name} {percent(share, 0)}", text, colours[colour], ha="left", fontweight="bold")


def _is_known(share: float | None) -> bool:
    return share is not None


def _last(shares: Sequence[float | None]) -> float:
    return next(share for share in reversed(shares) if share is not None)


def _apart(ys: list[float], least: float) -> list[float]:
    """Return the places of one label or two, from above, moved apart to the *least* distance."""
    if len(ys) < 2 or (missing := least - (ys[0] - ys[1])) <= 0:
        return ys
    return [ys[0] + missing / 2, ys[1] - missing / 2]


def _draw_months(axes: "Axes", frame: _Frame, labels: Sequence[str], colours: Colours) -> None:
    text, every = frame.size.text, max(1, -int(-2.8 * frame.size.text // frame.step))
    named: set[str] = set()
    for place in sorted(range(len(labels) - 1, -1, -every)):
        month, _, year = labels[place].replace(" ", "/").partition("/")
        _write(axes, frame.x(place), frame.size.bottom - text - 7, month, text, colours["soft"])
        if year not in named:
            _write(axes, frame.x(place), frame.size.bottom - 2 * text - 9, year, text, colours["soft"])
            named.add(year)
