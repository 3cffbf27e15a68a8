"""Clusters of entries joined by signs: what a person decides on, instead of single entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quiz.results.rules.reviewed import Sign, SignLink
from quiz.results.rules.signs import Signs


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


def find_clusters(signs: Signs) -> list[FoundCluster]:
    """Return the clusters of a round: strong ones first, larger ones first, each entry in one at most.

    Entries joined by strong links are one cluster, through any chain of them. Weak links join only entries that are in
    no strong cluster, so that excluding a cluster never takes along the family of one of its members. No links give no
    clusters; raises nothing.
    """
    strong = _joined(link.refs for link in signs.links if link.is_strong)
    taken = frozenset[str]().union(*strong)
    weak = _joined(_free(signs.links, taken))
    found = [_cluster(refs, signs, is_strong=True) for refs in strong]
    found += [_cluster(refs, signs, is_strong=False) for refs in weak]
    return sorted(found, key=lambda each: (not each.is_strong, -len(each.refs), each.refs))


def _free(links: Sequence[SignLink], taken: frozenset[str]) -> Iterator[frozenset[str]]:
    """Yield the weak links without entries of strong clusters."""
    for link in links:
        left = link.refs - taken
        if not link.is_strong and left and (len(left) > 1 or len(link.refs) == 1):
            yield left


def _joined(groups: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Return the unions of groups that share a member, directly or through others; the largest takes the others in."""
    home: dict[str, set[str]] = {}
    for group in groups:
        parts = list({id(home[ref]): home[ref] for ref in group if ref in home}.values())
        whole = max(parts, key=len, default=set[str]())
        for part in (*(each for each in parts if each is not whole), group):
            home.update(dict.fromkeys(part, whole))
            whole |= part
    return [frozenset(each) for each in {id(each): each for each in home.values()}.values()]


def _cluster(refs: frozenset[str], signs: Signs, *, is_strong: bool) -> FoundCluster:
    counts = (SignCount(sign, len(refs & marked), len(marked)) for sign, marked in signs.flags.items())
    return FoundCluster(tuple(sorted(refs)), tuple(count for count in counts if count.here), is_strong)
