"""The prizes of two plans place by place: what the first, the second … would take before an amendment and after it.

A prize is given by its line and not by its name: a small one that is put first goes to the leader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from quiz.contest.rules.prizes import Tier


@dataclass(frozen=True, slots=True)
class PrizePlace:
    """A place of one bloc, or of one measure, 1 for the first: its prize before and after, None where none is left, and
    the names of the prizes before, best first.
    """

    was: Tier
    now: Tier | None
    names: Sequence[str]
    place: int
    bloc: int | None = None

    @property
    def is_gone(self) -> bool:
        """Whether the place has no prize any more."""
        return self.now is None

    @property
    def has_less(self) -> bool:
        """Whether the declared amount falls or goes."""
        if self.now is None or self.was.amount is None:
            return False
        return self.now.amount is None or self.now.amount < self.was.amount

    @property
    def has_other(self) -> bool:
        """Whether the place gets a prize that stood below, or a new one that is not worth more."""
        if self.now is None or self.now.name == self.was.name:
            return False
        if self.now.name in self.names:
            return self.names.index(self.now.name) > self.names.index(self.was.name)
        amounts = self.was.amount, self.now.amount
        return amounts[0] is None or amounts[1] is None or amounts[1] <= amounts[0]


def places_of_people(before: Sequence[Tier], after: Sequence[Tier]) -> Iterator[PrizePlace]:
    """Yield the places of every bloc, and those of a bloc without prizes of its own."""
    for bloc in [*sorted({each.bloc for each in (*before, *after) if each.bloc}), None]:
        was, now = ([each for each in tiers if each.bloc in (None, bloc)] for tiers in (before, after))
        yield from _places(was, now, bloc)


def places_of_units(before: Sequence[Tier], after: Sequence[Tier]) -> Iterator[PrizePlace]:
    """Yield the places by every measure, each of which is a list of its own.

    >>> first, small = Tier("Giải Nhất", 1, 5_000_000), Tier("Giải Khuyến khích", 1, 10_000)
    >>> [(each.has_less, each.has_other) for each in places_of_units([first], [small, first])]
    [(True, True)]
    """
    for measure in dict.fromkeys(each.measure for each in before):
        was, now = ([each for each in tiers if each.measure is measure] for tiers in (before, after))
        yield from _places(was, now)


def _places(before: Sequence[Tier], after: Sequence[Tier], bloc: int | None = None) -> Iterator[PrizePlace]:
    names = [each.name for each in before]
    for place, (was, now) in enumerate(zip_longest(_one_each(before), _one_each(after)), 1):
        if was is not None:
            yield PrizePlace(was, now, names, place, bloc)


def _one_each(tiers: Iterable[Tier]) -> list[Tier]:
    return [each for each in tiers for _ in range(each.quantity)]
