"""How a share stands beside the province on a printed sheet: a shape, its colour only where it is clear, and words."""

from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext as _
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from core.charts.strips import Axis, Interval
from core.pdf.colours import GAC, INK, LEAF, MUTED, PROVINCE, WHITE
from core.pdf.fonts import PLAIN, width_of
from core.pdf.lettering import SHRINK
from core.values.numbers import percent
from survey.figures.rules.contrast import CONFIDENCE, Contrast, contrast
from survey.figures.rules.interval import wilson
from survey.figures.rules.scorecard import Scorecard

RANGES = {
    Contrast.HIGHER: HexColor("#539679"),
    Contrast.LOWER: HexColor("#CF6F53"),
    Contrast.UNCLEAR: HexColor("#978B74"),
}
"""The colour of an interval: green or red only where the share is clearly above or below."""
FILLS = {Contrast.HIGHER: LEAF, Contrast.LOWER: GAC, Contrast.UNCLEAR: WHITE}


@dataclass(frozen=True)
class Benchmark:
    """The share that others are compared with: the *reference* (None: there is none) on an *axis*, and its *level* in
    words.
    """

    axis: Axis
    reference: float | None = None
    level: str = ""

    def contrast(self, card: Scorecard) -> Contrast:
        """Return how *card* stands beside the reference; unclear without one."""
        return Contrast.UNCLEAR if self.reference is None else contrast(card.satisfied, card.n, self.reference)

    def across(self, share: float, x: float, width: float) -> float:
        """Return where *share* lies on the axis that begins at *x*."""
        return x + self.axis.place(share) / 100 * width


def draw_mark(canvas: Canvas, found: Contrast, x: float, y: float, size: float) -> None:
    """Draw the shape of *found* around *x* and *y*: a triangle, a diamond, or a ring; *size* is half its width."""
    canvas.saveState()
    canvas.setLineJoin(1)
    canvas.setFillColor(FILLS[found])
    canvas.setStrokeColor(INK if found is Contrast.UNCLEAR else WHITE)
    canvas.setLineWidth(0.36 * size if found is Contrast.UNCLEAR else 0.2 * size)
    if found is Contrast.UNCLEAR:
        canvas.circle(x, y, 0.82 * size, stroke=1, fill=1)
    else:
        corners = (
            ((0, 1.15), (1.15, -0.85), (-1.15, -0.85))
            if found is Contrast.HIGHER
            else ((0, 1.2), (1.2, 0), (0, -1.2), (-1.2, 0))
        )
        path = canvas.beginPath()
        path.moveTo(x + corners[0][0] * size, y + corners[0][1] * size)
        for across, up in corners[1:]:
            path.lineTo(x + across * size, y + up * size)
        path.close()
        canvas.drawPath(path, stroke=1, fill=1)
    canvas.restoreState()


def draw_range(
    canvas: Canvas, card: Scorecard, beside: Benchmark, place: tuple[float, float, float], size: float
) -> None:
    """Draw a share in its intervals on the line that begins at *place*, and a dashed line at the reference."""
    x, y, width = place
    found = beside.contrast(card)
    if beside.reference is not None:
        _draw_reference(canvas, beside.across(beside.reference, x, width), y, size)
    ranges: list[tuple[Interval, float]] = [((card.low, card.high), 0.34)]
    if beside.reference is not None:
        ranges.insert(0, (wilson(card.satisfied, card.n, CONFIDENCE), 0.12))
    canvas.setStrokeColor(RANGES[found])
    if min(low for (low, _high), _thick in ranges) < beside.axis.foot:
        _draw_arrow(canvas, x - 0.25 * size, y, size)
    for (low, high), thick in ranges:
        canvas.setLineWidth(thick * size)
        canvas.setLineCap(1)
        canvas.line(beside.across(low, x, width), y, beside.across(high, x, width), y)
    draw_mark(canvas, found, beside.across(card.share, x, width), y, 0.56 * size)


def _draw_arrow(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Draw left of the axis that an interval goes on there."""
    canvas.saveState()
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.14 * size)
    canvas.lines([(x, y + 0.4 * size, x - 0.4 * size, y), (x - 0.4 * size, y, x, y - 0.4 * size)])
    canvas.restoreState()


def _draw_reference(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.saveState()
    canvas.setStrokeColor(PROVINCE)
    canvas.setLineWidth(0.12 * size)
    canvas.setDash(0.3 * size, 0.2 * size)
    canvas.line(x, y - 0.85 * size, x, y + 0.85 * size)
    canvas.restoreState()


@dataclass(frozen=True)
class MarkKey:
    """The shapes that occur, in words, on one line: higher, unclear, lower, and the dashed line."""

    words: tuple[tuple[Contrast | None, str], ...]
    size: float
    colour: Color = MUTED

    @property
    def height(self) -> float:
        return 1.5 * self.size

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        size = next((self.size * each for each in SHRINK if self._wide(self.size * each) <= width), 0.4 * self.size)
        y = top - 0.75 * self.size
        canvas.setFont(PLAIN, size)
        for mark, said in self.words:
            if mark is None:
                _draw_reference(canvas, x + 0.5 * size, y, 0.9 * size)
            else:
                draw_mark(canvas, mark, x + 0.5 * size, y, 0.42 * size)
            canvas.setFillColor(self.colour)
            canvas.drawString(x + 1.4 * size, y - 0.34 * size, said)
            x += 3.2 * size + width_of(said, PLAIN) * size

    def _wide(self, size: float) -> float:
        return sum(3.2 * size + width_of(said, PLAIN) * size for _mark, said in self.words) - 1.8 * size


def mark_key(beside: Benchmark, found: Collection[Contrast], size: float) -> MarkKey | None:
    """Return the key of the shapes in *found*; None where shares stand beside nothing."""
    if beside.reference is None:
        return None
    said = {
        Contrast.HIGHER: _("cao hơn rõ"),
        Contrast.UNCLEAR: _("chưa thể nói hơn hay kém"),
        Contrast.LOWER: _("thấp hơn rõ"),
    }
    line = f"{beside.level}, {percent(beside.reference)}"
    return MarkKey((*((mark, said[mark]) for mark in said if mark in found), (None, line)), size)
