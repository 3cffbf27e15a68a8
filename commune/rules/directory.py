"""Every unit, present and past, by code and by name, to match an office's sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from commune.rules.keys import context_below
from core.values.place import ABBREVIATIONS, place_key, readings

LEVELS = (
    frozenset({"province"}),
    frozenset({"district"}),
    frozenset({"commune", "ward", "township", "special"}),
    frozenset({"village"}),
    frozenset({"agency"}),
    frozenset({"school"}),
)
"""Kinds between which a unit may change and stay the same unit."""
OWN = frozenset({"village", "agency", "school"})
_STATE_CODES = (2, 3, 5)
"""Digits of the codes of a province, a district and a commune, for restoring lost zeros."""


@dataclass(frozen=True, order=True)
class Name:
    """A name and kind of a unit from a day on."""

    since: date
    kind: str
    name: str


@dataclass(eq=False)
class DatedUnit:
    """A unit of the directory; `id` is None for one that a plan adds. Planning changes it."""

    id: int | None
    code: str
    since: date
    until: date | None
    parent: DatedUnit | None
    names: list[Name]
    counts: dict[date, tuple[int, str]] = field(default_factory=dict)

    def is_in_force(self, on: date) -> bool:
        """Whether it exists on that day."""
        return self.since <= on and (self.until is None or on < self.until)

    def called(self, on: date) -> Name:
        """Return the name on that day; before its first day the first one."""
        return max((name for name in self.names if name.since <= on), default=min(self.names))

    @property
    def last(self) -> Name:
        """The latest of its names."""
        return max(self.names)

    @property
    def is_own(self) -> bool:
        """Whether an office added it, not the state."""
        return self.last.kind in OWN

    @property
    def context(self) -> str:
        """The search keys of its parents, nearest first."""
        return context_below(self.parent.last.name, self.parent.context) if self.parent else ""

    @property
    def place(self) -> str:
        """Its latest name with those of its parents."""
        return self.last.name if self.parent is None else f"{self.last.name}, {self.parent.place}"


class Directory:
    """Units by code, by the key of every name they ever had, and by their parents."""

    def __init__(self, units: Iterable[DatedUnit]) -> None:
        self.by_code: dict[str, list[DatedUnit]] = {}
        self.by_key: dict[str, list[DatedUnit]] = {}
        self.below: dict[DatedUnit, list[DatedUnit]] = {}
        for unit in units:
            self.add(unit)

    def add(self, unit: DatedUnit) -> None:
        """Add *unit*."""
        self.by_code.setdefault(unit.code, []).append(unit)
        for key in {place_key(name.name) for name in unit.names}:
            self.by_key.setdefault(key, []).append(unit)
        if unit.parent is not None:
            self.below.setdefault(unit.parent, []).append(unit)

    def rename(self, unit: DatedUnit, name: Name) -> None:
        """Give *unit* a name from its day on, replacing one of the same day."""
        unit.names = [*(each for each in unit.names if each.since != name.since), name]
        bearers = self.by_key.setdefault(place_key(name.name), [])
        if unit not in bearers:
            bearers.append(unit)

    def bearing(self, code: str) -> list[DatedUnit]:
        """Return the units that have or had *code*, which may have lost its leading zeros; none for an empty code."""
        head, dash, tail = code.partition("-")
        lost = () if code[:1] in ("", "0") else _STATE_CODES
        codes = {code, *(head.zfill(digits) + dash + tail for digits in lost)}
        return [unit for each in sorted(codes) for unit in self.by_code.get(each, ())]

    def named(self, text: str) -> list[DatedUnit]:
        """Return the units that *text* names, with or without parents after it; of the kind it names, if there are
        any.
        """
        for kind, key in readings(text):
            words = key.split()
            for count in range(len(words), 0, -1):
                rest = set(words[count:])
                found = [
                    unit
                    for unit in self.by_key.get(" ".join(words[:count]), ())
                    if rest <= {*unit.context.split(), *ABBREVIATIONS}
                ]
                if found:
                    return [unit for unit in found if is_of(unit, kind)] or found
        return []

    def next_code(self, parent: DatedUnit) -> str:
        """Return the code of a new own unit below *parent*: its own, a dash, and the next number."""
        numbers = [_number(unit.code, parent.code) for unit in self.below.get(parent, ())]
        return f"{parent.code}-{max(numbers, default=0) + 1:03}"


def is_of(unit: DatedUnit, kind: str | None) -> bool:
    """Whether *unit* was ever of that kind; "city" is a province or a district, and None is any kind."""
    return kind is None or any(name.kind == kind or (kind == "city" and is_city_name(name.name)) for name in unit.names)


def in_force(units: Iterable[DatedUnit], on: date) -> list[DatedUnit]:
    """Return those of *units* that exist on that day."""
    return [unit for unit in units if unit.is_in_force(on)]


def keys_of_names(unit: DatedUnit) -> Iterator[str]:
    """Return the keys of every name it ever had."""
    return (place_key(name.name) for name in unit.names)


def level_of(kind: str) -> frozenset[str]:
    """Return the kinds that a unit of *kind* may become. Raises ValueError for an unknown kind."""
    for level in LEVELS:
        if kind in level:
            return level
    raise ValueError(kind)


def is_city_name(name: str) -> bool:
    """Whether *name* is that of a city: a province, or a former district."""
    return name.startswith("thành phố ")


def _number(code: str, parent: str) -> int:
    head, _, tail = code.rpartition("-")
    return int(tail) if head == parent and tail.isascii() and tail.isdigit() else 0
