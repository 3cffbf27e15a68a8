"""The typeface of printed sheets: Be Vietnam Pro, with Noto Sans for lines that have a letter it lacks."""

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from reportlab.pdfbase.pdfmetrics import getFont, registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).resolve().parents[2] / "static" / "fonts"
PLAIN, SEMI, BOLD = "BeVietnamPro-Regular", "BeVietnamPro-SemiBold", "BeVietnamPro-Bold"
RARE = {PLAIN: "NotoSansLatin-Regular", SEMI: "NotoSansLatin-Bold", BOLD: "NotoSansLatin-Bold"}
"""By font, the one that stands in for it: it has every Latin letter, those of Ê Đê and Mnông too."""


@cache
def register_fonts() -> None:
    """Register the fonts of static/fonts, once a process."""
    for font in (*RARE, *sorted(set(RARE.values()))):
        registerFont(TTFont(font, FOLDER / f"{font}.ttf"))


@lru_cache(maxsize=4096)
def font_for(text: str, font: str) -> str:
    """Return *font*, or its stand-in if *text* has a letter that *font* lacks; two fonts never meet in one line.

    >>> font_for("Quầy Hộ tịch", BOLD), font_for("buôn Ea ƀrang", BOLD)
    ('BeVietnamPro-Bold', 'NotoSansLatin-Bold')
    """
    register_fonts()
    known = getFont(font).face.charToGlyph
    return font if all(ord(letter) in known for letter in text) else RARE.get(font, font)


def undrawable(text: str) -> str:
    """Return the letters of *text* that cannot be drawn: missing from the fonts, or not Latin.

    Other scripts need joining, reordering or right-to-left setting, which this module does not do.

    >>> undrawable("Nắm chảy slíp lẻ? ខ្ញុំ")
    'ខ្ញុំ'
    """
    register_fonts()
    known = getFont(PLAIN).face.charToGlyph.keys() | getFont(RARE[PLAIN]).face.charToGlyph.keys()
    missing = [letter for letter in unicodedata.normalize("NFC", text) if not _is_drawn(letter, known)]
    return "".join(dict.fromkeys(missing))


@lru_cache(maxsize=4096)
def width_of(text: str, font: str) -> float:
    """Return the width of *text* at size 1; no kerning is applied, so width grows linearly with size."""
    return float(stringWidth(text, font, 1000)) / 1000


def _is_drawn(letter: str, known: set[int]) -> bool:
    if ord(letter) not in known:
        return False
    is_written = unicodedata.category(letter)[0] in "LM"
    return not is_written or unicodedata.name(letter, "").startswith(("LATIN ", "COMBINING ", "MODIFIER "))
