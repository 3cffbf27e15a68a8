"""A past contest's units as the communes of today: old ones are summed into their only successor, split ones stay."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class BoardLine:
    """A line of the board: its unit, the old units summed in it, and whether it was split."""

    unit_id: int
    members: tuple[int, ...]
    is_split: bool


def lines_of_today(unit_ids: Sequence[int], successors: Mapping[int, Collection[int]]) -> list[BoardLine]:
    """Return the lines of *unit_ids* today, in the order of their first unit.

    A unit whose people all went to one successor is summed into it, and so on as long as there is just one. Where there
    are several, on the way or at once, its figures are never apportioned, since no source says who went where: it stays
    a line of its own. A unit without successors is its own line. No units, no lines.
    """
    members: dict[tuple[int, bool], list[int]] = {}
    for unit_id in unit_ids:
        heir = _only_heir(unit_id, successors)
        key = (unit_id, True) if heir is None else (heir, False)
        members.setdefault(key, []).append(unit_id)
    return [BoardLine(unit_id, tuple(found), is_split) for (unit_id, is_split), found in members.items()]


def _only_heir(unit_id: int, successors: Mapping[int, Collection[int]]) -> int | None:
    """Return the last of a chain of only successors; None when there are several anywhere in it."""
    seen = {unit_id}
    while found := successors.get(unit_id):
        if len(found) > 1:
            return None
        [unit_id] = found
        if unit_id in seen:
            return unit_id
        seen.add(unit_id)
    return unit_id
