"""What a unit is called, out of the many ways people write it: the name proper, and the kind of unit they say it is."""

from __future__ import annotations

import re

from core.values.text import fold, search_key

_NOT_LETTERS = re.compile(r"[^\w]+")
_OFFICE = re.compile(r"(?:(?:ubnd|uy ban nhan dan|ubmttq|uy ban mat tran to quoc|uy ban mttq|mttq|dang uy|hdnd) )*")
_KINDS = {  # as written with marks: the kind, and whether it is also meant when written without
    "xã": ("commune", True), "x": ("commune", True), "phường": ("ward", True), "p": ("ward", True),
    "thị trấn": ("township", True), "tt": ("township", True), "đặc khu": ("special", True),
    "huyện": ("district", True), "quận": ("district", False), "thị xã": ("district", True), "tx": ("district", True),
    "tỉnh": ("province", False), "thành phố": ("city", True), "tp": ("city", True),
}  # fmt: skip
_BY_WORDS = {tuple(word.split()): kind for word, (kind, _) in _KINDS.items()}
_BY_PLAIN_WORDS = {tuple(search_key(word).split()): kind for word, (kind, is_plain) in _KINDS.items() if is_plain}


def plain(name: str) -> str:
    """The search key of *name* without punctuation.

    >>> plain("TT. Lăng Can")
    'tt lang can'
    """
    return _NOT_LETTERS.sub(" ", search_key(name)).strip()


def place_key(name: str) -> str:
    """What a unit is matched by: its search key without punctuation and without xã, UBND xã, TT., P., tỉnh …

    One such word is left out, not two: "xã Xà Phìn" keeps its Xà, "Quan Sơn" its Quan. A name that is nothing but
    such a word keeps it; the empty name gives the empty key.

    >>> place_key("UBND xã Xuân Lập"), place_key("TT. Lăng Can"), place_key("Xã"), place_key("xã Quan Sơn")
    ('xuan lap', 'lang can', 'xa', 'quan son')
    """
    return _parted(name)[1]


def kind_said(name: str) -> str | None:
    """The kind of unit that a name says it is: one of `commune.models.KINDS`, or "city" (a province or a district).

    >>> kind_said("TT. Lăng Can"), kind_said("UBND xã Xuân Lập"), kind_said("Xuân Lập")
    ('township', 'commune', None)
    """
    return _parted(name)[0]


def _parted(name: str) -> tuple[str | None, str]:
    """The kind said and the rest of the key, office words gone."""
    key = plain(name)
    office = _OFFICE.match(key)
    key = key[office.end() :] if office and office.end() < len(key) else key
    words = key.split()
    marked = _NOT_LETTERS.sub(" ", fold(name)).split()[-len(words) :] if words else []
    for count in (2, 1):
        kind = _kind_of(marked[:count], words[:count])
        if kind and len(words) > count:
            return kind, " ".join(words[count:])
    return None, key


def _kind_of(marked: list[str], words: list[str]) -> str | None:
    """The kind that the first words name: with their marks if they have any."""
    if marked == words:
        return _BY_PLAIN_WORDS.get(tuple(words))
    return _BY_WORDS.get(tuple(marked))
