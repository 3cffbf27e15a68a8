"""Text on printed sheets: as large as the space allows, wrapped into even lines, stacked in columns."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from core.pdf.colours import INK, MUTED
from core.pdf.fonts import BOLD, PLAIN, font_for, width_of

LEADING = 1.28
SHRINK = tuple(hundredths / 100 for hundredths in range(100, 39, -4))
"""The factors by which a size is multiplied, in turn, until the text fits."""
READABLE = 0.68
VALUE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""The place of the bold part in a sentence for `fit_labelled`."""
_SLASHES, _DOTS = re.compile(r"(?<=/)"), re.compile(r"(?<=[./])")
_SPACES = re.compile(r"[^\S\u00a0]+")


class Block(Protocol):
    """A part of known height that draws itself downwards from *top* within *width*."""

    @property
    def height(self) -> float: ...

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None: ...


@dataclass(frozen=True)
class Space:
    """Empty space between two blocks."""

    height: float

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        """Draw nothing."""


@dataclass(frozen=True)
class Column:
    """Blocks stacked from top to bottom."""

    blocks: Sequence[Block]

    @property
    def height(self) -> float:
        return sum(block.height for block in self.blocks)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        for block in self.blocks:
            block.draw(canvas, x, top, width)
            top -= block.height


@dataclass(frozen=True)
class Text:
    """Lines of text of one size."""

    lines: Sequence[str]
    font: str
    size: float
    colour: Color = INK
    is_centred: bool = True
    leading: float = LEADING

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * self.leading

    @property
    def width(self) -> float:
        return max(width_of(line, self.font) for line in self.lines) * self.size

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        canvas.setFillColor(self.colour)
        canvas.setFont(self.font, self.size)
        for number, line in enumerate(self.lines):
            y = top - (number + 0.5) * self.size * self.leading - 0.36 * self.size
            if self.is_centred:
                canvas.drawCentredString(x + width / 2, y, line)
            else:
                canvas.drawString(x, y, line)


def fit(
    text: str,
    font: str,
    size: float,
    width: float,
    *,
    most: int = 1,
    colour: Color = INK,
    is_centred: bool = True,
    leading: float = LEADING,
) -> Text:
    """Set *text* in at most *most* lines: at *size*, smaller if needed, and cut short at the smallest size."""
    text = unicodedata.normalize("NFC", text)
    font = font_for(text, font)
    lines: list[str] = []
    for shrunk in SHRINK:
        lines = _wrap(text, font, width / (size * shrunk))
        if len(lines) <= most:
            even = _even(text, font, width / (size * shrunk), lines) if is_centred else lines
            return Text(even, font, size * shrunk, colour, is_centred, leading)
    cut = [*lines[: most - 1], lines[most - 1][:-1] + "…"]
    return Text(cut, font, size * SHRINK[-1], colour, is_centred, leading)


def fit_whole(text: str, font: str, size: float, width: float, *, most: int) -> Text:
    """Set an address flush left, never cut short: it may take more lines than *most* rather than lose a letter.

    A host name is broken only where it would otherwise be too small to read.
    """
    parts = [part for part in _SLASHES.split(text) if part]
    for shrunk in SHRINK:
        lines = _wrap(text, font, width / (size * shrunk))
        is_parted = shrunk > READABLE and any(width_of(part, font) * size * shrunk > width for part in parts)
        if len(lines) <= most and not is_parted:
            break
    return Text(lines, font, size * shrunk, is_centred=False)


def _wrap(text: str, font: str, width: float) -> list[str]:
    """Return the lines of *text* at size 1 within *width*."""
    lines, used, space = [""], 0.0, width_of(" ", font)
    for word in _SPACES.split(text):
        wide = width_of(word, font)
        if used and used + space + wide <= width:
            lines[-1] += f" {word}"
            used += space + wide
            continue
        lines += _broken(word, font, width) if wide > width else [word]
        used = width_of(lines[-1], font)
    return [line for line in lines if line] or [""]


def _broken(word: str, font: str, width: float) -> list[str]:
    """Return the pieces of a *word* wider than a line, cut after a slash or a dot, else where the line ends."""
    pieces = [""]
    is_long = any(width_of(part, font) > width for part in _SLASHES.split(word))
    for part in (_DOTS if is_long else _SLASHES).split(word):
        if pieces[-1] and width_of(pieces[-1] + part, font) > width:
            pieces.append("")
        for letter in part:
            if pieces[-1] and width_of(pieces[-1] + letter, font) > width:
                pieces.append("")
            pieces[-1] += letter
    return pieces


def _even(text: str, font: str, width: float, lines: list[str]) -> list[str]:
    """Wrap *lines* again in the narrowest column that keeps their number, so that the last line is not one word."""
    low, high = 0.0, width
    while len(lines) > 1 and high - low > width / 64:
        middle = (low + high) / 2
        tried = _wrap(text, font, middle)
        if len(tried) > len(lines) or any(width_of(line, font) > middle for line in tried):
            low = middle
        else:
            high, lines = middle, tried
    return lines


@dataclass(frozen=True)
class Labelled:
    """A label and its value in one centred line, the value in bold."""

    before: str
    value: str
    after: str
    size: float
    fonts: tuple[str, str]

    @property
    def height(self) -> float:
        return self.size * LEADING

    @property
    def width(self) -> float:
        plain, bold = self.fonts
        return self.size * (width_of(self.before + self.after, plain) + width_of(self.value, bold))

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        at, y = x + (width - self.width) / 2, top - 0.5 * self.height - 0.36 * self.size
        for text, font, colour in zip(
            (self.before, self.value, self.after), (*self.fonts, self.fonts[0]), (MUTED, INK, MUTED), strict=True
        ):
            canvas.setFont(font, self.size)
            canvas.setFillColor(colour)
            canvas.drawString(at, y, text)
            at += width_of(text, font) * self.size


def fit_labelled(sentence: str, value: str, size: float, width: float, *, most: int = 2) -> Block:
    """Set *value* in bold where *sentence* has `VALUE`: in one line if there is room, else below its label."""
    value = unicodedata.normalize("NFC", value)
    before, _, after = sentence.partition(VALUE)
    plain, bold = (font_for(before + value + after, font) for font in (PLAIN, BOLD))
    line = Labelled(before, value, after, size, (plain, bold))
    if line.width <= width:
        return line
    label = fit(before + after, PLAIN, size, width, colour=MUTED)
    return Column([label, fit(value, BOLD, size, width, most=most)])
