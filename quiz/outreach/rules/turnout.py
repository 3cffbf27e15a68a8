"""The turnout of a unit in a round: how many have taken part, how many are left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.values.text import search_key


@dataclass(frozen=True)
class Turnout:
    """The people of a unit: those on the roster and those who registered, and how many of each have an entry.

    The two overlap: somebody on the roster who registered is counted in both. `unit_id` is None for lines of a roster
    that name no unit.
    """

    unit_id: int | None
    name: str
    listed: int = 0
    listed_entered: int = 0
    registered: int = 0
    registered_entered: int = 0

    @property
    def listed_left(self) -> int:
        """The people on the roster who have not taken part."""
        return self.listed - self.listed_entered

    @property
    def registered_left(self) -> int:
        """The people who registered and have not taken part."""
        return self.registered - self.registered_entered

    @property
    def left(self) -> tuple[int, int]:
        """The people left, by which units are ordered: those of the roster first."""
        return self.listed_left, self.registered_left


def total(lines: Iterable[Turnout]) -> Turnout:
    """Return the sum over units; zeros for none.

    >>> total([Turnout(1, "Nà Tông", 5, 2), Turnout(2, "Bản Chợ", 4, 4, 3, 1)]).left
    (3, 2)
    """
    sums = [0, 0, 0, 0]
    for each in lines:
        counts = (each.listed, each.listed_entered, each.registered, each.registered_entered)
        sums = [old + new for old, new in zip(sums, counts, strict=True)]
    return Turnout(None, "", *sums)


def matching(lines: Iterable[Turnout], find: str = "", *, is_left: bool = False) -> list[Turnout]:
    """Return the units whose name has all words of *find*, without marks; with *is_left* only those with people left.

    >>> [each.name for each in matching([Turnout(1, "thôn Nà Tông"), Turnout(2, "Bản Chợ", 1)], "na tong")]
    ['thôn Nà Tông']
    """
    words = search_key(find).split()
    found = [each for each in lines if all(word in search_key(each.name) for word in words)]
    return [each for each in found if any(each.left)] if is_left else found


def most_left(lines: Sequence[Turnout]) -> Turnout | None:
    """Return the unit with most people left; None where no person is left, or where there is one unit alone."""
    if len(lines) < 2:
        return None
    most = max(lines, key=lambda each: each.left)
    return most if any(most.left) else None
