"""Clusters of entries joined by signs: what a person decides on, instead of single entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from core.values.columns import Flags, Ints
from quiz.results.rules.reviewed import Sign
from quiz.results.rules.sign_links import Groups, Signs


@dataclass(frozen=True, slots=True)
class SignCount:
    """How many entries of a cluster bear a sign, and how many of the whole round: its base rate."""

    sign: Sign
    here: int
    everywhere: int


@dataclass(frozen=True, slots=True)
class FoundCluster:
    """Entries to be decided on together; a weak cluster is common in families and needs no decision."""

    refs: tuple[str, ...]
    signs: tuple[SignCount, ...]
    is_strong: bool


class FoundClusters(Sequence[FoundCluster]):
    """The clusters of a round as columns, and a `FoundCluster` only for those that are read.

    `groups` are the places of their entries in the order of refs; `here` has a row for each of the signs and a column
    for each cluster.
    """

    def __init__(self, signs: Signs, groups: Groups, is_strong: Flags) -> None:
        self.refs, self.groups, self.is_strong = signs.refs, groups, is_strong
        self.signs = list(signs.flags)
        self.everywhere = [int(flags.sum()) for flags in signs.flags.values()]
        self.here = np.array([groups.count(flags) for flags in signs.flags.values()])

    def __len__(self) -> int:
        return len(self.groups)

    @overload
    def __getitem__(self, which: int) -> FoundCluster: ...

    @overload
    def __getitem__(self, which: slice) -> list[FoundCluster]: ...

    def __getitem__(self, which: int | slice) -> FoundCluster | list[FoundCluster]:
        if isinstance(which, slice):
            return [self[at] for at in range(*which.indices(len(self)))]
        start, size = int(self.groups.starts[which]), int(self.groups.sizes[which])
        refs = map(self.refs.__getitem__, self.groups.places[start : start + size].tolist())
        return FoundCluster(tuple(refs), self.counts(self.here[:, which]), bool(self.is_strong[which]))

    def counts(self, here: Ints) -> tuple[SignCount, ...]:
        """Return the signs of a cluster from its column of `here`, without those that no entry of it bears."""
        counts = zip(self.signs, here.tolist(), self.everywhere, strict=True)
        return tuple(SignCount(*count) for count in counts if count[1])


def find_clusters(signs: Signs) -> FoundClusters:
    """Return the clusters of a round: strong ones first, larger ones first, each entry in one at most.

    Entries joined by strong links are one cluster, through any chain of them. Weak links join only entries that are in
    no strong cluster, so that excluding a cluster never takes along the family of one of its members. No links give no
    clusters; raises nothing.
    """
    taken = np.zeros(len(signs.refs), np.bool_)
    strong = _joined([each.groups for each in signs.links if each.is_strong], len(taken))
    taken[strong.places] = True
    weak = _joined(list(_free(signs, ~taken)), len(taken))
    places = np.concatenate([strong.places, weak.places])
    groups = Groups(places, np.concatenate([strong.starts, len(strong.places) + weak.starts]))
    is_strong = np.arange(len(groups)) < len(strong)
    order = np.lexsort((groups.places[groups.starts], -groups.sizes, ~is_strong))
    return FoundClusters(signs, _in_order(groups, order), is_strong[order])


def _in_order(groups: Groups, order: Ints) -> Groups:
    sizes = groups.sizes[order]
    starts = np.cumsum(sizes) - sizes
    moved = np.arange(len(groups.places)) - np.repeat(starts, sizes) + np.repeat(groups.starts[order], sizes)
    return Groups(groups.places[moved], starts)


def _free(signs: Signs, is_free: Flags) -> Iterator[Groups]:
    """Yield the weak links without entries of strong clusters; one that shrank to a single entry joins nothing."""
    for each in signs.links:
        if not each.is_strong:
            left = each.groups.count(is_free)
            stays = (left > 1) | (each.groups.sizes == 1)
            yield each.groups.chosen(stays & (left > 0)).having(is_free)


def _joined(links: Sequence[Groups], entries: int) -> Groups:
    """Return the unions of groups that share a member, directly or through others, in the order of their places.

    Each entry takes the smallest number that it is joined with, again and again, until none changes.
    """
    label, is_in = np.arange(entries), np.zeros(entries, np.bool_)
    for each in links:
        is_in[each.places] = True
    one = np.concatenate([label[:0], *(each.places[each.starts][each.numbers] for each in links)])
    other = np.concatenate([label[:0], *(each.places for each in links)])
    while len(one):
        differ = label[one] != label[other]
        one, other = one[differ], other[differ]
        first, second = label[one], label[other]
        np.minimum.at(label, np.maximum(first, second), np.minimum(first, second))
        while (label[label] != label).any():
            label = label[label]
    return Groups.equal(np.flatnonzero(is_in), label[is_in], fewest=1)
