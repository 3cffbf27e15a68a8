"""The typeface: complete for Vietnamese, embeddable, never of two fonts in one line."""

import unicodedata
from itertools import product

import pytest
from fontTools.ttLib import TTFont

from core.pdf.fonts import BOLD, FOLDER, PLAIN, RARE, SEMI, font_for, undrawable

VOWELS, TONES = "aăâeêioôơuưy", ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
SMALL = [unicodedata.normalize("NFC", vowel + tone) for vowel, tone in product(VOWELS, TONES)] + ["đ"]
VIETNAMESE = [*SMALL, *(letter.upper() for letter in SMALL)]
"""Every precomposed letter of Vietnamese with a mark, small and capital, and the bare vowels."""
EACH = pytest.mark.parametrize("font", [*RARE, *sorted(set(RARE.values()))])


@EACH
def test_every_letter_of_vietnamese_is_in_every_font(font):
    known = TTFont(FOLDER / f"{font}.ttf").getBestCmap()

    assert len(set(VIETNAMESE)) == 2 * (12 * 6 + 1)
    assert [letter for letter in VIETNAMESE if len(letter) != 1 or ord(letter) not in known] == []


@EACH
def test_every_font_may_be_embedded_and_is_under_the_open_font_license(font):
    read = TTFont(FOLDER / f"{font}.ttf")
    terms = " ".join(record.toUnicode() for record in read["name"].names if record.nameID in (13, 14))

    assert read["OS/2"].fsType == 0
    assert "Open Font License" in terms


@pytest.mark.parametrize("licence", ["BeVietnamPro-OFL.txt", "NotoSans-OFL.txt"])
def test_the_licence_lies_beside_the_fonts(licence):
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FOLDER / licence).read_text(encoding="utf-8")


def test_the_fonts_weigh_less_than_600_kb():
    assert sum(file.stat().st_size for file in FOLDER.glob("*.ttf")) < 600_000


def test_a_line_with_a_rare_letter_is_all_in_the_font_that_has_it():
    assert font_for("xã Lâm Bình", PLAIN) == PLAIN
    assert [font_for("buôn Ako Dhŏng", font) for font in (PLAIN, SEMI, BOLD)] == [
        "NotoSansLatin-Regular",
        "NotoSansLatin-Bold",
        "NotoSansLatin-Bold",
    ]


@pytest.mark.parametrize("name", ["Ƀuôn Čư Mgar", "ƀon Đăk Mĭl", "pơlơi Kŏn", "Ea Tu̱l, m̆", "Kŏmrŏng Ngŏk Tĕm", "H’Ŭng"])
def test_names_of_the_peoples_who_write_latin_can_be_drawn(name):
    assert undrawable(name) == ""
