"""Villages of several communes as lines of their communes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def grouped_by_commune(refs: Sequence[int], communes: Mapping[int, int]) -> dict[int, list[int]]:
    """Return the lines of a board: each commune, or unit of its own, with its villages on the board.

    *communes* maps a village to its commune. Where all units lie in one commune they are compared with each other, and
    so each is a line of its own. Lines are in the order of their first unit.
    """
    owners = {communes.get(ref, ref) for ref in refs}
    if len(owners) == 1:
        return {ref: [] for ref in refs}
    lines: dict[int, list[int]] = {}
    for ref in refs:
        villages = lines.setdefault(communes.get(ref, ref), [])
        if ref in communes:
            villages.append(ref)
    return lines
