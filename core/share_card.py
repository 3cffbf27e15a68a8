"""Draw the picture that a messenger shows beside a shared address: 1200 × 630 points, PNG.

A picture is a function of its words alone, so that it is drawn once for whatever asks for it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from core.gate import Gate

WIDTH, HEIGHT = 1200, 630
FINE = 2
"""How many times larger it is drawn than it is sent, which smooths its edges."""
BAND, FOOT = 54, 510
"""The height of the woven band, and the place below which the brand and the address stand."""
HEAD, SMALL, MEDAL = 34, 34, 44
"""The sizes of the line above and of those below the title, and the radius of a medal."""
COLOURS = 96
"""The colours of the file; a card of flat areas needs no more, and weighs some 30 kB."""
PAPER, CARD, INK, SOFT, LINE, LEAF, GAC = "#fbf8f1", "#fffdf9", "#1f2a2e", "#525c5e", "#ddd4c2", "#1f6f54", "#b93a26"
METALS = ("#e0a526", "#b9c3c9", "#cf8a5b")
FONTS = Path(__file__).resolve().parents[1] / "static" / "fonts"
PLAIN, BOLD = "BeVietnamPro-Regular.ttf", "BeVietnamPro-Bold.ttf"
RARE = {PLAIN: "NotoSansLatin-Regular.ttf", BOLD: "NotoSansLatin-Bold.ttf"}
"""By font, the one for words with a letter that it lacks, such as those of Ê Đê."""
MOST_KEPT = 512
"""Pictures cached per process, some 20 MB: more than a province has offices, so that asking for all in turn draws each
once."""
LONGEST = 160
"""The most letters of a line of words; the rest is cut."""

_drawing = Gate(at_once=1, waiting=3, patience=5.0)


@dataclass(frozen=True)
class ShareCard:
    """The words of a picture: a small line, the large words, lines below, and the foot with the brand and the address.

    With `marks` a ring of arcs stands at the left, one per question, with the score inside, counted in `marks_unit`;
    `medal` is the place of a prize among the prizes, 0 for none.
    """

    title: str
    lines: tuple[str, ...] = ()
    above: str = ""
    brand: str = ""
    address: str = ""
    marks: tuple[bool, ...] = ()
    marks_unit: str = ""
    medal: int = 0


@lru_cache(maxsize=MOST_KEPT)
def draw_card(card: ShareCard) -> bytes:
    """Return the picture of *card* as PNG, the same one for equal cards.

    Raises `core.gate.Busy` while too many are being drawn.
    """
    with _drawing.passing():
        picture = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), PAPER)
        _Sheet(picture).draw(card)
        small = picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        file = io.BytesIO()
        small.quantize(COLOURS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
        return file.getvalue()


class WordRow(NamedTuple):
    """A row of words with its font and size, and the space before it."""

    text: str
    font: str
    size: int
    before: int

    @property
    def height(self) -> int:
        """The height of the row with the space before it."""
        return round(self.size * 1.3) + self.before


class _Sheet:
    """A drawing in the units of the picture that is sent."""

    def __init__(self, picture: Image.Image) -> None:
        self.picture, self.pen = picture, ImageDraw.Draw(picture)

    def draw(self, card: ShareCard) -> None:
        for top in (0, HEIGHT - BAND):
            self._weave(top)
        if card.marks:
            self._ring((255, 290), 150, card)
        self._words(card, 470 if card.marks else 90)
        self._foot(card)

    def _words(self, card: ShareCard, left: int) -> None:
        """Write the words between the band and the foot, centred in height."""
        room = WIDTH - left - 80
        head = 2 * MEDAL + 16 if card.medal else 50 if card.above else 0
        rows = _rows(card, room, FOOT - BAND - 20 - head)
        top = (BAND + FOOT - head - sum(row.height for row in rows)) // 2
        if card.medal:
            self._medal((left + MEDAL, top + MEDAL), MEDAL, card.medal)
        indent = 2 * MEDAL + 24 if card.medal else 0
        font, colour = (BOLD, INK) if card.medal else (PLAIN, SOFT)
        [above, *_] = [*wrapped(card.above, font, HEAD, room - indent), ""]
        self._text((left + indent, top + (MEDAL if card.medal else head // 2)), above, font, HEAD, colour, "lm")
        top += head
        for row in rows:
            self._text((left, top + row.before), row.text, row.font, row.size, INK)
            top += row.height

    def _foot(self, card: ShareCard) -> None:
        self._text((90, FOOT + 6), card.brand, BOLD, 30, LEAF)
        self._text((WIDTH - 80, FOOT + 10), card.address, PLAIN, 26, SOFT, anchor="ra")

    def _text(self, at: tuple[int, int], text: str, font: str, size: int, colour: str, anchor: str = "la") -> None:
        place, text = (at[0] * FINE, at[1] * FINE), normalize("NFC", text)
        self.pen.text(place, text, colour, _font(_face(text, font), size * FINE), anchor=anchor)

    def _ring(self, centre: tuple[int, int], radius: int, card: ShareCard) -> None:
        marks = card.marks
        turn = 360 / len(marks)
        gap = min(5.0, turn / 4)
        for number, is_right in enumerate(marks):
            start = -90 + number * turn + gap / 2
            width, colour = (40, LEAF) if is_right else (14, GAC)
            self._arc(centre, radius, (start, start + turn - gap), width, colour)
        right = f"{sum(marks)}/{len(marks)}"
        self._text((centre[0], centre[1] - 14), right, BOLD, 78 if len(right) < 6 else 62, INK, anchor="mm")
        self._text((centre[0], centre[1] + 50), card.marks_unit, PLAIN, 32, SOFT, anchor="mm")

    def _arc(self, centre: tuple[int, int], radius: int, turn: tuple[float, float], width: int, colour: str) -> None:
        outer = radius + width / 2
        box = [(place + side) * FINE for side in (-outer, outer) for place in centre]
        self.pen.arc(box, *turn, fill=colour, width=width * FINE)

    def _medal(self, centre: tuple[int, int], radius: int, place: int) -> None:
        """Draw an eight-pointed star with its digit, as on pages."""
        metal = METALS[min(place, len(METALS)) - 1]
        star = [_scaled(centre, radius / 22, x, y) for x, y in STAR]
        self.pen.polygon(star, fill=metal, outline=INK, width=3 * FINE)
        inside = radius * 0.57
        self.pen.ellipse(
            [(place + side) * FINE for side in (-inside, inside) for place in centre],
            fill=CARD,
            outline=INK,
            width=3 * FINE,
        )
        self._text(centre, str(place), BOLD, round(radius * 0.8), INK, anchor="mm")

    def _weave(self, top: int) -> None:
        """Fill a band with the woven pattern of the pages."""
        tile = _tile()
        for left in range(0, WIDTH * FINE, tile.width):
            self.picture.paste(tile, (left, top * FINE))


STAR = (
    (0, -22),
    (6.4, -15.5),
    (15.6, -15.6),
    (15.5, -6.4),
    (22, 0),
    (15.5, 6.4),
    (15.6, 15.6),
    (6.4, 15.5),
    (0, 22),
    (-6.4, 15.5),
    (-15.6, 15.6),
    (-15.5, 6.4),
    (-22, 0),
    (-15.5, -6.4),
    (-15.6, -15.6),
    (-6.4, -15.5),
)
"""The points of the medal around its centre, as in the macro `medal`."""


@cache
def _tile() -> Image.Image:
    """Return one repeat of the woven band, in the units of a 36-point square."""
    size = BAND * FINE
    tile = Image.new("RGB", (size, size), "#232a3f")
    pen, scale = ImageDraw.Draw(tile), size / 36

    def diamond(middle: float, half: float, colour: str, width: float = 0) -> None:
        points = [(18, middle - half), (18 + half, middle), (18, middle + half), (18 - half, middle)]
        corners = [(x * scale, y * scale) for x, y in points]
        if width:
            pen.line([*corners, corners[0], corners[1]], fill=colour, width=round(width * scale), joint="curve")
        else:
            pen.polygon(corners, fill=colour)

    diamond(18, 16, "#c8452f", 3)
    diamond(18, 9, "#e0a526", 3)
    diamond(18, 4, CARD)
    for x, y in ((0, 0), (36, 0), (0, 36), (36, 36)):
        corner = [(x, y), (abs(x - 5), y), (x, abs(y - 5))]
        pen.polygon([(a * scale, b * scale) for a, b in corner], fill="#e0a526")
    for x, y in ((18, 0), (18, 36), (0, 18), (36, 18)):
        sides = [(x - 3, y), (x, y - 3), (x + 3, y), (x, y + 3)]
        pen.polygon([(a * scale, b * scale) for a, b in sides], fill="#3f9c7b")
    return tile


def _rows(card: ShareCard, room: int, height: int) -> list[WordRow]:
    """Return the rows of words, the title in the largest letters in which it takes two rows and all fit."""
    tried = [_sized(card, size, room) for size in (72, 60, 52, 44, 38)]
    fitting = [rows for rows in tried if sum(row.height for row in rows) <= height]
    short = (rows for rows in fitting if sum(row.font == BOLD for row in rows) <= 2)
    rows = next(short, next(iter(fitting), tried[-1]))
    while sum(row.height for row in rows) > height:
        rows.pop()
    return rows


def _sized(card: ShareCard, size: int, room: int) -> list[WordRow]:
    rows = [WordRow(text, BOLD, size, 0) for text in balanced(card.title, BOLD, size, room)[:3]]
    for line in card.lines:
        below = wrapped(line, PLAIN, SMALL, room)[:2]
        rows += [WordRow(text, PLAIN, SMALL, 0 if at else 12) for at, text in enumerate(below)]
    return rows


def _scaled(centre: tuple[int, int], scale: float, x: float, y: float) -> tuple[float, float]:
    return (centre[0] + x * scale) * FINE, (centre[1] + y * scale) * FINE


def wrapped(text: str, font: str, size: int, room: int) -> list[str]:
    """Return *text* in rows no wider than *room*, broken between words; a longer word has a row of its own."""
    rows: list[str] = []
    font = _face(normalize("NFC", text[:LONGEST]), font)
    for word in normalize("NFC", text[:LONGEST]).split():
        longer = f"{rows[-1]} {word}" if rows else word
        if rows and _font(font, size).getlength(longer) <= room:
            rows[-1] = longer
        else:
            rows.append(word)
    return rows


def balanced(text: str, font: str, size: int, room: int) -> list[str]:
    """Return *text* in as few rows as `wrapped`, about equally long, so that no last word stands alone."""
    rows = wrapped(text, font, size, room)
    for narrower in range(room // 2, room, max(1, room // 40)):
        tried = wrapped(text, font, size, narrower)
        if len(tried) == len(rows):
            is_held = all(_font(_face(text, font), size).getlength(row) <= room for row in tried)
            return tried if is_held else rows
    return rows


@lru_cache(maxsize=256)
def _face(text: str, name: str) -> str:
    """Return the font *name*, or the one that has the letters which it lacks; two fonts never meet in one line."""
    return name if all(ord(letter) in _letters(name) for letter in text) else RARE[name]


@cache
def _letters(name: str) -> frozenset[int]:
    with TTFont(FONTS / name) as font:
        return frozenset(font.getBestCmap())


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / name), size)
