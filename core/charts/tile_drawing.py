"""A tile map as a drawing that leaves the page, with its title, its key and its source."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from core.charts.caption import LINE, Caption, captioned
from core.charts.palette import Colours
from core.charts.strips import Mark
from core.charts.tiles import FEW, SIZE, Square, TileMap
from core.values.numbers import thousands

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SCALE = 3.2
"""The drawing's units for one of the map."""
LEAST, TEXT = 360, 15
"""The least width of the drawing, and the size of the letters of the key."""
FILLS = {Mark.HIGHER.value: "v5", Mark.LOWER.value: "v1", Mark.UNCLEAR.value: "v3"}
ARROWS = {Mark.HIGHER.value: 1, Mark.LOWER.value: -1}
"""The squares that hold an arrow, up or down."""


def draw_tiles(map: TileMap, caption: Caption, key: Mapping[str, str], colours: Colours) -> "Figure":
    """Return *map* with its *caption* and the words of *key* for each mark.

    Raises:
        ValueError: the map has no square.
    """
    if not map.squares:
        raise ValueError("a map has squares")
    foot = LINE * (len(map.counts) + 0.5)
    height = map.height * SCALE + foot
    figure, axes = captioned(max(map.width * SCALE, LEAST), height, caption, colours)
    for square in map.squares:
        _draw_square(axes, square, height, colours)
    y = foot - LINE - TEXT / 2
    for mark, count in map.counts:
        _draw_tile(axes, 0, y - 3, TEXT, mark, colours)
        words = f"{thousands(count)} {key[mark]}"
        axes.text(2 * TEXT, y, words, fontsize=TEXT, color=colours["ink"], parse_math=False, clip_on=False)
        y -= LINE
    return figure


def _draw_square(axes: "Axes", square: Square, top: float, colours: Colours) -> None:
    side = SIZE * SCALE
    _draw_tile(axes, square.x * SCALE, top - square.y * SCALE - side, side, square.value.mark, colours)


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
