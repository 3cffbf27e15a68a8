"""Charts as small, repeatable SVG elements, drawn by matplotlib, and the folder that caches them."""

import os
import re
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from io import StringIO
from itertools import groupby
from math import ceil
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Point = tuple[str, float | None, float, float]
"""A label such as "T6/2026", a share (None: too few to show) and the ends of its interval, all 0 to 1."""

WIDTH, HEIGHT = 400, 262
LEFT, RIGHT, TOP, BOTTOM, INSET = 50, 390, 234, 78, 21
"""The area of the curve, y upwards. At 360 px a unit of the picture is 0,9 px, so text of size 14 is legible."""
TEXT, SMALL = 16.0, 14.0
INK, MUTED, LEAF, RIBBON, RULE, PAPER = "#1f2a2e", "#566267", "#1f6f54", "#cfe0d6", "#ddd8cc", "#fbf8f1"
CLASSES = {INK: "ink", MUTED: "muted", LEAF: "leaf", RIBBON: "ribbon", RULE: "rule"}
"""Class names (chart-ink ...) with which a style sheet gives the colours of the dark theme."""
DARK = {INK: "#efe9dc", MUTED: "#b3b6ab", LEAF: "#86d0ab", RIBBON: "#24493a", RULE: "#38413e", PAPER: "#151a1a"}
"""The colours of the dark theme, as in tokens.css; a picture's own page is dark or light, whatever sheet it has."""
KEPT = 2000
"""Pictures that a folder keeps; above that the older half is deleted."""

_drawing = Lock()


@dataclass(frozen=True)
class _Frame:
    """Positions in the picture: the x of every point, and the share at its lower edge."""

    xs: list[float]
    foot: float

    @property
    def slot(self) -> float:
        """Return the width between two neighbouring points."""
        return self.xs[1] - self.xs[0] if len(self.xs) > 1 else float(RIGHT - LEFT)

    def y(self, share: float) -> float:
        """Return the y of *share*, in units of the picture."""
        return BOTTOM + (share - self.foot) / (1 - self.foot) * (TOP - BOTTOM)


def trend_svg(
    points: Sequence[Point],
    *,
    title: str,
    alt: str,
    n: Sequence[int],
    gap: str = "chưa đủ lượt",
    unit: str = "lượt",
) -> str:
    """Return a share over the months as an SVG element: curve, interval ribbon, direct labels, *n* below.

    *title* names the picture and *alt* describes it for screen readers; the page prints its own heading. A point
    without a share is drawn as a gap labelled *gap*. The same input gives the same bytes. It has no size: the page's
    sheet gives one, best between 360 and 640 px. Not for the request path: see `cached`.

    Raises:
        ValueError: there is no point, or the number of *n* differs from that of points.
    """
    if not points or len(points) != len(n):
        raise ValueError("a trend needs at least one point, and one n for each")
    with _drawing:  # matplotlib's fonts are not thread-safe
        drawn = _render(points, n, gap, unit)
    return _element(drawn, title, alt)


def darkened(picture: str) -> str:
    """Return *picture* in the colours of the dark theme.

    >>> darkened('<rect fill="#fbf8f1"/>')
    '<rect fill="#151a1a"/>'
    """
    return re.sub(r'(?<=")#[0-9a-f]{6}(?=")', lambda found: DARK.get(found[0], found[0]), picture)


def cached(folder: Path, key: str, draw: Callable[[], str]) -> str:
    """Return the text cached in *folder* under *key*, drawing and storing it when it is missing.

    Put the version of the data into *key*. A text is stored whole or not at all; if it can't be stored, it is returned
    all the same.
    """
    file = folder / f"{sha256(key.encode()).hexdigest()}.svg"
    with suppress(FileNotFoundError):
        return file.read_text(encoding="utf-8")
    text = draw()
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        _prune(folder)
        _store(file, text)
    return text


def _store(file: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as part:
            part.write(text)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _prune(folder: Path) -> None:
    files = list(folder.iterdir())
    if len(files) >= KEPT:
        for old in sorted(files, key=lambda file: file.stat().st_mtime)[: KEPT // 2]:
            old.unlink(missing_ok=True)


def _render(points: Sequence[Point], n: Sequence[int], gap: str, unit: str) -> str:
    import matplotlib
    from matplotlib.figure import Figure

    # set globally, not in an rc_context, which another thread would see undone
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "lang-nghe"})
    figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72), dpi=72)
    figure.patch.set_visible(False)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, WIDTH), ylim=(0, HEIGHT))
    frame = _frame(points)
    _draw_rules(axes, frame)
    _draw_curve(axes, frame, points)
    _draw_gaps(axes, frame, points, gap)
    _draw_shares(axes, frame, points)
    _draw_months(axes, frame, [point[0] for point in points])
    _draw_counts(axes, frame, n, unit)
    text = StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    return text.getvalue()


