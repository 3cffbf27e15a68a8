"""A QR code on a printed sheet, and the marks where a sheet is folded or cut."""

from functools import lru_cache

from reportlab.pdfgen.canvas import Canvas

from core import qr
from core.pdf.colours import INK, LEAF, MUTED

MM = 72 / 25.4


@lru_cache(maxsize=16)
def modules(url: str) -> list[list[bool]]:
    """Return the QR code of *url*; cached, since its size is needed before it is drawn."""
    return qr.matrix(url)


def framed(url: str, side: float) -> float:
    """Return the size of a QR code of *side* with its quiet zone."""
    return side * (1 + 2 * qr.QUIET / len(modules(url)))


def shorter(address: str) -> str:
    """Return *address* with its host in capitals where that makes the code smaller, since hosts ignore case; the
    scheme stays small, for some cameras open no other.
    """
    scheme, rest = address.split("://")
    host, slash, path = rest.partition("/")
    capital = f"{scheme}://{host.upper()}{slash}{path}"
    return capital if len(modules(capital)) < len(modules(address)) else address


def symbol(canvas: Canvas, url: str, x: float, y: float, side: float) -> None:
    """Draw the QR code of *url* as one path and one link, its lower left corner at *x*, *y*, between the corners of a
    camera's frame.
    """
    count = len(modules(url))
    canvas.saveState()
    canvas.transform(side / count, 0, 0, side / count, x, y)
    canvas.setFillColor(INK)
    path = canvas.beginPath()
    for line, row in enumerate(modules(url)):
        for start, length in qr.runs(row):
            path.rect(start, count - 1 - line, length, 1)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()
    quiet = qr.QUIET * side / count
    _corners(canvas, x - quiet, y - quiet, side + 2 * quiet)


def _corners(canvas: Canvas, x: float, y: float, side: float) -> None:
    """Draw the upper left and the lower right corner of a frame just outside the quiet zone."""
    canvas.saveState()
    canvas.setStrokeColor(LEAF)
    canvas.setLineWidth(side * 0.017)
    canvas.setLineCap(0)
    arm, bend = side * 0.17, side * 0.03
    for corner_x, corner_y, way in ((x, y + side, 1), (x + side, y, -1)):
        path = canvas.beginPath()
        path.moveTo(corner_x + way * arm, corner_y)
        path.lineTo(corner_x + way * bend, corner_y)
        path.curveTo(
            corner_x + way * bend / 2, corner_y, corner_x, corner_y - way * bend / 2, corner_x, corner_y - way * bend
        )
        path.lineTo(corner_x, corner_y - way * arm)
        canvas.drawPath(path, stroke=1, fill=0)
    canvas.restoreState()


def dashed(canvas: Canvas, *lines: tuple[float, float, float, float]) -> None:
    """Draw a dashed line where the sheet is folded or cut."""
    canvas.saveState()
    canvas.setStrokeColor(MUTED)
    canvas.setLineWidth(0.8)
    canvas.setDash(3, 3)
    for line in lines:
        canvas.line(*line)
    canvas.restoreState()
