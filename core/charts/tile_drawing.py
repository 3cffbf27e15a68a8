"""A tile map as a drawing that leaves the page, with its title, its key and its source."""

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING

from core.charts.palette import Colours
from core.charts.strips import Mark
from core.charts.tiles import FEW, SIZE, Square, TileMap
from core.values.numbers import thousands

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SCALE = 3.2
"""The drawing's units for one of the map."""
EDGE, LINE, LEAST = 24, 24, 360
"""The space around the map, the height of a line of letters, and the least width between the edges."""
TITLE, TEXT, SMALL = 17, 15, 12
LETTER = 0.62
"""The width of a letter, in sizes of text."""
FILLS = {Mark.HIGHER.value: "v5", Mark.LOWER.value: "v1", Mark.UNCLEAR.value: "v3"}
ARROWS = {Mark.HIGHER.value: 1, Mark.LOWER.value: -1}
"""The squares that hold an arrow, up or down."""


def draw_tiles(map: TileMap, title: str, key: Mapping[str, str], source: tuple[str, ...], colours: Colours) -> "Figure":
    """Return *map* under *title*, with the words of *key* for each mark and the lines of *source* below.

    Raises:
        ValueError: the map has no square.
    """
    from matplotlib.figure import Figure

    if not map.squares:
        raise ValueError("a map has squares")
    width = max(map.width * SCALE, LEAST) + 2 * EDGE
    titles = textwrap.wrap(title, _fitting(width, TITLE))
    lines = [line for each in source for line in textwrap.wrap(each, _fitting(width, SMALL))]
    foot = LINE * (len(map.counts) + len(lines) + 1)
    height = map.height * SCALE + foot + LINE * len(titles) + 2 * EDGE
    figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor=colours["paper"])
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, width), ylim=(0, height))
    y = height - EDGE - TITLE / 2
    for line in titles:
        _write(axes, EDGE, y, line, TITLE, colours["ink"], fontweight="bold")
        y -= LINE
    for square in map.squares:
        _draw_square(axes, square, y + TITLE / 2, colours)
    y = float(foot - TEXT)
    for mark, count in map.counts:
        _draw_tile(axes, EDGE, y - 3, TEXT, mark, colours)
        _write(axes, EDGE + 2 * TEXT, y, f"{thousands(count)} {key[mark]}", TEXT, colours["ink"])
        y -= LINE
    y -= LINE / 3
    for line in lines:
        _write(axes, EDGE, y, line, SMALL, colours["soft"])
        y -= 0.8 * LINE
    return figure


def _fitting(width: float, size: float) -> int:
    """Return how many letters of *size* fit in a line."""
    return int((width - 2 * EDGE) / (size * LETTER))


def _draw_square(axes: "Axes", square: Square, top: float, colours: Colours) -> None:
    side = SIZE * SCALE
    _draw_tile(axes, EDGE + square.x * SCALE, top - square.y * SCALE - side, side, square.value.mark, colours)


def _draw_tile(axes: "Axes", x: float, y: float, side: float, mark: str, colours: Colours) -> None:
    """Draw a square whose lower left corner is at *x* and *y*."""
    from matplotlib.patches import Circle, Rectangle

    middle = x + side / 2, y + side / 2
    if mark in FILLS:
        colour = colours[FILLS[mark]]
        axes.add_patch(Rectangle((x + 0.8, y + 0.8), side - 1.6, side - 1.6, facecolor=colour, lw=0))
    elif mark == FEW:
        dashed = Rectangle((x + 1.6, y + 1.6), side - 3.2, side - 3.2, fill=False, edgecolor=colours["edge"], lw=1)
        dashed.set_linestyle((0, (2, 2)))
        axes.add_patch(dashed)
    else:
        axes.add_patch(Circle(middle, side / 10, facecolor=colours["edge"], lw=0))
    if mark in ARROWS:
        reach, up = side * 0.22, side * 0.13 * ARROWS[mark]
        xs, ys = [middle[0] - reach, middle[0], middle[0] + reach], [middle[1] - up, middle[1] + up, middle[1] - up]
        axes.plot(xs, ys, color=colours["paper"], lw=side / 8, solid_capstyle="round", solid_joinstyle="round")


def _write(axes: "Axes", x: float, y: float, text: str, size: float, colour: str, fontweight: str = "normal") -> None:
    axes.text(x, y, text, fontsize=size, color=colour, fontweight=fontweight, parse_math=False, clip_on=False)
