"""Group the many spellings of a unit's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.values.place import kind_in, place_key
from core.values.text import fold

_NOT_LETTERS = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """A unit: its key, its most frequent spelling, and spellings that differ by diacritics or by kind."""

    key: str
    shown: str
    merged: tuple[str, ...]


def group_units(spellings: Mapping[str, int], keys: Mapping[str, str]) -> dict[str, UnitGroup]:
    """Return units by key, from clean spellings with how often each occurs and its key. Empty in, empty out.

    The most frequent spelling is shown (of equals, one with marks, then in code point order). `merged` holds one
    spelling of each other reading: other diacritics, or another kind of unit.
    """
    by_key: dict[str, Counter[str]] = {}
    for spelling, times in spellings.items():
        by_key.setdefault(keys[spelling], Counter())[spelling] += times
    return {key: _group(key, counts) for key, counts in by_key.items()}


def _group(key: str, counts: Counter[str]) -> UnitGroup:
    ordered = sorted(counts, key=lambda spelling: (-counts[spelling], spelling.isascii(), len(spelling), spelling))
    shown = ordered[0]
    return UnitGroup(key, shown, tuple(_other_readings(shown, ordered[1:])))


def _other_readings(shown: str, others: Iterable[str]) -> Iterable[str]:
    names, kinds = {_marked_name(shown)}, {kind_in(shown)} - {None}
    for other in others:
        name, kind = _marked_name(other), kind_in(other)
        if name not in names or (kind is not None and kinds and kind not in kinds):
            yield other
        names.add(name)
        kinds |= {kind} - {None}


def _marked_name(spelling: str) -> str:
    """Return the proper name with its diacritics: as many last words as its key has."""
    words = _NOT_LETTERS.sub(" ", fold(spelling)).split()
    return " ".join(words[-len(place_key(spelling).split()) :])
