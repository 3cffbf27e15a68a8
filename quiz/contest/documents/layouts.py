"""The layouts of a contest's sheets: a poster of A4 and an invitation of A5."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _
from reportlab.pdfgen.canvas import Canvas

from core.pdf.band import band
from core.pdf.blocks import pill, stack
from core.pdf.colours import MUTED
from core.pdf.fonts import PLAIN
from core.pdf.lettering import SHRINK, Block, Column, Space, fit
from core.pdf.symbol import MM, framed, modules, symbol
from quiz.contest.documents import parts
from quiz.contest.documents.content import ContestSheet


@dataclass(frozen=True)
class Sizes:
    """The sizes of the parts of a sheet: lengths in mm, letters in points; *module* is the least width of a module of
    the code, *symbol* the least and the largest width of the code.
    """

    width: float
    height: float
    margin: float
    band: float
    gap: float
    pill: float
    title: float
    text: float
    medal: float
    step: float
    picto: float
    module: float
    symbol: tuple[float, float]

    @property
    def inner(self) -> float:
        """The width between the margins, in points."""
        return (self.width - 2 * self.margin) * MM


LARGE = Sizes(210, 297, 16, 18, 5, 16, 32, 12, 17, 16.5, 18, 2.1, (66, 84))
SMALL = Sizes(148, 210, 11, 12, 3.4, 12, 21, 8.8, 11.5, 11.6, 13, 1.4, (44, 56))
NARROW = 0.37
"""The share of the width that the steps beside a code have at least."""


def poster(canvas: Canvas, sheet: ContestSheet) -> None:
    """Draw the A4 poster."""

    def head(m: Sizes, scale: float) -> Column:
        return _head(sheet, m, scale, [pill(_("Mời bà con cùng dự thi"), m.pill * scale, m.inner, most=1)])

    _draw(canvas, sheet, LARGE, head)


def invitation(canvas: Canvas, sheet: ContestSheet) -> None:
    """Draw the A5 invitation, with a line for a name."""

    def head(m: Sizes, scale: float) -> Column:
        invited = fit(_("Kính mời: %(dots)s", dots="." * 64), PLAIN, 1.1 * m.text * scale, m.inner, colour=MUTED)
        top: list[Block] = [pill(_("Giấy mời dự thi"), m.pill * scale, m.inner, most=1), Space(m.gap * MM), invited]
        return _head(sheet, m, scale, top)

    _draw(canvas, sheet, SMALL, head)


def _draw(canvas: Canvas, sheet: ContestSheet, m: Sizes, compose: Callable[[Sizes, float], Column]) -> None:
    """Draw the band, the head, the code with its steps, and the foot; all shrink until the code has its room."""
    least = max(m.symbol[0], m.module * len(modules(sheet.url))) * MM
    top, bottom = (m.height - m.band - m.gap) * MM, (m.band / 3 + 1.4 * m.gap) * MM
    for scale in SHRINK:
        head, foot = compose(m, scale), _foot(sheet, m, scale)
        room = top - head.height - bottom - foot.height - 1.6 * m.gap * MM
        if room >= framed(sheet.url, least):
            break
    wide = (1 - NARROW) * m.inner - 1.6 * m.gap * MM
    side = max(least, min(m.symbol[1] * MM, least * min(room, wide) / framed(sheet.url, least)))
    band(canvas, m.width * MM, m.band * MM, m.height * MM)
    band(canvas, m.width * MM, m.band * MM / 3, m.band * MM / 3)
    head.draw(canvas, m.margin * MM, top, m.inner)
    foot.draw(canvas, m.margin * MM, bottom + foot.height, m.inner)
    _scan(canvas, sheet, m, side, (top - head.height + bottom + foot.height) / 2)


def _head(sheet: ContestSheet, m: Sizes, scale: float, first: list[Block]) -> Column:
    size, gap = m.text * scale, m.gap * MM * scale
    weeks = parts.weeks(sheet, 0.9 * size, m.inner)
    prizes = parts.prizes(sheet, 1.1 * size, m.medal * MM * scale, m.inner)
    title = parts.heading(sheet, m.title * scale, 1.15 * size, m.inner)
    parted: list[Block] = [Column(first), Column(title)]
    parted += [Column(blocks) for blocks in (parts.facts(sheet, size, m.inner), weeks, prizes) if blocks]
    return stack(parted, 0.8 * gap)


def _foot(sheet: ContestSheet, m: Sizes, scale: float) -> Column:
    size = m.text * scale
    return Column([parts.panel(sheet, size, m.inner), Space(0.6 * m.gap * MM), parts.foot(sheet, size, m.inner)])


def _scan(canvas: Canvas, sheet: ContestSheet, m: Sizes, side: float, middle: float) -> None:
    """Draw the code on the left and the steps on the right, both centred on *middle*."""
    frame = framed(sheet.url, side)
    x, y = m.margin * MM + (frame - side) / 2, middle - side / 2
    symbol(canvas, sheet.url, x, y, side)
    canvas.linkURL(sheet.url, (x, y, x + side, y + side))
    left = m.margin * MM + frame + 1.6 * m.gap * MM
    width = (m.width - m.margin) * MM - left
    steps = parts.steps_of(m.step, m.picto * MM, width)
    spare = frame - sum(step.height for step in steps)
    column = stack(steps, max(0.4 * m.gap * MM, min(3 * m.gap * MM, spare / 3)))
    column.draw(canvas, left, middle + column.height / 2, width)


SHEETS: dict[str, tuple[tuple[float, float], Callable[[Canvas, ContestSheet], None]]] = {
    "a4": ((LARGE.width * MM, LARGE.height * MM), poster),
    "a5": ((SMALL.width * MM, SMALL.height * MM), invitation),
}
"""Each kind of sheet by its name in addresses: its size, and what draws it."""
