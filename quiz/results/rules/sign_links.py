"""Groups of entries that a sign joins, as columns: a large round has hundreds of thousands of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.values.columns import Flags, Ints
from quiz.results.rules.reviewed import Sign


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups of places, one behind the other; none of them is empty. `starts` is where each begins.

    >>> Groups.of([[7, 8], [3]]).sizes.tolist()
    [2, 1]
    """

    places: Ints
    starts: Ints

    @classmethod
    def of(cls, groups: Iterable[Ints | Sequence[int]]) -> Groups:
        """Return *groups* as columns, without the empty ones."""
        mine = [np.asarray(each, np.int64) for each in groups if len(each)]
        sizes = np.array([len(each) for each in mine], np.int64)
        return cls(np.concatenate([np.zeros(0, np.int64), *mine]), np.cumsum(sizes) - sizes)

    @classmethod
    def alone(cls, places: Ints) -> Groups:
        """Return each of *places* as a group of its own."""
        return cls(places, np.arange(len(places)))

    @classmethod
    def equal(cls, places: Ints, codes: Ints, fewest: int = 2) -> Groups:
        """Return *places* in groups of equal *codes*, in their order, those of *fewest* or more."""
        order = np.argsort(codes, kind="stable")
        starts = np.flatnonzero(np.diff(codes[order], prepend=codes[order[:1]] - 1))
        return cls(places[order], starts).at_least(fewest)

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def sizes(self) -> Ints:
        """The number of places of each group."""
        return np.diff(self.starts, append=len(self.places))

    @property
    def numbers(self) -> Ints:
        """The number of the group of each place."""
        return np.repeat(np.arange(len(self)), self.sizes)

    def count(self, flags: Flags) -> Ints:
        """Return how many places of each group have a property."""
        return np.add.reduceat(flags[self.places].astype(np.int64), self.starts) if len(self) else self.starts

    def at_least(self, fewest: int) -> Groups:
        """Return the groups of *fewest* places or more."""
        sizes = self.sizes
        return self.chosen(sizes >= fewest) if (sizes < fewest).any() else self

    def chosen(self, which: Flags) -> Groups:
        """Return the groups that are *which*."""
        sizes = self.sizes
        kept = sizes[which]
        return Groups(self.places[np.repeat(which, sizes)], np.cumsum(kept) - kept)

    def having(self, flags: Flags) -> Groups:
        """Return the groups with those of their places alone that have a property, without the empty ones."""
        left = self.count(flags)
        kept = left[left > 0]
        return Groups(self.places[flags[self.places]], np.cumsum(kept) - kept)


@dataclass(frozen=True, slots=True)
class SignLinks:
    """Groups of entries that one sign joins; strong ones need a decision, weak ones are common in families."""

    sign: Sign
    groups: Groups
    is_strong: bool


@dataclass(frozen=True, slots=True)
class Signs:
    """The entries that bear each sign, by their places among the *refs*, and the links between them."""

    refs: Sequence[str]
    flags: Mapping[Sign, Flags]
    links: Sequence[SignLinks]


def borne_by(links: Iterable[SignLinks], entries: int) -> dict[Sign, Flags]:
    """Return which of so many *entries* bear each sign by a link."""
    found = {sign: np.zeros(entries, np.bool_) for sign in Sign}
    for each in links:
        found[each.sign][each.groups.places] = True
    return found
