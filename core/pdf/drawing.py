"""Line drawings on a printed sheet, kept as the SVG paths of the pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from fontTools.pens.basePen import BasePen
from fontTools.svgLib.path import parse_path
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from core.pdf.colours import INK


@dataclass(frozen=True)
class Shape:
    """An SVG path: its outline in *stroke*, its inside in *fill*; None leaves one out."""

    path: str
    fill: Color | None = None
    stroke: Color | None = INK


@dataclass(frozen=True)
class Drawing:
    """Shapes in a square of *size* units, y downwards, their outlines *line* units wide."""

    shapes: Sequence[Shape]
    size: float
    line: float

    def draw(self, canvas: Canvas, x: float, y: float, side: float) -> None:
        """Draw it with its lower left corner at *x*, *y*."""
        scale = side / self.size
        canvas.saveState()
        canvas.transform(scale, 0, 0, -scale, x, y + side)
        canvas.setLineWidth(self.line)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        for shape in self.shapes:
            _draw(canvas, shape)
        canvas.restoreState()


def circle(x: float, y: float, radius: float) -> str:
    """Return the path of a circle.

    >>> circle(2, 2, 1)
    'M1 2a1 1 0 1 1 2 0a1 1 0 1 1 -2 0z'
    """
    return f"M{x - radius} {y}a{radius} {radius} 0 1 1 {2 * radius} 0a{radius} {radius} 0 1 1 {-2 * radius} 0z"


def rectangle(x: float, y: float, width: float, height: float, corner: float) -> str:
    """Return the path of a rectangle with round corners."""
    across, down, arc = width - 2 * corner, height - 2 * corner, f"a{corner} {corner} 0 0 1"
    return (
        f"M{x + corner} {y}h{across}{arc} {corner} {corner}v{down}{arc} {-corner} {corner}"
        f"h{-across}{arc} {-corner} {-corner}v{-down}{arc} {corner} {-corner}z"
    )


def _draw(canvas: Canvas, shape: Shape) -> None:
    path = canvas.beginPath()
    parse_path(shape.path, _Pen(path))
    if shape.fill is not None:
        canvas.setFillColor(shape.fill)
    if shape.stroke is not None:
        canvas.setStrokeColor(shape.stroke)
    canvas.drawPath(path, stroke=shape.stroke is not None, fill=shape.fill is not None)


class _Pen(BasePen):  # type: ignore[misc]
    """Draw what fontTools reads from SVG into a path of reportlab; curves arrive as cubic ones."""

    def __init__(self, path: PDFPathObject) -> None:
        super().__init__(None)
        self.path = path

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - fontTools' name
        self.path.moveTo(*pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self.path.lineTo(*pt)

    def _curveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]) -> None:  # noqa: N802
        self.path.curveTo(*pt1, *pt2, *pt3)

    def _closePath(self) -> None:  # noqa: N802
        self.path.close()
