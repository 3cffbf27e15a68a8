"""Signs and clusters as sets of refs, joined one link at a time, as they were written before they were made fast."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from quiz.results.rules import sign_links
from quiz.results.rules.clusters import FoundCluster, SignCount
from quiz.results.rules.reviewed import Sign
from quiz.results.rules.sign_links import Groups, SignLinks


@dataclass(frozen=True, slots=True)
class SignLink:
    """Entries that one sign joins."""

    sign: Sign
    refs: frozenset[str]
    is_strong: bool


@dataclass(frozen=True)
class PlainSigns:
    """The entries that bear each sign, and the links between them."""

    flags: Mapping[Sign, frozenset[str]]
    links: Sequence[SignLink]

    @classmethod
    def of(cls, signs: sign_links.Signs) -> PlainSigns:
        """Return the columns *signs* as sets."""
        flags = {sign: named(signs.refs, np.flatnonzero(flags)) for sign, flags in signs.flags.items()}
        links = [
            SignLink(each.sign, named(signs.refs, places), each.is_strong)
            for each in signs.links
            for places in np.split(each.groups.places, each.groups.starts[1:])
            if len(places)
        ]
        return cls(flags, links)

    def columns(self) -> sign_links.Signs:
        """Return the signs as the rules take them."""
        refs = sorted({ref for each in self.links for ref in each.refs}.union(*self.flags.values()))
        places = {ref: at for at, ref in enumerate(refs)}
        flags = {sign: np.isin(refs, list(marked)) for sign, marked in self.flags.items()}
        links = [
            SignLinks(each.sign, Groups.of([sorted(places[ref] for ref in each.refs)]), each.is_strong)
            for each in self.links
        ]
        return sign_links.Signs(refs, flags, links)


def named(refs: Sequence[str], places: Iterable[int]) -> frozenset[str]:
    """Return the *refs* at *places*."""
    return frozenset(refs[int(at)] for at in places)


def find_clusters(signs: PlainSigns) -> list[FoundCluster]:
    """Return the clusters of a round as the rules do."""
    strong = _joined(link.refs for link in signs.links if link.is_strong)
    taken = frozenset[str]().union(*strong)
    weak = _joined(_free(signs.links, taken))
    found = [_cluster(refs, signs, is_strong=True) for refs in strong]
    found += [_cluster(refs, signs, is_strong=False) for refs in weak]
    return sorted(found, key=lambda each: (not each.is_strong, -len(each.refs), each.refs))


def _free(links: Sequence[SignLink], taken: frozenset[str]) -> Iterator[frozenset[str]]:
    for link in links:
        left = link.refs - taken
        if not link.is_strong and left and (len(left) > 1 or len(link.refs) == 1):
            yield left


def _joined(groups: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    home: dict[str, frozenset[str]] = {}
    for group in groups:
        whole = group.union(*(home[ref] for ref in group if ref in home))
        home.update(dict.fromkeys(whole, whole))
    return list(set(home.values()))


def _cluster(refs: frozenset[str], signs: PlainSigns, *, is_strong: bool) -> FoundCluster:
    counts = (SignCount(sign, len(refs & marked), len(marked)) for sign, marked in signs.flags.items())
    return FoundCluster(tuple(sorted(refs)), tuple(count for count in counts if count.here), is_strong)
