"""Headcounts of a contest: which one holds in a round, and whether rates may be made with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

FEWEST_INHABITANTS = 2_000
"""Below that a rate would be moved by a single family: the headcount is not used."""
FEWEST_OF_OWN = 100
"""The same for villages, agencies and schools of one commune among themselves: a family of five moves the rate of
100 people by five points, and a hamlet of 12 people is never first by chance.
"""
LEAST_RATED = 2
"""With fewer units that have a usable headcount there is nothing to compare, and no prize by it is decided."""
OLDEST_YEARS = 5
"""A headcount older than this on the last counted day is not used."""


@dataclass(frozen=True, slots=True)
class UnitHeadcount:
    """The people of a unit on a day, and the source."""

    people: int
    as_of: date
    source: str


@dataclass(frozen=True, slots=True)
class HeadcountChange:
    """A headcount that an amendment gives to a unit; `before` is None where the contest had none."""

    unit_id: int
    name: str
    before: UnitHeadcount | None
    after: UnitHeadcount

    @property
    def is_correction(self) -> bool:
        """Whether it mends a wrong figure of the same day rather than bringing a newer one."""
        return self.before is not None and self.before.as_of == self.after.as_of

    def to_dict(self) -> dict[str, Any]:
        """Return the change as JSON values, which `from_dict` reads."""
        return {
            "unit": self.unit_id,
            "name": self.name,
            "before": _stored(self.before) if self.before else None,
            "after": _stored(self.after),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> HeadcountChange:
        """Return the change in stored JSON.

        >>> change = HeadcountChange(7, "thôn Nà Tông", None, UnitHeadcount(412, date(2026, 10, 1), "Công an xã"))
        >>> HeadcountChange.from_dict(change.to_dict()) == change
        True
        """
        before = _read(data["before"]) if data["before"] else None
        return cls(int(data["unit"]), str(data["name"]), before, _read(data["after"]))


def usable_headcount(people: int, as_of: date, on: date, *, fewest: int = FEWEST_INHABITANTS) -> bool:
    """Return whether rates may be made with a headcount of the day *as_of*, for figures up to the day *on*.

    >>> usable_headcount(9_700, date(2026, 1, 1), date(2026, 11, 26))
    True
    """
    return people >= fewest and (on - as_of).days <= OLDEST_YEARS * 366


def fewest_for(*, is_own: bool) -> int:
    """Return the fewest people with which a unit has a rate; less where it *is_own*: a village, an agency or a school
    of a contest whose units lie all in one commune and compete with each other.

    >>> fewest_for(is_own=True), fewest_for(is_own=False)
    (100, 2000)
    """
    return FEWEST_OF_OWN if is_own else FEWEST_INHABITANTS


def lie_in_one_commune(
    refs: Sequence[int], communes: Mapping[int, int], homes: Mapping[int, int] | None = None
) -> bool:
    """Return whether all units are of one commune, so that they are compared with each other.

    >>> lie_in_one_commune([1, 2], {1: 9, 2: 9}), lie_in_one_commune([1, 2], {1: 9}), lie_in_one_commune([], {})
    (True, False, False)
    """
    within = {**(homes or {}), **communes}
    return len({within.get(ref, ref) for ref in refs}) == 1


def newest(found: Iterable[tuple[int, int, UnitHeadcount]], number: int) -> dict[int, UnitHeadcount]:
    """Return by unit the headcount that holds in the round *number*, from pairs of unit and first round with theirs.

    >>> a, b = (UnitHeadcount(people, date(2026, 1, 1), "") for people in (400, 500))
    >>> newest([(1, 3, b), (1, 1, a)], 2)[1].people, newest([(1, 3, b), (1, 1, a)], 3)[1].people
    (400, 500)
    """
    ordered = sorted(found, key=lambda each: each[1])
    return {unit_id: count for unit_id, since, count in ordered if since <= number}


def _stored(count: UnitHeadcount) -> dict[str, Any]:
    return {"people": count.people, "as_of": count.as_of.isoformat(), "source": count.source}


def _read(data: Mapping[str, Any]) -> UnitHeadcount:
    return UnitHeadcount(int(data["people"]), date.fromisoformat(data["as_of"]), str(data["source"]))
