"""The parts of every sheet: QR code, question, steps, address, host."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO

from reportlab.lib.colors import HexColor, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from core import qr
from survey.counter.documents.poster.lettering import (
    BOLD,
    INK,
    LEAF,
    MUTED,
    PLAIN,
    Block,
    Column,
    Space,
    Text,
    fit,
    fit_whole,
)
from survey.counter.documents.poster.words import VIETNAMESE, Words

CHECK = "Mã kiểm tra"
CHECK_BRIEF = "Trang phải hiện đúng mã này."
HOST = "Cơ quan chủ trì khảo sát:"
HOTLINE = "Điện thoại:"
CORNER = "Cắt cho người khiếm thị"
RED, GOLD, WASH = HexColor("#B93A26"), HexColor("#E0A526"), HexColor("#EAF2ED")
MM = 72 / 25.4


@dataclass(frozen=True)
class PosterLogo:
    """The logo of the office's unit as PNG; two logos with the same digest give the same poster."""

    digest: str
    png: bytes = field(repr=False)


@dataclass(frozen=True)
class Poster:
    """The content of a poster. *url* goes into the code unchanged; an empty *hotline* and no *logo* are left out."""

    office: str
    counter: str
    url: str
    typed_address: str
    check_code: str
    host: str
    hotline: str = ""
    logo: PosterLogo | None = None


@dataclass(frozen=True)
class Voice:
    """A poster with its languages: Vietnamese, and *second* beside it."""

    poster: Poster
    second: Words | None

    def also(self, say: Callable[[Words], str], font: str, size: float, width: float, **how: int | bool) -> list[Block]:
        """Return the text of the second language in a smaller size; empty without one."""
        said = say(self.second) if self.second else ""
        return [fit(said, font, size, width, colour=MUTED, **how)] if said else []  # type: ignore[arg-type]


def question(voice: Voice, size: float, width: float, *, most: int) -> list[Block]:
    """Return the question in both languages."""
    asked = fit(VIETNAMESE.question, BOLD, size, width, most=most)
    again = voice.also(lambda words: words.question, PLAIN, size * 0.55, width, most=most)
    return [asked, *([Space(size * 0.1)] if again else []), *again]


def place(voice: Voice, counter: float, office: float, width: float, *, most: int) -> list[Block]:
    """Return the counter and its office."""
    named = fit(voice.poster.counter, BOLD, counter, width, most=most, colour=LEAF)
    return [named, Space(counter * 0.06), _office(voice.poster, office, width, most)]


def _office(poster: Poster, size: float, width: float, most: int) -> Block:
    if poster.logo is None:
        return fit(poster.office, PLAIN, size, width, most=most)
    side = LOGO * size
    return Beside(poster.logo, side, fit(poster.office, PLAIN, size, width - 1.2 * side, most=most, is_centred=False))


LOGO = 2.5
"""The side of a logo, as a multiple of the size of the office's name beside it."""


@dataclass(frozen=True)
class Beside:
    """A logo in a square of *side* with the office's name to its right, centred together."""

    logo: PosterLogo
    side: float
    name: Text

    @property
    def height(self) -> float:
        return max(1.1 * self.side, self.name.height)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        left, middle = x + (width - 1.2 * self.side - self.name.width) / 2, top - self.height / 2
        place = {"width": self.side, "height": self.side, "preserveAspectRatio": True, "anchor": "c", "mask": "auto"}
        canvas.drawImage(ImageReader(BytesIO(self.logo.png)), left, middle - self.side / 2, **place)
        self.name.draw(canvas, left + 1.2 * self.side, middle + self.name.height / 2, self.name.width)


def foot(voice: Voice, size: float, width: float, narrow: float, *, is_compact: bool) -> Column:
    """Return the promise, the host and the hotline; the *narrow* width leaves room for a corner to cut off."""
    poster = voice.poster
    blocks: list[Block] = [fit(VIETNAMESE.promise, BOLD, size * 1.22, width, colour=LEAF)]
    blocks += [*voice.also(lambda words: words.promise, PLAIN, size * 0.87, width, most=1), Space(size * 0.37)]
    if is_compact:
        blocks.append(fit(f"{HOST} {poster.host}", PLAIN, size * 0.87, narrow, most=2))
    else:
        blocks += [fit(HOST, PLAIN, size * 0.91, narrow), fit(poster.host, BOLD, size, narrow, most=2)]
    if poster.hotline:
        blocks.append(fit(f"{HOTLINE} {poster.hotline}", BOLD, size * 1.04, narrow))
    return Column(blocks)


@dataclass(frozen=True)
class Steps:
    """Numbered steps side by side."""

    steps: Sequence[Column]
    widths: Sequence[float]
    size: float

    @property
    def height(self) -> float:
        return max(step.height for step in self.steps)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        disc = self.size * 0.63
        gap = (width - sum(self.widths) - 3 * _DISC * self.size) / 3
        x += gap / 2
        for number, (step, wide) in enumerate(zip(self.steps, self.widths, strict=True), start=1):
            middle = top - self.size * 0.69
            canvas.setFillColor(LEAF)
            canvas.circle(x + disc, middle, disc, stroke=0, fill=1)
            canvas.setFillColor(white)
            canvas.setFont(BOLD, self.size * 0.81)
            canvas.drawCentredString(x + disc, middle - self.size * 0.3, str(number))
            step.draw(canvas, x + _DISC * self.size, top, wide)
            x += wide + _DISC * self.size + gap


_DISC = 1.78
"""The space for a step's number, as a multiple of the size of the step."""


