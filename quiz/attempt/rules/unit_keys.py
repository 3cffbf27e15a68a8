"""The key of each spelling of a unit in a sheet: with or without its province, and the spellings near one another."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations

from core.values.place import near_key, place_key

_PARTS = re.compile(r"\s*[,;(]\s*|\s+[-–—]\s+")
_DIGITS = re.compile(r"\d+")
_COMPARED = 300
"""Units among which slips of a letter are looked for; a sheet with more has another column taken for units."""
_SHORT = 6
"""Letters of a name; in shorter ones a slip gives another name."""


def unit_keys(spellings: Mapping[str, int]) -> dict[str, str]:
    """Return the key of each spelling.

    "xã X, tỉnh Y" and "X - Y" are X, unless the sheet has an X of two provinces: then each keeps its province. Empty
    in, empty out.

    >>> unit_keys({"xã Mẫu, tỉnh Thử": 1, "Mẫu": 2})
    {'xã Mẫu, tỉnh Thử': 'mau', 'Mẫu': 'mau'}
    """
    parted = {spelling: _parted(spelling) for spelling in spellings}
    above: dict[str, set[str]] = defaultdict(set)
    for head, parent in parted.values():
        above[head] |= {parent} - {""}
    return {
        spelling: f"{head} {parent}" if parent and len(above[head]) > 1 else head
        for spelling, (head, parent) in parted.items()
    }


def near_keys(times: Mapping[str, int]) -> dict[str, str]:
    """Return key → the more frequent key that it is near to; *times* is how often each key occurs.

    Near are i and y, c and k, spaces and apostrophes left out, and one slip of a letter in a longer name; digits keep
    names apart.
    """
    ordered = sorted(filter(None, times), key=lambda key: (-times[key], key))
    nearest: dict[str, str] = {}
    for one, other in combinations(ordered[:_COMPARED], 2):
        if one not in nearest and other not in nearest and _are_near(one, other):
            nearest[other] = one
    return nearest


def summed(keys: Mapping[str, str], spellings: Mapping[str, int]) -> dict[str, str]:
    """Return *keys* of spellings with near ones taken together."""
    times = Counter[str]()
    for spelling, key in keys.items():
        times[key] += spellings[spelling]
    nearest = near_keys(times)
    return {spelling: nearest.get(key, key) for spelling, key in keys.items()}


def _parted(spelling: str) -> tuple[str, str]:
    """Return the key of a unit and that of its parent, empty without one."""
    head, *rest = _PARTS.split(spelling.rstrip(") "), maxsplit=1)
    parent = place_key(rest[0]) if rest else ""
    if not parent or not place_key(head) or _DIGITS.search(parent):
        return place_key(spelling), ""
    return place_key(head), parent


def _are_near(one: str, other: str) -> bool:
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return False
    return near_key(one) == near_key(other) or (min(len(one), len(other)) >= _SHORT and _is_a_slip(one, other))


def _is_a_slip(one: str, other: str) -> bool:
    """Whether one letter was left out, added or changed."""
    if abs(len(one) - len(other)) > 1:
        return False
    shorter, longer = sorted((one, other), key=len)
    pairs = enumerate(zip(shorter, longer, strict=False))
    at = next((at for at, (left, right) in pairs if left != right), len(shorter))
    rest = shorter[at:] if len(shorter) < len(longer) else shorter[at + 1 :]
    return rest == longer[at + 1 :]
