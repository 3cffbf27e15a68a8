"""The woven band (thổ cẩm) at the head of every sheet."""

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from core.pdf.colours import GOLD
from core.pdf.drawing import Drawing, Shape

_INDIGO, _RED, _GREEN, _CREAM = HexColor("#232A3F"), HexColor("#C8452F"), HexColor("#3F9C7B"), HexColor("#FFFDF9")
_MOTIF = Drawing(
    (
        Shape("M0 0h36v36H0z", _INDIGO, None),
        Shape("M18 2l16 16-16 16L2 18z", None, _RED),
        Shape("M18 9l9 9-9 9-9-9z", None, GOLD),
        Shape("M18 14l4 4-4 4-4-4z", _CREAM, None),
        Shape("M0 0h5L0 5zM36 0v5l-5-5zM0 36v-5l5 5zM36 36h-5l5-5z", GOLD, None),
        Shape("M18 0l3 3h-6zM18 36l3-3h-6z", _GREEN, None),
    ),
    size=36,
    line=3,
)
"""One repeat: two lozenges around a cream heart, a gold corner at each end."""


def band(canvas: Canvas, width: float, height: float, top: float) -> None:
    """Draw the band across *width*, its upper edge at *top*: as many whole motifs as fit best, drawn once as a form."""
    count = max(1, round(width / height))
    step, name = width / count, f"band-{width:.0f}-{height:.0f}"
    if not canvas.hasForm(name):
        canvas.beginForm(name, 0, 0, step, height)
        canvas.transform(1, 0, 0, height / step, 0, 0)
        _MOTIF.draw(canvas, 0, 0, step)
        canvas.endForm()
    canvas.saveState()
    canvas.translate(0, top - height)
    for _ in range(count):
        canvas.doForm(name)
        canvas.translate(step, 0)
    canvas.restoreState()
