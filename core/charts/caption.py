"""The words around a drawing that leaves the page: its title, its unit and its source."""

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.charts.palette import Colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

EDGE, LINE = 24, 24
"""The space around everything, and the height of a line of the title."""
TITLE, TEXT, SMALL = 17, 13, 12
"""The sizes of the letters of the title, of the unit and of the source."""
LETTER, THIN = 0.62, 0.57
"""The widths of a bold letter and of a thin one, in sizes of text."""


@dataclass(frozen=True)
class Caption:
    """The title of a drawing, its unit, and the lines that name its source, its period and its day of update."""

    title: str
    unit: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class _TextLines:
    """Lines of one size, one under the other, each *step* high."""

    lines: tuple[str, ...]
    size: int
    step: int

    @property
    def height(self) -> int:
        return len(self.lines) * self.step


def captioned(width: float, height: float, caption: Caption, colours: Colours) -> tuple["Figure", "Axes"]:
    """Return a figure with *caption* above and below an empty space of *width* by *height* units, and its axes, whose
    origin is the lower left corner of that space.
    """
    from matplotlib.figure import Figure

    title = _wrapped((caption.title,), width / LETTER, TITLE, LINE)
    unit = _wrapped((caption.unit,), width / THIN, TEXT, 20)
    source = _wrapped(caption.source, width / THIN, SMALL, 19)
    above, below = title.height + unit.height + EDGE / 2, source.height + EDGE / 2
    whole = width + 2 * EDGE, height + above + below + 2 * EDGE
    figure = Figure(figsize=(whole[0] / 72, whole[1] / 72), dpi=72, facecolor=colours["paper"])
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(-EDGE, width + EDGE), ylim=(-below - EDGE, height + above + EDGE))
    _write(axes, height + above, title, colours["ink"], "bold")
    _write(axes, height + above - title.height, unit, colours["soft"])
    _write(axes, -EDGE / 2, source, colours["soft"])
    return figure, axes


def _wrapped(texts: tuple[str, ...], letters: float, size: int, step: int) -> _TextLines:
    """Return *texts* in lines that hold as many *letters* of size 1."""
    lines = tuple(line for text in texts for line in textwrap.wrap(text, int(letters / size)))
    return _TextLines(lines, size, step)


def _write(axes: "Axes", top: float, lines: _TextLines, colour: str, weight: str = "normal") -> None:
    """Write *lines* from *top* down."""
    for place, line in enumerate(lines.lines):
        y = top - lines.size - place * lines.step
        axes.text(0, y, line, fontsize=lines.size, color=colour, fontweight=weight, parse_math=False, clip_on=False)
