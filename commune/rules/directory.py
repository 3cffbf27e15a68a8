"""Every unit there ever was, by code and by name, as a sheet of an office writes them."""

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
"""Kinds that a unit may change between and stay itself."""
OWN = frozenset({"village", "agency", "school"})
_STATE_CODES = (2, 3, 5)
"""Digits of a province's, a district's and a commune's code: what lost zeros are filled up to."""


@dataclass(frozen=True, order=True)
class Name:
    """What a unit is called from a day on."""

    since: date
    kind: str
    name: str


@dataclass(eq=False)
class DatedUnit:
    """A unit; `id` is None for one that a plan would add. Changed as a plan goes on."""

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
        """What it is called on that day; before its beginning what it was called first."""
        return max((name for name in self.names if name.since <= on), default=min(self.names))

    @property
    def last(self) -> Name:
        """The last of its names."""
        return max(self.names)

    @property
    def is_own(self) -> bool:
        """Whether an office put it in, rather than the state."""
        return self.last.kind in OWN

    @property
    def context(self) -> str:
        """The keys of what lies above it, nearest first."""
        return context_below(self.parent.last.name, self.parent.context) if self.parent else ""

    @property
    def place(self) -> str:
        """Its last name with those of what lies above it."""
        return self.last.name if self.parent is None else f"{self.last.name}, {self.parent.place}"


class Directory:
    """Units by code, by the key of every name they ever had, and by what lies above them."""

    def __init__(self, units: Iterable[DatedUnit]) -> None:
        self.by_code: dict[str, list[DatedUnit]] = {}
        self.by_key: dict[str, list[DatedUnit]] = {}
        self.below: dict[DatedUnit, list[DatedUnit]] = {}
        for unit in units:
            self.add(unit)

    def add(self, unit: DatedUnit) -> None:
        """Take *unit* in."""
        self.by_code.setdefault(unit.code, []).append(unit)
        for key in {place_key(name.name) for name in unit.names}:
            self.by_key.setdefault(key, []).append(unit)
        if unit.parent is not None:
            self.below.setdefault(unit.parent, []).append(unit)

    def rename(self, unit: DatedUnit, name: Name) -> None:
        """*unit* is called that from that day on, in place of what was said of the day before."""
        unit.names = [*(each for each in unit.names if each.since != name.since), name]
        bearers = self.by_key.setdefault(place_key(name.name), [])
        if unit not in bearers:
            bearers.append(unit)

    def bearing(self, code: str) -> list[DatedUnit]:
        """Units that bear or bore *code*, which may have lost its leading zeros (all of them); none for no code."""
        head, dash, tail = code.partition("-")
        lost = () if code[:1] in ("", "0") else _STATE_CODES
        codes = {code, *(head.zfill(digits) + dash + tail for digits in lost)}
        return [unit for each in sorted(codes) for unit in self.by_code.get(each, ())]

    def named(self, text: str) -> list[DatedUnit]:
        """Units that *text* names, perhaps with what lies above after it; of the kind it says, if there are any."""
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
        """The code of one more own unit below *parent*: its own, a dash, and the next number."""
        numbers = [_number(unit.code, parent.code) for unit in self.below.get(parent, ())]
        return f"{parent.code}-{max(numbers, default=0) + 1:03}"


def is_of(unit: DatedUnit, kind: str | None) -> bool:
    """Whether *unit* was ever of that kind; "city" is a province or a district. None is any."""
    return kind is None or any(name.kind == kind or (kind == "city" and _is_city(name)) for name in unit.names)


def in_force(units: Iterable[DatedUnit], on: date) -> list[DatedUnit]:
    """Those of *units* that exist on that day."""
    return [unit for unit in units if unit.is_in_force(on)]


def keys_of_names(unit: DatedUnit) -> Iterator[str]:
    """The keys of every name it ever had."""
    return (place_key(name.name) for name in unit.names)


def level_of(kind: str) -> frozenset[str]:
    """The kinds that a unit of *kind* may become. Raises ValueError on a kind that is none."""
    for level in LEVELS:
        if kind in level:
            return level
    raise ValueError(kind)


def _is_city(name: Name) -> bool:
    return name.name.startswith("thành phố ")


def _number(code: str, parent: str) -> int:
    head, _, tail = code.rpartition("-")
    return int(tail) if head == parent and tail.isascii() and tail.isdigit() else 0
