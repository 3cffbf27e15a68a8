"""Read the name of a unit from the many ways people write it: the name proper, and the kind of unit."""

from __future__ import annotations

import re
import unicodedata

from core.values.names import APOSTROPHES
from core.values.text import fold, search_key

_NOT_LETTERS = re.compile(r"[^\w]+")
_APOSTROPHES = re.compile(f"[{APOSTROPHES}]")
_K = re.compile(r"k(?!h)")
_OFFICE = re.compile(r"(?:(?:ubnd|uy ban nhan dan|ubmttq|uy ban mat tran to quoc|uy ban mttq|mttq|dang uy|hdnd) )*")
_KINDS = {  # as written with diacritics: the kind, and whether it also counts without them
    "xã": ("commune", True), "x": ("commune", True), "phường": ("ward", True), "p": ("ward", True),
    "thị trấn": ("township", True), "tt": ("township", True), "đặc khu": ("special", True),
    "huyện": ("district", True), "quận": ("district", False), "thị xã": ("district", True), "tx": ("district", True),
    "tỉnh": ("province", False), "thành phố": ("city", True), "tp": ("city", True),
}  # fmt: skip
_BY_WORDS = {tuple(word.split()): kind for word, (kind, _) in _KINDS.items()}
_BY_PLAIN_WORDS = {tuple(search_key(word).split()): kind for word, (kind, is_plain) in _KINDS.items() if is_plain}
_BY_BARE_WORDS = {tuple(search_key(word).split()): kind for word, (kind, _) in _KINDS.items()} | {
    ("h",): "district", ("q",): "district", ("t",): "province",
}  # fmt: skip

ABBREVIATIONS = frozenset({"tp", "tx", "tt", "h", "t", "q", "p", "x"})
"""Words about the parent unit that distinguish nothing."""


def plain(name: str) -> str:
    """Return the search key of *name* without punctuation; an apostrophe does not split a word.

    >>> plain("TT. Lăng Can"), plain("Ea H'leo")
    ('tt lang can', 'ea hleo')
    """
    return _letters(search_key(name))


def near_key(key: str) -> str:
    """Return the form in which spellings of a place that are near one another are equal, from its search key.

    i and y, c and k (but not ch and kh) count as one letter, and spaces and apostrophes as nothing.

    >>> near_key("qui nhon") == near_key("quy nhon"), near_key("cu m gar"), near_key("kontum") == near_key("kon tum")
    (True, 'cumgar', True)
    >>> near_key("khanh hoa") == near_key("chanh hoa")
    False
    """
    plain = "".join(letter for letter in unicodedata.normalize("NFD", key) if letter.isalnum())
    return _K.sub("c", plain.replace("y", "i"))


def place_key(name: str) -> str:
    """Return the key by which a unit is matched: without punctuation and without xã, UBND xã, TT., P., tỉnh …

    One such word is left out, not two: "xã Xà Phìn" keeps Xà, "Quan Sơn" keeps Quan. A name that consists of such a
    word keeps it; the empty name gives the empty key.

    >>> place_key("UBND xã Xuân Lập"), place_key("TT. Lăng Can"), place_key("Xã"), place_key("xã Quan Sơn")
    ('xuan lap', 'lang can', 'xa', 'quan son')
    """
    return _parted(name)[1]


def kind_in(name: str) -> str | None:
    """Return the kind of unit that a name states: one of `commune.models.KINDS`, or "city" (a province or a district).

    >>> kind_in("TT. Lăng Can"), kind_in("UBND xã Xuân Lập"), kind_in("Xuân Lập")
    ('township', 'commune', None)
    """
    return _parted(name)[0]


def readings(text: str) -> list[tuple[str | None, str]]:
    """Return every reading of a search: (kind named, the rest of the key), the likeliest first.

    Diacritics are optional, so that "quan 3" finds a quận and "quan son" a Quan Sơn.

    >>> readings("UBND xã Xà Phìn"), readings("quan son")
    ([('commune', 'xa phin'), (None, 'xa xa phin')], [(None, 'quan son'), ('district', 'son')])
    """
    key = _without_office(plain(text))
    words = key.split()
    for count in (2, 1):
        kind = _BY_BARE_WORDS.get(tuple(words[:count]))
        if kind and len(words) > count:
            parted = [(kind, " ".join(words[count:])), (None, key)]
            return parted if _parted(text)[0] else parted[::-1]
    return [(None, key)] if key else []


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub(" ", _APOSTROPHES.sub("", text)).strip()


def _without_office(key: str) -> str:
    office = _OFFICE.match(key)
    return key[office.end() :] if office and office.end() < len(key) else key


def _parted(name: str) -> tuple[str | None, str]:
    """Return the kind stated and the rest of the key, without words for an office."""
    key = _without_office(plain(name))
    words = key.split()
    marked = _letters(fold(name)).split()[-len(words) :] if words else []
    for count in (2, 1):
        kind = _kind_of(marked[:count], words[:count])
        if kind and len(words) > count:
            return kind, " ".join(words[count:])
    return None, key


def _kind_of(marked: list[str], words: list[str]) -> str | None:
    """Return the kind that the first words name, matched with their diacritics if they have any."""
    if marked == words:
        return _BY_PLAIN_WORDS.get(tuple(words))
    return _BY_WORDS.get(tuple(marked))