def steps(voice: Voice, size: float, width: float) -> Steps:
    """Return the steps in one size, each as wide as it needs if the *width* allows."""
    spoken = [VIETNAMESE, *([voice.second] if voice.second else [])]
    wants = [
        max(fit(words.steps[at], PLAIN, size * share, 10 * width).width for words, share in _shares(spoken))
        for at in range(3)
    ]
    room = width - 3 * _DISC * size - 2 * size
    widths = [want * min(1, room / sum(wants)) + 0.01 for want in wants]
    smallest = min(
        fit(words.steps[at], PLAIN, size * share, widths[at], most=2, is_centred=False).size / share
        for words, share in _shares(spoken)
        for at in range(3)
    )
    columns = [
        Column(
            [
                fit(words.steps[at], PLAIN, smallest * share, widths[at], most=2, colour=colour, is_centred=False)
                for (words, share), colour in zip(_shares(spoken), (INK, MUTED), strict=False)
            ]
        )
        for at in range(3)
    ]
    return Steps(columns, widths, smallest)


def _shares(spoken: Sequence[Words]) -> list[tuple[Words, float]]:
    """Return each language with its share of the size."""
    return list(zip(spoken, (1, 0.8), strict=False))


@dataclass(frozen=True)
class Panel:
    """Two columns on a tinted background with a white line between them."""

    left: Column
    right: Column
    split: float
    pad: float

    @property
    def height(self) -> float:
        return max(self.left.height, self.right.height) + 2 * self.pad

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        canvas.setFillColor(WASH)
        canvas.roundRect(x, top - self.height, width, self.height, self.pad * 0.8, stroke=0, fill=1)
        canvas.setStrokeColor(white)
        canvas.setLineWidth(2)
        middle = x + width * self.split
        canvas.line(middle, top - self.pad, middle, top - self.height + self.pad)
        for column, left in ((self.left, x), (self.right, middle)):
            column.draw(canvas, left + 1.2 * self.pad, top - self.pad, width)


def panel(voice: Voice, size: float, width: float, *, split: float = 0.57, is_compact: bool = False) -> Panel:
    """Return the address to type and the check code of the page, side by side."""
    poster, pad = voice.poster, size * (0.9 if is_compact else 1.35)
    left, right = width * split - 2.4 * pad, width * (1 - split) - 2.4 * pad
    address: list[Block] = [fit(VIETNAMESE.typed, PLAIN, size, left, colour=MUTED, is_centred=False)]
    address += voice.also(lambda words: words.typed, PLAIN, size * 0.86, left, most=2, is_centred=False)
    address += [Space(size * 0.5), fit_whole(poster.typed_address, BOLD, size * 1.8, left, most=2)]
    check: list[Block] = [
        fit(CHECK, PLAIN, size, right, colour=MUTED, is_centred=False),
        fit(poster.check_code, BOLD, size * 2.4, right, colour=LEAF, is_centred=False),
    ]
    if is_compact:
        check.append(fit(CHECK_BRIEF, PLAIN, size * 0.9, right, most=3, is_centred=False))
    else:
        check.append(fit(VIETNAMESE.check, PLAIN, size * 0.95, right, most=3, is_centred=False))
        check += voice.also(lambda words: words.check, PLAIN, size * 0.86, right, most=3, is_centred=False)
    return Panel(Column(address), Column(check), split, pad)


@lru_cache(maxsize=16)
def modules(url: str) -> list[list[bool]]:
    """Return the QR code of *url*; cached, since its size is needed before it is drawn."""
    return qr.matrix(url)


def framed(url: str, side: float) -> float:
    """Return the size of a QR code of *side* with its quiet zone."""
    return side * (1 + 2 * qr.QUIET / len(modules(url)))


def symbol(canvas: Canvas, url: str, x: float, y: float, side: float) -> None:
    """Draw the QR code of *url* as one path, its lower left corner at *x*, *y*, inside the corners of a camera's
    frame.
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
    """Draw four corners just outside the quiet zone, as a camera app frames a code."""
    canvas.setStrokeColor(LEAF)
    canvas.setLineWidth(side * 0.01)
    canvas.setLineCap(1)
    arm = side * 0.11
    for left, low in ((True, True), (True, False), (False, True), (False, False)):
        corner_x, corner_y = (x if left else x + side), (y if low else y + side)
        path = canvas.beginPath()
        path.moveTo(corner_x + (arm if left else -arm), corner_y)
        path.lineTo(corner_x, corner_y)
        path.lineTo(corner_x, corner_y + (arm if low else -arm))
        canvas.drawPath(path, stroke=1, fill=0)


def dashed(canvas: Canvas, *lines: tuple[float, float, float, float]) -> None:
    """Draw a dashed line where the sheet is folded or cut."""
    canvas.saveState()
    canvas.setStrokeColor(MUTED)
    canvas.setLineWidth(0.8)
    canvas.setDash(3, 3)
    for line in lines:
        canvas.line(*line)
    canvas.restoreState()


def cut_corner(canvas: Canvas, width: float, side: float) -> None:
    """Mark the lower right corner to cut off, by which a blind person recognises the sheet and its orientation."""
    dashed(canvas, (width - side, 0, width, side))
    if side < 12 * MM:
        return
    canvas.saveState()
    canvas.translate(width - side / 2, side / 2)
    canvas.rotate(45)
    Text([CORNER], PLAIN, side * 0.095, MUTED).draw(canvas, 0, 3 + side * 0.1, 0)
    canvas.restoreState()
