"""Blocks of a printed sheet: a pill, a panel of two columns, steps with their pictograms, a logo beside a name."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from core.pdf.colours import INK, LEAF, LEAF_TINT, MUTED, WHITE
from core.pdf.drawing import Drawing
from core.pdf.fonts import BOLD, PLAIN
from core.pdf.lettering import SHRINK, Block, Column, Space, Text, fit


@dataclass(frozen=True)
class Pill:
    """White text on a green lozenge, centred."""

    text: Text

    @property
    def _pad(self) -> float:
        return 0.7 * self.text.size

    @property
    def height(self) -> float:
        return self.text.height + 0.44 * self.text.size

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        wide = self.text.width + 2 * self._pad
        canvas.setFillColor(LEAF)
        round_ = min(self.height / 2, self.text.size)
        canvas.roundRect(x + (width - wide) / 2, top - self.height, wide, self.height, round_, stroke=0, fill=1)
        self.text.draw(canvas, x, top - 0.22 * self.text.size, width)


def pill(text: str, size: float, width: float, *, most: int) -> Pill:
    """Return *text* in a pill no wider than *width*."""
    return Pill(fit(text, BOLD, size, width - 1.5 * size, most=most, colour=WHITE))


@dataclass(frozen=True)
class Panel:
    """Two columns on a tinted ground with a line between them; *split* is the share of the left one."""

    left: Column
    right: Column
    split: float
    pad: float

    @property
    def height(self) -> float:
        return max(self.left.height, self.right.height) + 1.6 * self.pad

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        canvas.setFillColor(LEAF_TINT)
        canvas.setStrokeColor(LEAF)
        canvas.setLineWidth(1)
        canvas.roundRect(x, top - self.height, width, self.height, 0.7 * self.pad, stroke=1, fill=1)
        canvas.setStrokeColor(WHITE)
        canvas.setLineWidth(1.6)
        split, middle = x + width * self.split, top - self.height / 2
        canvas.line(split, top - 0.7 * self.pad, split, top - self.height + 0.7 * self.pad)
        for column, left in ((self.left, x), (self.right, split)):
            column.draw(canvas, left + 1.1 * self.pad, middle + column.height / 2, width)


@dataclass(frozen=True)
class Step:
    """A pictogram of *side* and its words to the right."""

    picto: Drawing
    side: float
    words: Column

    @property
    def height(self) -> float:
        return max(self.side, self.words.height)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        middle = top - self.height / 2
        self.picto.draw(canvas, x, middle - self.side / 2, self.side)
        self.words.draw(canvas, x + 1.2 * self.side, middle + self.words.height / 2, width - 1.2 * self.side)


@dataclass(frozen=True)
class Across:
    """Blocks side by side in columns of equal width."""

    blocks: Sequence[Block]
    gap: float = 0

    @property
    def height(self) -> float:
        return max(block.height for block in self.blocks)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        each = (width + self.gap) / len(self.blocks)
        for at, block in enumerate(self.blocks):
            block.draw(canvas, x + at * each, top, each - self.gap)


WRAPPED = 0.8
"""The factor of the size at which a step rather takes two lines than gets smaller."""


def steps(
    pictos: Sequence[Drawing], said: Sequence[Sequence[str]], size: float, side: float, width: float
) -> list[Step]:
    """Return numbered steps in one size, each *width* wide: its first line in bold, the rest plain.

    *said* has the steps of one language, or of two: the second is smaller, below the first.
    """
    room = width - 1.2 * side
    for shrunk in SHRINK:
        columns = [
            _words([language[at] for language in said], at + 1, size * shrunk, room) for at in range(len(pictos))
        ]
        if all(_is_well_set(block, wanted, shrunk) for column in columns for block, wanted in column):
            break
    return [
        Step(picto, side, Column([block for block, _ in column])) for picto, column in zip(pictos, columns, strict=True)
    ]


def _is_well_set(text: Text, wanted: float, shrunk: float) -> bool:
    """Return whether *text* has its size, and one line if it is in bold and that does not make it small."""
    return text.size >= 0.99 * wanted and (len(text.lines) == 1 or text.colour is MUTED or shrunk <= WRAPPED)


def _words(languages: Sequence[str], number: int, size: float, width: float) -> list[tuple[Text, float]]:
    """Return the lines of a step, each with the size that it is meant to have."""
    found: list[tuple[Text, float]] = []
    for said, share in zip(languages, (1.0, 0.78), strict=False):
        first, _, rest = said.partition("\n")
        is_own = share == 1.0
        lead, font = (f"{number}. {first}", BOLD) if is_own else (first, PLAIN)
        colour, wanted = INK if is_own else MUTED, size * share
        found.append((fit(lead, font, wanted, width, most=2, colour=colour, is_centred=False), wanted))
        if rest:
            small = 0.88 * wanted
            found.append((fit(rest, PLAIN, small, width, most=2, colour=colour, is_centred=False), small))
    return found


@dataclass(frozen=True)
class PrintedLogo:
    """A logo as PNG; two logos with the same digest give the same sheet."""

    digest: str
    png: bytes = field(repr=False)


@dataclass(frozen=True)
class Beside:
    """A logo in a square of *side* with a name to its right, centred together."""

    logo: PrintedLogo
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


def named(name: str, logo: PrintedLogo | None, size: float, width: float, *, most: int) -> Block:
    """Return a name, beside its logo if it has one."""
    if logo is None:
        return fit(name, PLAIN, size, width, most=most, colour=MUTED)
    side = 2.4 * size
    return Beside(logo, side, fit(name, PLAIN, size, width - 1.2 * side, most=most, colour=MUTED, is_centred=False))


def stack(blocks: Sequence[Block], gap: float) -> Column:
    """Return *blocks* in a column with *gap* between them."""
    return Column([part for block in blocks for part in (block, Space(gap))][:-1])
