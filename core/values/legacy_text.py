"""Vietnamese text in encodings from before Unicode (TCVN3, VNI) or encoded in UTF-8 twice: recognise and convert it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from enum import StrEnum

from core.values.text import N_

_BASES = ["a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y"]
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng


def _toned(base: str) -> list[str]:
    return [unicodedata.normalize("NFC", base + tone) for tone in _TONES]


_TCVN3_TONED = dict(
    zip(
        _BASES,
        ("µ¶·¸¹", "»¼½¾Æ", "ÇÈÉÊË", "ÌÎÏÐÑ", "ÒÓÔÕÖ", "×ØÜÝÞ", "ßáâãä", "åæçèé", "êëìíî", "ïñòóô", "õö÷øù", "úûüýþ"),
        strict=True,
    )
)
_TCVN3 = {old: new for base, olds in _TCVN3_TONED.items() for old, new in zip(olds, _toned(base), strict=True)} | dict(
    zip("¨©®ª«¬\u00ad¡¢§£¤¥¦", "ăâđêôơưĂÂĐÊÔƠƯ", strict=True)
)
_VNI_MARKS = dict(zip("øûõùï", _TONES, strict=True))
_VNI_SHAPED = {"â": "\u0302", "ê": "\u0306"} | {
    letter: shape + tone
    for letters, shape in (("àåãáä", "\u0302"), ("èúüéë", "\u0306"))
    for letter, tone in zip(letters, _TONES, strict=True)
}
_VNI_ALONE = dict(zip("ñôöíìæóòîÑÔÖÍÌÆÓÒÎ", "đơưíìỉĩịỵĐƠƯÍÌỈĨỊỴ", strict=True))
_VNI_PAIR = re.compile(r"([aeouyôö])([øûõùïâêàåãáäèúüéë])", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"[^\s!-@\[-`{-~“”’–]+")
_PROPER = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_SYLLABLE = re.compile(
    "(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?"
    "(?:uyê|uya|oa|oă|oe|uâ|uê|uy|uơ|iê|yê|uô|ươ|ia|ya|ua|ưa|ao|[aăâeêioôơuưy])"
    "(?:ch|nh|ng|[cmnptiouy])?"
)
_ENOUGH = 2
"""The number of words more that must be Vietnamese before a text is taken for an old encoding."""
_LOST = re.compile(r"[^\W\d_]\?[^\W\d_]|\ufffd")


class Legacy(StrEnum):
    """An encoding of Vietnamese text that is no Unicode."""

    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI"
    TWICE = N_("UTF-8 mã hóa hai lần")


def legacy_of(texts: Iterable[str]) -> Legacy | None:
    """Return the encoding of *texts*, taken together; None for Unicode, or where nothing is gained.

    >>> legacy_of(["NguyÔn ThÞ Mai"]), legacy_of(["Nguyeãn Thò Mai"]), legacy_of(["Nguyá»…n Thá»‹ Mai"])
    (<Legacy.TCVN3: 'TCVN3 (ABC)'>, <Legacy.VNI: 'VNI'>, <Legacy.TWICE: 'UTF-8 mã hóa hai lần'>)
    >>> legacy_of(["Nguyễn Thị Mai", "José"])
    """
    odd = [text for text in texts if not text.isascii() and not _PROPER.search(text)]
    gains = {legacy: sum(_gain(text, legacy) for text in odd) for legacy in Legacy}
    best = max(gains, key=lambda legacy: gains[legacy])
    return best if gains[best] >= _ENOUGH else None


def is_unicode(text: str) -> bool:
    """Whether *text* has a Vietnamese letter that no old encoding shows."""
    return _PROPER.search(text) is not None


def convert(text: str, legacy: Legacy, *, is_sure: bool = False) -> str:
    """Return *text* in Unicode; one that is Unicode already stays as it is.

    A text that is Vietnamese either way stays too, unless it *is_sure* that all around it is in the old encoding.

    >>> convert("x· L©m B×nh", Legacy.TCVN3), convert("xaõ Laâm Bình", Legacy.VNI), convert("xã Lâm", Legacy.TCVN3)
    ('xã Lâm Bình', 'xã Lâm Bình', 'xã Lâm')
    >>> convert("Bèn", Legacy.TCVN3), convert("Bèn", Legacy.TCVN3, is_sure=True)
    ('Bèn', 'Bốn')
    """
    if text.isascii() or _PROPER.search(text) or (not is_sure and _gain(text, legacy) <= 0):
        return text
    return _CONVERT[legacy](text)


def has_lost_letters(text: str) -> bool:
    """Whether a `?` stands inside a word, or a sign for an unreadable letter: the letter was lost when saving.

    >>> has_lost_letters("Nguy?n Th? Mai"), has_lost_letters("Đúng không?")
    (True, False)
    """
    return _LOST.search(text) is not None


def _gain(text: str, legacy: Legacy) -> int:
    """Return how many more words of *text* are Vietnamese syllables after the conversion."""
    return vietnamese_words(_CONVERT[legacy](text)) - vietnamese_words(text)


def vietnamese_words(text: str) -> int:
    """Return how many words with marks are Vietnamese syllables, less those that are none."""
    words = _TOKEN.findall(unicodedata.normalize("NFC", text.lower()))
    return sum(1 if _is_syllable(word) else -1 for word in words if not word.isascii() and len(word) > 1)


def _is_syllable(word: str) -> bool:
    parts = unicodedata.normalize("NFD", word)
    toneless = unicodedata.normalize("NFC", "".join(letter for letter in parts if letter not in _TONES))
    return sum(letter in _TONES for letter in parts) < 2 and _SYLLABLE.fullmatch(toneless) is not None


def _from_tcvn3(text: str) -> str:
    """Convert TCVN3; its fonts of capitals show small letters, so a letter among capitals becomes one."""
    converted = "".join(_TCVN3.get(letter, letter) for letter in text)
    return _WORD.sub(lambda word: word[0].upper() if _is_in_capitals(word[0]) else word[0], converted)


def _is_in_capitals(word: str) -> bool:
    plain = [letter for letter in word if letter.isascii()]
    return len(plain) > 1 and all(letter.isupper() for letter in plain)


def _from_vni(text: str) -> str:
    def pair(match: re.Match[str]) -> str:
        base, mark = match[1], match[2].lower()
        whole = {"ô": "ơ", "ö": "ư", "Ô": "Ơ", "Ö": "Ư"}.get(base, base)
        return unicodedata.normalize("NFC", whole + (_VNI_MARKS.get(mark) or _VNI_SHAPED[mark]))

    out, at = [], 0
    for match in _VNI_PAIR.finditer(text):
        out += [_alone(text[at : match.start()]), pair(match)]
        at = match.end()
    return "".join([*out, _alone(text[at:])])


def _alone(text: str) -> str:
    return "".join(_VNI_ALONE.get(letter, letter) for letter in text)


def _from_twice(text: str) -> str:
    try:
        return b"".join(_byte(letter) for letter in text).decode()
    except UnicodeError:
        return text


def _byte(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


_CONVERT: dict[Legacy, Callable[[str], str]] = {
    Legacy.TCVN3: _from_tcvn3,
    Legacy.VNI: _from_vni,
    Legacy.TWICE: _from_twice,
}
