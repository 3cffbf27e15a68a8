"""The woven band (thổ cẩm) at the head of every sheet: lozenges between two rows of teeth."""

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from survey.counter.documents.poster.lettering import INK, LEAF
from survey.counter.documents.poster.parts import GOLD, RED, WASH


def band(canvas: Canvas, width: float, height: float, top: float) -> None:
    """Draw the band across *width*, its upper edge at *top*: one lozenge with its teeth, repeated as a form."""
    count = round(width / height * 4 / 3)
    step, name = width / count, f"band-{width:.0f}-{height:.0f}"
    if not canvas.hasForm(name):
        canvas.beginForm(name, 0, 0, step, height)
        _weave(canvas, step, height)
        canvas.endForm()
    canvas.saveState()
    canvas.translate(0, top - height)
    for _ in range(count):
        canvas.doForm(name)
        canvas.translate(step, 0)
    canvas.restoreState()


def _weave(canvas: Canvas, step: float, height: float) -> None:
    """Draw half a lozenge on either side, so that the repeats join in the middle of one."""
    canvas.setFillColor(INK)
    canvas.rect(0, 0, step, height, stroke=0, fill=1)
    middle = height / 2
    for x in (0.0, step):
        for colour, reach in ((RED, 0.5), (INK, 0.38), (GOLD, 0.28), (INK, 0.17), (WASH, 0.09)):
            _lozenge(canvas, x, middle, step * reach, colour)
    for side in (0.22, -0.22):
        _lozenge(canvas, step / 2, middle + height * side, step * 0.1, GOLD)
    for at in range(4):
        x = (at + 0.5) * step / 4
        for edge, up in ((height, -1), (0, 1)):
            _fill(canvas, [(x - step / 8, edge), (x + step / 8, edge), (x, edge + up * step / 6)], LEAF)


def _lozenge(canvas: Canvas, x: float, y: float, reach: float, colour: Color) -> None:
    _fill(canvas, [(x - reach, y), (x, y + reach), (x + reach, y), (x, y - reach)], colour)


def _fill(canvas: Canvas, corners: list[tuple[float, float]], colour: Color) -> None:
    canvas.setFillColor(colour)
    path = canvas.beginPath()
    path.moveTo(*corners[0])
    for corner in corners[1:]:
        path.lineTo(*corner)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
