"""Public draws among those who are equal in every criterion."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

Drawn = TypeVar("Drawn")
MOST_RESERVES = 3
"""The largest number of reserves that are drawn, or named, beside the prizes."""


@dataclass(frozen=True, slots=True)
class DrawOrder:
    """A public draw as it was recorded: the refs of the whole group, and those drawn, the first one first.

    One that *repeats* replaces the earlier ones of the same people.
    """

    id: int
    group: frozenset[str]
    order: tuple[str, ...]
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class TieGroup:
    """Those of one rank and bloc who are drawn for *places*, the names of the prizes in their order."""

    bloc: int
    rank: int
    refs: tuple[str, ...]
    places: tuple[str, ...]

    @property
    def needed(self) -> int:
        """How many must be drawn: one for each prize, but no more than there are."""
        return min(len(self.places), len(self.refs))


@dataclass(frozen=True, slots=True)
class DrawRecord:
    """The minutes of a public draw: day, place, two witnesses, and the ticket numbers in the order drawn.

    `again` is the reason why an earlier recording of the same group is replaced; None for a first one.
    """

    held_on: date
    place: str
    witnesses: tuple[str, str]
    tickets: tuple[int, ...]
    again: str | None = None


class BadDraw(ValueError):
    """The tickets of a draw do not fit its group."""


def drawn_refs(group: TieGroup, tickets: Sequence[int]) -> list[str]:
    """Return the refs of *tickets*, which number the whole *group* from 1.

    Raises:
        BadDraw: there is no such ticket, or one was drawn twice, or fewer were drawn than there are prizes and people.

    >>> drawn_refs(TieGroup(0, 2, ("b", "c", "d"), ("Giải Nhì",)), [3, 1])
    ['d', 'b']
    """
    if len(set(tickets)) != len(tickets) or not all(1 <= each <= len(group.refs) for each in tickets):
        raise BadDraw
    if len(tickets) < group.needed:
        raise BadDraw
    return [group.refs[each - 1] for each in tickets]


def named_refs(drawn: Sequence[Drawn], prizes: Sequence[str]) -> Sequence[Drawn]:
    """Return those *drawn* whom a page or a document names: one for each of the *prizes*, and the first reserves.

    >>> named_refs("abcdefg", ["Giải Nhất"])
    'abcd'
    """
    return drawn[: len(prizes) + MOST_RESERVES]


def in_force(draws: Sequence[DrawOrder]) -> list[DrawOrder]:
    """Return those of *draws*, the oldest first, that no later repetition replaces. No draws give none."""
    found: list[DrawOrder] = []
    for each in draws:
        if each.repeats:
            found = [earlier for earlier in found if not earlier.group & each.group]
        found.append(each)
    return found


def parts_by(group: Collection[str], draws: Sequence[DrawOrder]) -> tuple[DrawOrder, list[list[str]]] | None:
    """Return the draw that decides about *group*, and the group in its order: each one drawn alone, then the others.

    A draw decides about a group of which everybody was in it, and somebody was drawn; the newest does. Who has left
    the tie since drops out of the order, and somebody who has joined it makes the draw void (decision 0116). None where
    no draw decides.

    >>> found = parts_by("abc", [DrawOrder(1, frozenset("abcd"), ("d", "b"))])
    >>> found and found[1]
    [['b'], ['a', 'c']]
    """
    for each in reversed(in_force(draws)):
        drawn = [ref for ref in each.order if ref in group]
        if drawn and each.group.issuperset(group):
            rest = [ref for ref in group if ref not in drawn]
            return each, [*([ref] for ref in drawn), *([rest] if rest else [])]
    return None
