"""The unit of a contest that a sheet means: certain, or a question for a person. A guess never counts as certain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from commune.rules.near_names import slips_between
from core.values.place import kind_in, place_key
from core.values.text import fold

OFFERED = 6
"""Units that are offered for one doubtful spelling."""
NO_UNIT = 0
"""The decision that a spelling names no unit that may enter, in place of a unit's id."""
LONGEST = 120
"""The number of characters by which spellings are distinguished and remembered."""
_PARTS = re.compile(r"\s*(?:[,;/(\[]|\s[-–—]\s)\s*")
_PERSONAL = re.compile(r"\d{6}")
_CITY = frozenset({"province", "district"})
_SHORT = 8  # letters of a name; in shorter ones two slips give another name


@dataclass(frozen=True)
class Former:
    """A former unit that became another one, or parts of several."""

    names: tuple[str, ...]
    is_split: bool = False


@dataclass(frozen=True)
class NamedUnit:
    """A unit that may enter: its (kind, name) now and before, the keys of its parents, and its former units."""

    id: int
    names: tuple[tuple[str, str], ...]
    above: frozenset[str] = frozenset()
    former: tuple[Former, ...] = ()


@dataclass(frozen=True)
class Match:
    """The unit that is meant for certain; or None and the possible units, likeliest first, with the former units by
    which
    some of them have this name.
    """

    unit: int | None
    candidates: tuple[int, ...] = ()
    former: Mapping[int, Former] = field(default_factory=dict)


def spelling_key(spelled: str) -> str:
    """Return the key by which a spelling is decided and remembered: folded, with marks.

    >>> spelling_key("  XÃ Xuân  Lập ")
    'xã xuân lập'
    """
    return fold(spelled)[:LONGEST]


def may_be_kept(key: str) -> bool:
    """Whether a spelling may be stored unencrypted: not if it may be a person's number in the wrong column.

    >>> may_be_kept("tổ 5"), may_be_kept("0912345678")
    (True, False)
    """
    return not _PERSONAL.search(key)


@dataclass
class Matcher:
    """Finds units among the *known* ones.

    A name is certain if exactly one unit has it, or if one unit has its words (without prefix and marks) and the given
    kind does not contradict. "Xuân Lập, huyện Lâm Bình" is certain if the unit lies there. Anything else is a doubt.
    """

    known: Sequence[NamedUnit]
    _by_name: dict[str, set[int]] = field(default_factory=dict)
    _by_key: dict[str, dict[int, set[str]]] = field(default_factory=dict)
    _above: dict[int, frozenset[str]] = field(default_factory=dict)
    _former: dict[str, dict[int, Former]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for unit in self.known:
            self._above[unit.id] = unit.above
            for former in unit.former:
                for name in former.names:
                    self._former.setdefault(place_key(name), {})[unit.id] = former
            for kind, name in unit.names:
                self._by_name.setdefault(fold(name), set()).add(unit.id)
                kinds = self._by_key.setdefault(place_key(name), {}).setdefault(unit.id, set())
                kinds |= {kind, kind_in(name) or kind}

    def match(self, spelled: str, *, is_helped: bool = True) -> Match:
        """Return the unit that *spelled* means; without *is_helped* no similar names are searched, which is slow."""
        exact = self._by_name.get(fold(spelled), set())
        if len(exact) == 1:
            return Match(next(iter(exact)))
        whole = self._by_words(spelled)
        if whole.unit is not None or whole.candidates:
            return whole
        first, *rest = [part for part in _PARTS.split(spelled.rstrip(")]")) if part] or [spelled]
        former = self._former.get(place_key(first), {})
        if rest:
            found = self._within(first, rest)
            return found if found.unit is not None else _or_former(found.candidates, former)
        return _or_former(self._similar(place_key(spelled)) if is_helped else (), former)

    def _by_words(self, spelled: str) -> Match:
        bearers = self._by_key.get(place_key(spelled), {})
        said = kind_in(spelled)
        agreeing = [id for id, kinds in bearers.items() if _agrees(said, kinds)]
        if len(agreeing) == 1 and (said or len(bearers) == 1):
            return Match(agreeing[0])
        return Match(None, tuple(sorted(bearers, key=lambda bearer: (bearer not in agreeing, bearer)))[:OFFERED])

    def _within(self, first: str, rest: Iterable[str]) -> Match:
        found = self._by_words(first)
        places = {place_key(part) for part in rest}
        if found.unit is not None:
            is_there = places <= self._above[found.unit]
            return found if is_there else Match(None, (found.unit,))
        there = [id for id in found.candidates if places <= self._above[id]]
        return Match(there[0]) if len(there) == 1 else Match(None, found.candidates)

    def _similar(self, key: str) -> list[int]:
        """Return the units whose name is at most two slips away (one for a short name), nearest first."""
        most = 1 if len(key) < _SHORT else 2
        slips = {name: slips_between(key, name, most) for name in self._by_key}
        near = [(slips[name], id) for name, ids in self._by_key.items() for id in ids if slips[name] <= most]
        return list(dict.fromkeys(id for _, id in sorted(near)))[:OFFERED]


def _or_former(candidates: Sequence[int], former: Mapping[int, Former]) -> Match:
    """Return a doubt; units with a former unit of that name are listed before similar names."""
    return Match(None, tuple(dict.fromkeys((*former, *candidates)))[:OFFERED], former)


def _agrees(said: str | None, kinds: set[str]) -> bool:
    return said is None or said in kinds or (said == "city" and bool(_CITY & kinds))
