"""Villages of several communes as lines of their communes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quiz.contest.rules.headcounts import lie_in_one_commune

FEWEST = 5
"""Fewer people of a village are not shown: in a village each knows the others."""


def grouped_by_commune(
    refs: Sequence[int], communes: Mapping[int, int], homes: Mapping[int, int] | None = None
) -> dict[int, list[int]]:
    """Return the lines of a board: each commune, or unit of its own, with its villages on the board.

    *communes* maps a village to its commune, *homes* an agency or a school to the commune in which it lies. Where all
    units lie in one commune they are compared with each other, and so each is a line of its own. Lines are in the order
    of their first unit.

    >>> grouped_by_commune([1, 2, 3], {1: 9, 2: 9}, {3: 9}), grouped_by_commune([1, 2, 3], {1: 9, 2: 9}, {3: 8})
    ({1: [], 2: [], 3: []}, {9: [1, 2], 3: []})
    """
    if lie_in_one_commune(refs, communes, homes):
        return {ref: [] for ref in refs}
    lines: dict[int, list[int]] = {}
    for ref in refs:
        villages = lines.setdefault(communes.get(ref, ref), [])
        if ref in communes:
            villages.append(ref)
    return lines


def withheld(people: Mapping[int, int]) -> frozenset[int]:
    """Return the villages of a commune whose *people* are not shown: those with fewer than `FEWEST`, and if that is one
    alone the next larger too, since the number of the commune stands above them. A village with no people is shown.

    >>> sorted(withheld({1: 5, 2: 2, 3: 9})), sorted(withheld({1: 5, 2: 2, 3: 0})), sorted(withheld({1: 0, 2: 0}))
    ([1, 2], [2, 3], [])
    """
    if not any(people.values()):
        return frozenset()
    few = [ref for ref, count in people.items() if count < FEWEST]
    others = sorted((ref for ref in people if ref not in few), key=lambda ref: people[ref])
    return frozenset(few + others[:1] if len(few) == 1 else few)
