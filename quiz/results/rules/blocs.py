"""The blocs of a round (khối, đối tượng dự thi), which are ranked apart: where the lines of each one begin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from quiz.results.rules.ranking import Standing


class BlocPart(NamedTuple):
    """The lines of a bloc in the standings: the position of the first, how many there are, how many are all right."""

    bloc: int
    first: int
    people: int
    perfect: int

    def holds(self, position: int) -> bool:
        """Return whether the line at *position* is of this bloc."""
        return self.first <= position < self.first + self.people


def parts_of(standings: Iterable[Standing], size: int) -> list[BlocPart]:
    """Return the blocs of *standings* in their order; none where nobody has a bloc.

    *size* is the number of questions of an all-right paper.
    """
    found: list[BlocPart] = []
    position = 1
    for bloc, lines in groupby(standings, key=lambda one: one.entry.bloc or 0):
        right = [one.entry.correct >= size for one in lines]
        found.append(BlocPart(bloc, position, len(right), sum(right)))
        position += len(right)
    return found if any(part.bloc for part in found) else []


def part_at(parts: Sequence[BlocPart], position: int) -> BlocPart | None:
    """Return the bloc of the line at *position*; None without blocs."""
    return next((part for part in parts if part.holds(position)), None)
