"""Text on posters: as large as the space allows, wrapped into even lines, stacked in columns."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase.pdfmetrics import getFont, registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path(__file__).resolve().parents[4] / "static" / "fonts"
PLAIN, BOLD = "DejaVuSans", "DejaVuSans-Bold"
INK, MUTED, LEAF = HexColor("#1F2A2E"), HexColor("#566267"), HexColor("#1F6F54")
LEADING = 1.28
SHRINK = tuple(hundredths / 100 for hundredths in range(100, 39, -4))
"""The factors by which a size is multiplied, in turn, until the text fits."""
READABLE = 0.68
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

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LEADING

    @property
    def width(self) -> float:
        return max(_width(line, self.font) for line in self.lines) * self.size

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        canvas.setFillColor(self.colour)
        canvas.setFont(self.font, self.size)
        for number, line in enumerate(self.lines):
            y = top - (number + 0.8) * self.size * LEADING
            if self.is_centred:
                canvas.drawCentredString(x + width / 2, y, line)
            else:
                canvas.drawString(x, y, line)


def fit(
    text: str, font: str, size: float, width: float, *, most: int = 1, colour: Color = INK, is_centred: bool = True
) -> Text:
    """Set *text* in at most *most* lines: at *size*, smaller if needed, and cut short at the smallest size."""
    text = unicodedata.normalize("NFC", text)
    lines: list[str] = []
    for shrunk in SHRINK:
        lines = _wrap(text, font, width / (size * shrunk))
        if len(lines) <= most:
            even = _even(text, font, width / (size * shrunk), lines) if is_centred else lines
            return Text(even, font, size * shrunk, colour, is_centred)
    cut = [*lines[: most - 1], lines[most - 1][:-1] + "…"]
    return Text(cut, font, size * SHRINK[-1], colour, is_centred)


def fit_whole(text: str, font: str, size: float, width: float, *, most: int) -> Text:
    """Set an address flush left, never cut short: it may take more lines than *most* rather than lose a letter.

    A host name is broken only where it would otherwise be too small to read.
    """
    parts = [part for part in _SLASHES.split(text) if part]
    for shrunk in SHRINK:
        lines = _wrap(text, font, width / (size * shrunk))
        is_parted = shrunk > READABLE and any(_width(part, font) * size * shrunk > width for part in parts)
        if len(lines) <= most and not is_parted:
            break
    return Text(lines, font, size * shrunk, is_centred=False)


def undrawable(text: str) -> str:
    """Return the letters of *text* that cannot be drawn: missing from the font, or not Latin.

    Other scripts need joining, reordering or right-to-left setting, which this module does not do.

    >>> undrawable("Nắm chảy slíp lẻ? ខ្ញុំ")
    'ខ្ញុំ'
    """
    register_fonts()
    known = getFont(PLAIN).face.charToGlyph
    missing = [letter for letter in unicodedata.normalize("NFC", text) if not _is_drawn(letter, known)]
    return "".join(dict.fromkeys(missing))


@cache
def register_fonts() -> None:
    """Register the DejaVu fonts of static/fonts, once a process."""
    for font in (PLAIN, BOLD):
        registerFont(TTFont(font, FONTS / f"{font}.ttf"))


def _is_drawn(letter: str, known: dict[int, int]) -> bool:
    if ord(letter) not in known:
        return False
    is_written = unicodedata.category(letter)[0] in "LM"
    return not is_written or unicodedata.name(letter, "").startswith(("LATIN ", "COMBINING ", "MODIFIER "))


@lru_cache(maxsize=4096)
def _width(text: str, font: str) -> float:
    """Return the width of *text* at size 1; the font has no kerning, so width grows linearly with size."""
    return float(stringWidth(text, font, 1000)) / 1000


def _wrap(text: str, font: str, width: float) -> list[str]:
    """Return the lines of *text* at size 1 within *width*."""
    lines, used, space = [""], 0.0, _width(" ", font)
    for word in _SPACES.split(text):
        wide = _width(word, font)
        if used and used + space + wide <= width:
            lines[-1] += f" {word}"
            used += space + wide
            continue
        lines += _broken(word, font, width) if wide > width else [word]
        used = _width(lines[-1], font)
    return [line for line in lines if line] or [""]


def _broken(word: str, font: str, width: float) -> list[str]:
    """Return the pieces of a *word* wider than a line, cut after a slash or a dot, else where the line ends."""
    pieces = [""]
    is_long = any(_width(part, font) > width for part in _SLASHES.split(word))
    for part in (_DOTS if is_long else _SLASHES).split(word):
        if pieces[-1] and _width(pieces[-1] + part, font) > width:
            pieces.append("")
        for letter in part:
            if pieces[-1] and _width(pieces[-1] + letter, font) > width:
                pieces.append("")
            pieces[-1] += letter
    return pieces


def _even(text: str, font: str, width: float, lines: list[str]) -> list[str]:
    """Wrap *lines* again in the narrowest column that keeps their number, so that the last line is not one word."""
    low, high = 0.0, width
    while len(lines) > 1 and high - low > width / 64:
        middle = (low + high) / 2
        tried = _wrap(text, font, middle)
        if len(tried) > len(lines) or any(_width(line, font) > middle for line in tried):
            low = middle
        else:
            high, lines = middle, tried
    return lines
