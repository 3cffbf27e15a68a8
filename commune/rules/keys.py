"""Search and sort keys of a unit, from its name and those of its parents."""

from __future__ import annotations

from dataclasses import dataclass

from core.values.place import near_key, place_key, plain
from core.values.text import search_key, sort_key

NAME_KEPT, ORDER_KEPT, CONTEXT_KEPT = 100, 200, 250
"""The most characters of each key: the lengths of the columns."""
_DIGITS = 4


@dataclass(frozen=True)
class Keys:
    """The keys of one name: of the full name, of the name proper, for sorting, and for near spellings."""

    search_key: str
    name_key: str
    sort_key: str
    near_key: str


def keys_of(name: str) -> Keys:
    """Return the keys of a full name ("xã Xuân Lập").

    >>> keys_of("TT. Lăng Can").name_key
    'lang can'
    """
    key = place_key(name)[:NAME_KEPT]
    return Keys(search_key(name)[:NAME_KEPT], key, _order(name)[:ORDER_KEPT], near_key(key))


def context_below(name: str, context: str) -> str:
    """Return the context of units below one with *name* and *context*: search keys, nearest first.

    >>> context_below("huyện Lâm Bình", "tinh tuyen quang")
    'huyen lam binh tinh tuyen quang'
    """
    return f"{plain(name)} {context}".strip()[:CONTEXT_KEPT].strip()


def _order(name: str) -> str:
    """Return the Vietnamese sort order by the name proper, word by word: "xã Xuân Lập" under X, "phường 2" before
    "phường 10".
    """
    words = [word for word in name.split() if word[0].isalnum()]
    first = next((at for at, word in enumerate(words) if not word[0].islower()), 0)
    return " ".join(word.zfill(_DIGITS) if word.isdigit() else sort_key(word) for word in words[first:])
