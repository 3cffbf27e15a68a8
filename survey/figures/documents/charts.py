"""Charts of a printed sheet: an interval, five levels, reasons; a black-and-white printer keeps their meaning."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from core.pdf.colours import INK, LINE, MUTED, WHITE
from core.pdf.fonts import BOLD, PLAIN, SEMI, width_of
from core.pdf.lettering import Column, Text, fit
from core.values.numbers import percent, thousands
from survey.counter.documents.faces import FaceRow, face_row
from survey.figures.documents.content import CounterLine, NamedReason
from survey.figures.documents.marks import Benchmark, draw_range
from survey.figures.rules.scorecard import LevelShare, Scorecard
from survey.instrument.rules.levels import Level
from survey.instrument.rules.quick import LEVELS

COLOURS = dict(zip(Level, map(HexColor, ("#B93A26", "#E9AB90", "#DDD3BF", "#86BBA0", "#1F6F54")), strict=True))
LIGHT_LETTERS = {Level.VERY_DISSATISFIED, Level.VERY_SATISFIED}
"""The levels whose colour needs white figures on it."""
NAMED, WITH_FIELD, SAID = 6.0, 23.5, 4.4
"""The room for a counter's name left of its strip, alone and with its field, and for its share right of it, in sizes of
text.
"""
LABELLED = 0.07
"""The least share that has room for its number inside the bar."""


@dataclass(frozen=True)
class Interval:
    """A share with the interval in which it may lie, *beside* the province."""

    card: Scorecard
    size: float
    beside: Benchmark

    @property
    def height(self) -> float:
        return 2.6 * self.size

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        y, thick = top - 0.6 * self.size, 0.34 * self.size
        canvas.saveState()
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(1)
        canvas.line(x, y, x + width, y)
        canvas.setFont(PLAIN, 0.8 * self.size)
        canvas.setFillColor(MUTED)
        for tick in self.beside.axis.ticks:
            at = self.beside.across(tick.percent / 100, x, width)
            canvas.line(at, y - thick, at, y + thick)
            canvas.drawCentredString(at, y - 1.7 * self.size, f"{tick.percent} %")
        draw_range(canvas, self.card, self.beside, (x, y, width), self.size)
        canvas.restoreState()


@dataclass(frozen=True)
class CounterStrip:
    """A counter: its name, its share in its interval *beside* the province, and the share in figures; *named* is the
    room for its name, in sizes of text, with its field if there is enough.
    """

    line: CounterLine
    size: float
    beside: Benchmark
    named: float = NAMED

    @property
    def height(self) -> float:
        return 2.1 * self.size

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        y, named, said = top - 1.05 * self.size, self.named * self.size, SAID * self.size
        name = f"{self.line.name}: {self.line.field}" if self.line.field and self.named > NAMED else self.line.name
        canvas.saveState()
        text = fit(name, PLAIN, self.size, named - self.size, is_centred=False)
        text.draw(canvas, x, y + text.height / 2, named)
        canvas.setFillColor(INK)
        canvas.setFont(SEMI, self.size)
        canvas.drawRightString(x + width, y + 0.04 * self.size, percent(self.line.card.share))
        canvas.setFont(PLAIN, 0.72 * self.size)
        canvas.setFillColor(MUTED)
        canvas.drawRightString(x + width, y - 0.86 * self.size, _("%(n)s lượt", n=thousands(self.line.card.n)))
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(1)
        canvas.line(x + named, y, x + width - said, y)
        place = (x + named, y, width - named - said)
        draw_range(canvas, self.line.card, self.beside, place, 0.85 * self.size)
        canvas.restoreState()


@dataclass(frozen=True)
class StripScale:
    """The scale below the strips of counters."""

    size: float
    beside: Benchmark
    named: float = NAMED

    @property
    def height(self) -> float:
        return 1.2 * self.size

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        left, size = x + self.named * self.size, 0.75 * self.size
        long = width - (self.named + SAID) * self.size
        canvas.saveState()
        canvas.setFont(PLAIN, size)
        canvas.setFillColor(MUTED)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(1)
        for tick in self.beside.axis.ticks:
            at = self.beside.across(tick.percent / 100, left, long)
            canvas.line(at, top, at, top - 0.25 * self.size)
            if not tick.is_wide_only or self.named > NAMED:
                canvas.drawCentredString(at, top - 0.3 * self.size - size, percent(tick.percent / 100, 0))
        canvas.restoreState()


@dataclass(frozen=True)
class LevelBar:
    """Five levels as one bar: the middle one straddles the line, the worse lie left and hatched, the better right."""

    levels: Sequence[LevelShare]
    thick: float
    size: float

    @property
    def height(self) -> float:
        return self.thick + 0.6 * self.size

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        rising = sorted(self.levels, key=lambda each: each.level)
        shares = [each.share for each in rising]
        left = shares[0] + shares[1] + shares[2] / 2
        reach = 2 * max(left, 1 - left)
        at, bottom = x + width / 2 - left * width / reach, top - self.thick - 0.3 * self.size
        middle = x + width / 2
        for each in rising:
            wide = each.share * width / reach
            _segment(canvas, each, (at, bottom, wide, self.thick), self.size)
            at += wide
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.8)
        canvas.line(middle, top, middle, bottom + self.thick)
        canvas.line(middle, bottom, middle, bottom - 0.3 * self.size)


def _segment(canvas: Canvas, each: LevelShare, place: tuple[float, float, float, float], size: float) -> None:
    x, bottom, wide, thick = place
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(x, bottom, wide, thick)
    canvas.setFillColor(COLOURS[each.level])
    canvas.drawPath(path, stroke=0, fill=1)
    if each.level < Level.NEUTRAL:
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.setStrokeColor(WHITE)
        canvas.setLineWidth(0.7)
        for step in range(int((wide + thick) / 5) + 1):
            canvas.line(x + 5 * step - thick, bottom, x + 5 * step, bottom + thick)
    canvas.restoreState()
    if each.share >= LABELLED:
        said = percent(each.share, 0)
        if each.level < Level.NEUTRAL:  # figures stand clear of the hatching
            canvas.setFillColor(COLOURS[each.level])
            room = width_of(said, BOLD) * size + 0.5 * size
            canvas.rect(x + wide / 2 - room / 2, bottom + 0.18 * thick, room, 0.64 * thick, stroke=0, fill=1)
        canvas.setFillColor(WHITE if each.level in LIGHT_LETTERS else INK)
        canvas.setFont(BOLD, size)
        canvas.drawCentredString(x + wide / 2, bottom + thick / 2 - 0.36 * size, said)


def level_faces(levels: Sequence[LevelShare], side: float, size: float, width: float) -> FaceRow:
    """Return the five faces in the order of the bar, with the word, the share and the count of each."""
    rising = sorted(levels, key=lambda each: each.level)
    row = face_row([[_(LEVELS[each.level]) for each in rising]], side, size, width)
    each_width = width / len(rising)
    columns = []
    for words, each in zip(row.words, rising, strict=True):
        share = fit(percent(each.share), BOLD, 1.3 * size, each_width)
        count = fit(_("%(n)s lượt", n=thousands(each.count)), PLAIN, size, each_width, colour=MUTED)
        columns.append(Column([share, *words.blocks, count]))
    return FaceRow(side, columns, is_rising=True)


@dataclass(frozen=True)
class ReasonBar:
    """A reason above its bar, its count at the right; the bar of *most* fills the width, which a pale track shows."""

    reason: NamedReason
    most: int
    size: float
    colour: Color

    @property
    def height(self) -> float:
        return 2.25 * self.size

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        said = thousands(self.reason.count)
        beside = width_of(said, SEMI) * self.size
        fit(self.reason.name, PLAIN, self.size, width - beside - self.size, is_centred=False).draw(
            canvas, x, top, width
        )
        canvas.setFillColor(INK)
        canvas.setFont(SEMI, self.size)
        canvas.drawRightString(x + width, top - self.size, said)
        canvas.setFillColor(LINE)
        canvas.rect(x, top - 1.95 * self.size, width, 0.5 * self.size, stroke=0, fill=1)
        canvas.setFillColor(self.colour)
        wide = width * self.reason.count / self.most
        canvas.rect(x, top - 1.95 * self.size, wide, 0.5 * self.size, stroke=0, fill=1)


@dataclass(frozen=True)
class Sided:
    """A large number with a column to its right, both centred on one line."""

    number: Text
    beside: Column
    share: float

    @property
    def height(self) -> float:
        return max(self.number.height, self.beside.height)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        middle = top - self.height / 2
        self.number.draw(canvas, x, middle + self.number.height / 2, width)
        left = x + self.share * width
        self.beside.draw(canvas, left, middle + self.beside.height / 2, (1 - self.share) * width)
