"""What a unit is found by and sorted by, out of its name and of what lies above it."""

from __future__ import annotations

from dataclasses import dataclass

from core.values.place import place_key, plain
from core.values.text import search_key, sort_key

NAME_KEPT, ORDER_KEPT, CONTEXT_KEPT = 100, 200, 250
"""Characters that are kept of each key: what the columns hold."""
_DIGITS = 4


@dataclass(frozen=True)
class Keys:
    """The keys of one name: of the whole of it, of the name proper, and for sorting."""

    search_key: str
    name_key: str
    sort_key: str


def keys_of(name: str) -> Keys:
    """The keys of a full name ("xã Xuân Lập").

    >>> keys_of("TT. Lăng Can").name_key
    'lang can'
    """
    return Keys(search_key(name)[:NAME_KEPT], place_key(name)[:NAME_KEPT], _order(name)[:ORDER_KEPT])


def context_below(name: str, context: str) -> str:
    """The context of what lies below a unit of that *name* and *context*: search keys, the nearest first.

    >>> context_below("huyện Lâm Bình", "tinh tuyen quang")
    'huyen lam binh tinh tuyen quang'
    """
    return f"{plain(name)} {context}".strip()[:CONTEXT_KEPT].strip()


def _order(name: str) -> str:
    """Vietnamese order by the name proper, word by word: "xã Xuân Lập" under X, "phường 2" before "phường 10"."""
    words = [word for word in name.split() if word[0].isalnum()]
    first = next((at for at, word in enumerate(words) if not word[0].islower()), 0)
    return " ".join(word.zfill(_DIGITS) if word.isdigit() else sort_key(word) for word in words[first:])
