"""The blocs of a round (khối, đối tượng dự thi), which are ranked apart: where the lines of each one begin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quiz.results.rules.ranking import Standings


class BlocPart(NamedTuple):
    """The lines of a bloc in the standings: the position of the first, how many there are, how many are all right."""

    bloc: int
    first: int
    people: int
    perfect: int

    def holds(self, position: int) -> bool:
        """Return whether the line at *position* is of this bloc."""
        return self.first <= position < self.first + self.people


def parts_of(standings: Standings, size: int) -> list[BlocPart]:
    """Return the blocs of *standings* in their order; none where nobody has a bloc.

    *size* is the number of questions of an all-right paper.
    """
    if not standings.entries.has_blocs:
        return []
    is_right = standings.entries.correct[standings.lines] >= size
    return [
        BlocPart(bloc or 0, lines.start + 1, len(lines), int(is_right[lines.start : lines.stop].sum()))
        for bloc, lines in standings.parts
    ]


def part_at(parts: Sequence[BlocPart], position: int) -> BlocPart | None:
    """Return the bloc of the line at *position*; None without blocs."""
    return next((part for part in parts if part.holds(position)), None)