def _frame(points: Sequence[Point]) -> _Frame:
    lowest = min((low for _, share, low, _ in points if share is not None), default=0.0)
    foot = 0.5 if lowest >= 0.5 else 0.0
    if len(points) == 1:
        return _Frame([(LEFT + RIGHT) / 2], foot)
    step = (RIGHT - LEFT - 2 * INSET) / (len(points) - 1)
    return _Frame([LEFT + INSET + step * place for place in range(len(points))], foot)


def _write(axes: "Axes", x: float, y: float, text: str, **how: Any) -> None:
    how = {"ha": "center", "va": "baseline", "fontsize": TEXT, "color": INK, "clip_on": False, **how}
    axes.text(x, y, text, parse_math=False, **how)


def _line(axes: "Axes", xs: Sequence[float], ys: Sequence[float], **how: Any) -> None:
    axes.plot(xs, ys, clip_on=False, solid_capstyle="round", **how)


def _draw_rules(axes: "Axes", frame: _Frame) -> None:
    for share in (frame.foot, (1 + frame.foot) / 2, 1.0):
        y = frame.y(share)
        _line(axes, [LEFT, RIGHT], [y, y], color=RULE, lw=1)
        _write(axes, LEFT - 8, y - 4.5, _percent(share), ha="right", fontsize=SMALL, color=MUTED)


def _draw_curve(axes: "Axes", frame: _Frame, points: Sequence[Point]) -> None:
    for known, places in _runs(points):
        if known:
            _draw_run(axes, frame, [(frame.xs[place], *_values(points[place])) for place in places])


def _runs(points: Sequence[Point]) -> list[tuple[bool, list[int]]]:
    """Return the runs of points that all have a share, or all have none."""
    grouped = groupby(range(len(points)), key=lambda place: points[place][1] is not None)
    return [(known, list(places)) for known, places in grouped]


def _values(point: Point) -> tuple[float, float, float]:
    return point[1] or 0.0, point[2], point[3]


def _draw_run(axes: "Axes", frame: _Frame, run: list[tuple[float, float, float, float]]) -> None:
    from matplotlib.patches import Circle, Polygon

    if len(run) == 1:  # a single month has no width of its own
        x, share, low, high = run[0]
        run = [(x - 5, share, low, high), (x + 5, share, low, high)]
        dots = [(x, frame.y(share))]
    else:
        dots = [(x, frame.y(share)) for x, share, _, _ in run]
        _line(axes, [x for x, _ in dots], [y for _, y in dots], color=LEAF, lw=2.5)
    roof = [(x, frame.y(high)) for x, _, _, high in run]
    floor = [(x, frame.y(low)) for x, _, low, _ in run]
    axes.add_patch(Polygon(roof + floor[::-1], fc=RIBBON, lw=0, clip_on=False, zorder=1))
    for dot in dots:
        axes.add_patch(Circle(dot, 4.5, fc=LEAF, lw=0, clip_on=False, zorder=3))


def _draw_gaps(axes: "Axes", frame: _Frame, points: Sequence[Point], gap: str) -> None:
    for places in [places for known, places in _runs(points) if not known]:
        x, y = (frame.xs[places[0]] + frame.xs[places[-1]]) / 2, (TOP + BOTTOM) / 2
        if len(places) * frame.slot > _width(gap, SMALL) + 12:
            _write(axes, x, y + 6, gap, fontsize=SMALL, color=MUTED)
        else:
            upright = {"rotation": 90, "rotation_mode": "anchor"}
            _write(axes, x + 4, y, gap, fontsize=SMALL, color=MUTED, **upright)


def _draw_shares(axes: "Axes", frame: _Frame, points: Sequence[Point]) -> None:
    shares = [share for _, share, _, _ in points]
    for place in _worth_saying(shares, frame.slot):
        share = shares[place] or 0.0
        y = frame.y(share)
        beside = [other for other in shares[max(place - 1, 0) : place + 2] if other is not None]
        valley = share < sum(beside) / len(beside) and y - BOTTOM > 24  # the curve bends upwards on both sides
        _write(axes, frame.xs[place], y + (-20 if valley else 10), _percent(share), fontweight="bold", zorder=5)


