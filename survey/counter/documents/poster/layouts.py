"""The sheet layouts: A4 and A5 posters, a folded card, stickers; each arranges the same parts in its own sizes."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from reportlab.pdfgen.canvas import Canvas

from survey.counter.documents.poster import parts
from survey.counter.documents.poster.band import band
from survey.counter.documents.poster.lettering import MUTED, PLAIN, SHRINK, Column, Space, Text
from survey.counter.documents.poster.parts import MM, Voice

A4 = (210 * MM, 297 * MM)
FACE, BASE = 116 * MM, 50 * MM
FOLDING = "Gấp theo ba nét đứt thành hình lều, dán mép này vào mặt dưới của đế."
STANDS = "Đế: gấp ra sau. Cắt hai góc có nét chéo cho người khiếm thị sờ."
CELL = (95 * MM, 92 * MM)
ACROSS, UP = 2, 3
Square = tuple[float, float, float, float]
CUTTING = "Cắt theo vạch và dấu cộng. Cắt góc chéo của mỗi nhãn cho người khiếm thị sờ."


@dataclass(frozen=True)
class Measure:
    """The sizes of the parts of a sheet: lengths in mm, letters in points."""

    width: float
    height: float
    margin: float
    band: float
    gap: float
    question: float
    counter: float
    office: float
    step: float
    label: float
    foot: float
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


LARGE = Measure(210, 297, 18, 14, 5, 31, 26, 16, 13.5, 10.5, 11.5, (82, 100), 20)
SMALL = Measure(148, 210, 11, 10, 3.6, 22.5, 19, 12.5, 10.5, 8.6, 9.2, (56, 72), 14)
TENT = Measure(210, 116, 12, 9, 3.5, 21, 17.5, 12, 12.5, 9.5, 9.6, (44, 56), 11)
LABEL = Measure(95, 92, 5, 5, 2.4, 13.5, 11.5, 8.5, 0, 7.6, 7.8, (33, 41), 7)


def a4(canvas: Canvas, voice: Voice) -> None:
    """Draw the A4 poster."""
    _hanging(canvas, voice, LARGE)


def a5(canvas: Canvas, voice: Voice) -> None:
    """Draw the A5 poster, for a place without room for A4."""
    _hanging(canvas, voice, SMALL)


def _hanging(canvas: Canvas, voice: Voice, m: Measure) -> None:
    """Draw the question, the code as large as the space allows, then the steps and the host."""
    url, top, bottom = voice.poster.url, (m.height - m.band - 1.6 * m.gap) * MM, 2.2 * m.gap * MM
    least, most = (side * MM for side in m.symbol)
    for scale in SHRINK:
        head, foot = _head(voice, m, scale), _foot(voice, m, scale)
        room = top - head.height - bottom - foot.height - 1.8 * m.gap * MM
        if room >= parts.framed(url, least):
            break
    side = min(most, max(least, least * room / parts.framed(url, least)))
    band(canvas, m.width * MM, m.band * MM, m.height * MM)
    head.draw(canvas, m.margin * MM, top, m.inner)
    foot.draw(canvas, m.margin * MM, bottom + foot.height, m.inner)
    middle = (top - head.height - m.gap * MM + bottom + foot.height + 0.8 * m.gap * MM) / 2
    x, y = (m.width * MM - side) / 2, middle - side / 2
    parts.symbol(canvas, url, x, y, side)
    canvas.linkURL(url, (x, y, x + side, y + side))
    parts.cut_corner(canvas, m.width * MM, m.cut * MM)


def _head(voice: Voice, m: Measure, scale: float) -> Column:
    asked = parts.question(voice, m.question * scale, m.inner, most=2)
    where = parts.place(voice, m.counter * scale, m.office * scale, m.inner, most=2)
    return Column([*asked, Space(0.6 * m.gap * MM * scale), *where])


def _foot(voice: Voice, m: Measure, scale: float) -> Column:
    steps = parts.steps(voice, m.step * scale, m.inner)
    panel = parts.panel(voice, m.label * scale, m.inner)
    asks = parts.foot(voice, m.foot * scale, m.inner, m.middle, is_compact=False)
    return Column([steps, Space(1.1 * m.gap * MM), panel, Space(m.gap * MM), asks])


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
    parts.dashed(canvas, *((0, y, width, y) for y in (BASE, BASE + FACE, BASE + 2 * FACE)))
    cut = TENT.cut * MM
    parts.dashed(canvas, (width - cut, BASE, width, BASE - cut), (0, BASE + 2 * FACE + cut, cut, BASE + 2 * FACE))
    Text([STANDS], PLAIN, 9, MUTED).draw(canvas, 0, BASE / 2 + 6, width)
    Text([FOLDING], PLAIN, 9, MUTED).draw(canvas, 0, height - 5 * MM, width)


def _face(canvas: Canvas, voice: Voice) -> Square:
    def beside(scale: float, width: float) -> Column:
        asked = parts.question(voice, TENT.question * scale, width, most=2)
        where = parts.place(voice, TENT.counter * scale, TENT.office * scale, width, most=2)
        panel = parts.panel(voice, TENT.label * scale, width)
        return Column([*asked, Space(5 * scale), *where, Space(9 * scale), panel])

    def below(scale: float) -> Column:
        steps = parts.steps(voice, TENT.step * scale, TENT.inner)
        asks = parts.foot(voice, TENT.foot * scale, TENT.inner, TENT.middle, is_compact=True)
        return Column([steps, Space(TENT.gap * MM * scale), asks])

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
    Text([CUTTING], PLAIN, 6.5, MUTED).draw(canvas, left, 7.5 * MM, CELL[0])


def _sticker(canvas: Canvas, voice: Voice) -> Square:
    def beside(scale: float, width: float) -> Column:
        asked = parts.question(voice, LABEL.question * scale, width, most=3)
        where = parts.place(voice, LABEL.counter * scale, LABEL.office * scale, width, most=3)
        return Column([*asked, Space(4 * scale), *where])

    def below(scale: float) -> Column:
        panel = parts.panel(voice, LABEL.label * scale, LABEL.inner, split=0.7, is_compact=True)
        asks = parts.foot(voice, LABEL.foot * scale, LABEL.inner, LABEL.middle, is_compact=True)
        return Column([panel, Space(1.8 * MM), asks])

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
    least, most = (side * MM for side in m.symbol)
    for scale in SHRINK:
        under = below(scale)
        room = top - bottom - 0.8 * gap - under.height
        side = min(most, max(least, least * room / parts.framed(url, least)))
        frame = parts.framed(url, side)
        column = beside(scale, m.inner - frame - 1.5 * gap)
        if max(frame, column.height) <= room:
            break
    band(canvas, m.width * MM, m.band * MM, m.height * MM)
    middle = top - room / 2
    x, y = m.margin * MM + (frame - side) / 2, middle - side / 2
    parts.symbol(canvas, url, x, y, side)
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
