"""The sheet layouts: A4 and A5 posters, a folded card, stickers; each arranges the same parts in its own sizes."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from flask_babel import gettext as _
from reportlab.pdfgen.canvas import Canvas

from core.pdf.band import band
from core.pdf.blocks import stack
from core.pdf.colours import MUTED
from core.pdf.fonts import PLAIN
from core.pdf.lettering import SHRINK, Column, Space, fit
from core.pdf.symbol import MM, dashed, framed, modules, symbol
from survey.counter.documents.poster import parts
from survey.counter.documents.poster.parts import Voice

A4 = (210 * MM, 297 * MM)
FACE, BASE = 116 * MM, 50 * MM
CELL = (95 * MM, 92 * MM)
ACROSS, UP = 2, 3
Square = tuple[float, float, float, float]


@dataclass(frozen=True)
class Measure:
    """The sizes of the parts of a sheet: lengths in mm, letters in points.

    Attributes:
        module: the least width of a module of the code; *symbol*: the least and the largest width of the code.
    """

    width: float
    height: float
    margin: float
    band: float
    gap: float
    question: float
    counter: float
    office: float
    face: float
    level: float
    step: float
    picto: float
    label: float
    foot: float
    module: float
    symbol: tuple[float, float]
    cut: float

    @property
    def inner(self) -> float:
        """The width between the margins, in points."""
        return (self.width - 2 * self.margin) * MM

    @property
    def middle(self) -> float:
        """The width left in points where a corner may be cut off."""
        return self.inner - 2 * (self.cut + self.gap - self.margin / 2) * MM

    def least(self, url: str) -> float:
        """Return the least width of the code of *url*, in points."""
        return max(self.symbol[0], self.module * len(modules(url))) * MM


LARGE = Measure(210, 297, 16, 14, 5, 33, 19, 14.5, 25, 12.5, 16.5, 19, 11.5, 11, 2.55, (80, 100), 20)
SMALL = Measure(148, 210, 11, 10, 3.6, 23, 13.5, 10.5, 17, 8.8, 11.6, 13.5, 8.4, 8, 1.6, (56, 72), 14)
TENT = Measure(210, 116, 12, 8, 2.6, 20, 13.5, 10.5, 13, 8, 11, 10.5, 8.6, 8.4, 1.4, (44, 56), 11)
LABEL = Measure(95, 92, 5, 5, 2, 12.5, 9.5, 7.6, 8.5, 6.6, 0, 0, 6.8, 6.8, 0.9, (33, 41), 7)
NARROW = 0.375
"""The share of the width that the steps beside a code have at least."""


def a4(canvas: Canvas, voice: Voice) -> None:
    """Draw the A4 poster."""
    _hanging(canvas, voice, LARGE)


def a5(canvas: Canvas, voice: Voice) -> None:
    """Draw the A5 poster, for a place without room for A4."""
    _hanging(canvas, voice, SMALL)


def _hanging(canvas: Canvas, voice: Voice, m: Measure) -> None:
    """Draw the question and the faces, the code as large as the space allows with the steps beside it, the host."""
    url, top, bottom = voice.poster.url, (m.height - m.band - m.gap) * MM, 1.4 * m.gap * MM
    least, most = m.least(url), m.symbol[1] * MM
    for scale in SHRINK:
        head, foot = _head(voice, m, scale), _foot(voice, m, scale)
        room = top - head.height - bottom - foot.height - 2 * m.gap * MM
        if room >= framed(url, least):
            break
    wide = (1 - NARROW) * m.inner - 1.6 * m.gap * MM
    side = max(least, min(most, least * min(room, wide) / framed(url, least)))
    band(canvas, m.width * MM, m.band * MM, m.height * MM)
    head.draw(canvas, m.margin * MM, top, m.inner)
    foot.draw(canvas, m.margin * MM, bottom + foot.height, m.inner)
    _scan(canvas, voice, m, side, (top - head.height + bottom + foot.height) / 2)
    parts.cut_corner(canvas, m.width * MM, m.cut * MM)


def _scan(canvas: Canvas, voice: Voice, m: Measure, side: float, middle: float) -> None:
    """Draw the code on the left and the steps on the right, both centred on *middle*."""
    url, frame = voice.poster.url, framed(voice.poster.url, side)
    x, y = m.margin * MM + (frame - side) / 2, middle - side / 2
    symbol(canvas, url, x, y, side)
    canvas.linkURL(url, (x, y, x + side, y + side))
    left = m.margin * MM + frame + 1.6 * m.gap * MM
    width = (m.width - m.margin) * MM - left
    steps = parts.steps_of(voice, m.step, m.picto * MM, width)
    spare = frame - sum(step.height for step in steps)
    column = stack(steps, max(0.5 * m.gap * MM, min(3 * m.gap * MM, spare / 3)))
    column.draw(canvas, left, middle + column.height / 2, width)


def _head(voice: Voice, m: Measure, scale: float) -> Column:
    where = parts.place(voice, m.counter * scale, m.office * scale, m.inner, most=2)
    asked = parts.question(voice, m.question * scale, m.inner, most=2)
    faces = parts.faces(voice, m.face * MM * scale, m.level * scale, m.inner)
    return Column([*where, Space(0.5 * m.gap * MM * scale), *asked, Space(0.8 * m.gap * MM * scale), faces])


def _foot(voice: Voice, m: Measure, scale: float) -> Column:
    panel = parts.panel(voice, m.label * scale, m.inner)
    asks = parts.foot(voice, m.foot * scale, m.inner, m.middle, is_compact=False)
    return Column([panel, Space(0.7 * m.gap * MM), asks])


def card(canvas: Canvas, voice: Voice) -> None:
    """Draw a folded tent card, the same on both faces: its ridge in the middle, its base below, a flap above."""
    width, height = A4
    stamp = _stamp(canvas, voice, TENT, _face)
    canvas.saveState()
    canvas.translate(0, BASE)
    stamp()
    canvas.translate(width, 2 * FACE)
    canvas.rotate(180)
    stamp()
    canvas.restoreState()
    dashed(canvas, *((0, y, width, y) for y in (BASE, BASE + FACE, BASE + 2 * FACE)))
    cut = TENT.cut * MM
    dashed(canvas, (width - cut, BASE, width, BASE - cut), (0, BASE + 2 * FACE + cut, cut, BASE + 2 * FACE))
    stands = _("Đế: gấp ra sau. Cắt hai góc có nét chéo cho người khiếm thị sờ.")
    folding = _("Gấp giữa dải hoa văn và theo hai nét đứt thành hình lều, dán mép này vào mặt dưới của đế.")
    fit(stands, PLAIN, 9, width, colour=MUTED).draw(canvas, 0, BASE / 2 + 6, width)
    fit(folding, PLAIN, 9, width, colour=MUTED).draw(canvas, 0, height - 5 * MM, width)


def _face(canvas: Canvas, voice: Voice) -> Square:
    def beside(scale: float, width: float) -> Column:
        where = parts.place(voice, TENT.counter * scale, TENT.office * scale, width, most=2)
        asked = parts.question(voice, TENT.question * scale, width, most=2)
        faces = parts.faces(voice, TENT.face * MM * scale, TENT.level * scale, width)
        return Column([*where, Space(4 * scale), *asked, Space(6 * scale), faces])

    def below(scale: float) -> Column:
        steps = parts.steps_across(voice, TENT.step * scale, TENT.picto * MM * scale, TENT.inner)
        panel = parts.panel(voice, TENT.label * scale, TENT.inner, split=0.62, is_compact=True)
        asks = parts.foot(voice, TENT.foot * scale, TENT.inner, TENT.middle, is_compact=True)
        gap = TENT.gap * MM * scale
        return Column([steps, Space(gap), panel, Space(gap), asks])

    return _beside(canvas, voice, TENT, beside, below)


def stickers(canvas: Canvas, voice: Voice) -> None:
    """Draw a sheet of equal stickers, edge to edge, so that one cut separates two."""
    stamp = _stamp(canvas, voice, LABEL, _sticker)
    left, bottom = (A4[0] - ACROSS * CELL[0]) / 2, (A4[1] - UP * CELL[1]) / 2
    for column, row in product(range(ACROSS), range(UP)):
        canvas.saveState()
        canvas.translate(left + column * CELL[0], bottom + row * CELL[1])
        stamp()
        canvas.restoreState()
    _crop_marks(canvas, left, bottom)
    cutting = _("Cắt theo vạch và dấu cộng. Cắt góc chéo của mỗi nhãn cho người khiếm thị sờ.")
    fit(cutting, PLAIN, 6.5, CELL[0], colour=MUTED).draw(canvas, left, 7.5 * MM, CELL[0])


def _sticker(canvas: Canvas, voice: Voice) -> Square:
    def beside(scale: float, width: float) -> Column:
        where = parts.place(voice, LABEL.counter * scale, LABEL.office * scale, width, most=3)
        asked = parts.question(voice, LABEL.question * scale, width, most=4)
        return Column([*where, Space(5 * scale), *asked])

    def below(scale: float) -> Column:
        faces = parts.faces(voice, LABEL.face * MM * scale, LABEL.level * scale, LABEL.inner)
        panel = parts.panel(voice, LABEL.label * scale, LABEL.inner, split=0.64, is_compact=True)
        asks = parts.foot(voice, LABEL.foot * scale, LABEL.inner, LABEL.middle, is_compact=True)
        return Column([faces, Space(1.6 * MM), panel, Space(1 * MM), asks])

    return _beside(canvas, voice, LABEL, beside, below)


def _beside(
    canvas: Canvas,
    voice: Voice,
    m: Measure,
    beside: Callable[[float, float], Column],
    below: Callable[[float], Column],
) -> Square:
    """Draw the code on the left, a column *beside* it and one *below* both; return the square of the code."""
    url, gap, top, bottom = voice.poster.url, m.gap * MM, (m.height - m.band - m.gap) * MM, 1.4 * m.gap * MM
    least, most = m.least(url), m.symbol[1] * MM
    for scale in SHRINK:
        under = below(scale)
        room = top - bottom - 0.8 * gap - under.height
        side = max(least, min(most, least * room / framed(url, least)))
        frame = framed(url, side)
        column = beside(scale, m.inner - frame - 1.5 * gap)
        if max(frame, column.height) <= room:
            break
    band(canvas, m.width * MM, m.band * MM, m.height * MM)
    middle = top - room / 2
    x, y = m.margin * MM + (frame - side) / 2, middle - side / 2
    symbol(canvas, url, x, y, side)
    column.draw(canvas, m.margin * MM + frame + 1.5 * gap, middle + column.height / 2, m.inner - frame - 1.5 * gap)
    under.draw(canvas, m.margin * MM, bottom + under.height, m.inner)
    parts.cut_corner(canvas, m.width * MM, m.cut * MM)
    return x, y, x + side, y + side


def _stamp(canvas: Canvas, voice: Voice, m: Measure, draw: Callable[[Canvas, Voice], Square]) -> Callable[[], None]:
    """Draw a part once as a form and place it as often as the sheet holds it."""
    name = f"stamp-{canvas.getPageNumber()}"
    canvas.beginForm(name, 0, 0, m.width * MM, m.height * MM)
    square = draw(canvas, voice)
    canvas.endForm()

    def put() -> None:
        canvas.doForm(name)
        canvas.linkURL(voice.poster.url, square, relative=1)

    return put


def _crop_marks(canvas: Canvas, left: float, bottom: float) -> None:
    """Draw crop marks: strokes in the margins, and crosses where four stickers meet."""
    canvas.setStrokeColor(MUTED)
    canvas.setLineWidth(0.4)
    xs = [left + column * CELL[0] for column in range(ACROSS + 1)]
    ys = [bottom + row * CELL[1] for row in range(UP + 1)]
    arm, away = 5 * MM, 1.5 * MM
    for x in xs:
        for edge, out in ((ys[0], -1), (ys[-1], 1)):
            canvas.line(x, edge + out * away, x, edge + out * arm)
    for y in ys:
        for edge, out in ((xs[0], -1), (xs[-1], 1)):
            canvas.line(edge + out * away, y, edge + out * arm, y)
    for x, y in product(xs[1:-1], ys[1:-1]):
        canvas.line(x - away, y, x + away, y)
        canvas.line(x, y - away, x, y + away)