def _worth_saying(shares: Sequence[float | None], slot: float) -> list[int]:
    """Return the points to label: all if there is room, else the last, lowest, highest and first that don't overlap."""
    known = {place: share for place, share in enumerate(shares) if share is not None}
    if not known or slot >= _width("100 %", TEXT):
        return list(known)
    chosen: list[int] = []
    for place in (max(known), min(known, key=known.__getitem__), max(known, key=known.__getitem__), min(known)):
        if all(abs(place - other) * slot >= _width("100 %", TEXT) for other in chosen):
            chosen.append(place)
    return chosen


def _draw_months(axes: "Axes", frame: _Frame, labels: Sequence[str]) -> None:
    heads, _, years = zip(*(label.partition("/") for label in labels), strict=True)
    longest = max(heads, key=len)
    size = TEXT if len(_every(_width(longest, TEXT), frame, len(labels))) == len(labels) else SMALL
    for place in _every(_width(longest, size), frame, len(labels)):
        _write(axes, frame.xs[place], BOTTOM - 24, heads[place], fontsize=size)
    taken = ceil((_width("2026", SMALL) + 4) / frame.slot)  # points under a label: the next year may not be there
    for place, year in enumerate(years):
        if year not in ("", *years[max(place - 1, 0) : place]) and {*years[place : place + taken]} <= {year, ""}:
            _write(axes, frame.xs[place], BOTTOM - 41, year, fontsize=SMALL, color=MUTED)


def _draw_counts(axes: "Axes", frame: _Frame, n: Sequence[int], unit: str) -> None:
    texts = [f"{count:,}".replace(",", ".") for count in n]
    _write(axes, LEFT - 8, BOTTOM - 64, unit, ha="right", fontsize=SMALL, color=MUTED)
    for place in _every(max(_width(text, SMALL) for text in texts), frame, len(n)):
        _write(axes, frame.xs[place], BOTTOM - 64, texts[place], fontsize=SMALL, color=MUTED)


def _every(width: float, frame: _Frame, count: int) -> range:
    """Return as many points as texts of *width* have room for, always including the last."""
    step = max(1, -int(-(width + 4) // frame.slot))
    return range(count - 1, -1, -step)


def _width(text: str, size: float) -> float:
    return len(text) * size * 0.6


def _percent(share: float) -> str:
    return f"{int(100 * share + 0.5)} %"


def _element(drawn: str, title: str, alt: str) -> str:
    """Return matplotlib's drawing without prolog, ids, style attributes and style sheets, which a page must not
    hold.
    """
    name = "chart-" + sha256(f"{title}\0{alt}\0{drawn}".encode()).hexdigest()[:12]
    parts = re.findall(r"<path [^>]*/>|<text [^>]*>[^<]*</text>", drawn)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' aria-labelledby="{name}" aria-describedby="{name}-alt" stroke-linejoin="round"'
        ' font-family="system-ui, sans-serif">'
        f'<title id="{name}">{escape(title)}</title><desc id="{name}-alt">{escape(alt)}</desc>'
        f'<rect class="chart-paper" width="{WIDTH}" height="{HEIGHT}" rx="8" fill="{PAPER}"/>'
        f"{''.join(_plain(part) for part in parts)}</svg>"
    )


def _plain(part: str) -> str:
    part = re.sub(r'style="([^"]*)"', lambda found: _attributes(found[1]), part)
    part = re.sub(r'\s*clip-path="[^"]*"| transform="rotate\(-0 [^)]*\)"', "", part)
    part = re.sub(r"(\d\.\d)\d+(?=[^<>]*>)", r"\1", part)  # in attributes only: a text may contain 1.204
    part = re.sub(r"\s+", " ", part).replace(' " class', '" class')
    return part.replace("<text ", f'<text paint-order="stroke" stroke="{PAPER}" stroke-width="3" ')


def _attributes(style: str) -> str:
    pairs = dict(pair.strip().split(": ", 1) for pair in style.split(";") if pair.strip())
    pairs.pop("font-family", None)
    colour = pairs.get("stroke") or pairs.get("fill", "")
    plain = [f'{name}="{value}"' for name, value in pairs.items()]
    return " ".join([f'class="chart-{CLASSES[colour]}"', *plain])
