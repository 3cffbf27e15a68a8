"""The place of a paper in its round: groups by score, neighbours, and the geometry of both drawings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from quiz.contest.rules.presets import Criterion
from quiz.results.rules.ranking import Gap

FEWEST = 5
"""A group of fewer people is joined with the next, so that no score names its few people."""
MOST_GROUPS = 5
"""Groups that fit beside each other on a phone."""
HARD = 0.6
"""A question that a smaller share of people had right is worth a word to those who had it right."""


@dataclass(frozen=True)
class ScoreGroup:
    """People with *low* to *high* right answers; `start` and `width` are % of all people, best first."""

    high: int
    low: int
    people: int
    start: float
    width: float

    @property
    def middle(self) -> float:
        """The middle of the group, in %."""
        return self.start + self.width / 2

    @property
    def is_one_score(self) -> bool:
        """Whether everybody in it has the same number of right answers."""
        return self.high == self.low


def score_groups(counts: Mapping[int, int]) -> list[ScoreGroup]:
    """Return people by score, best first: at most `MOST_GROUPS` groups of `FEWEST` people or more.

    *counts* are people by right answers. The lowest scores are joined first; a group that is too small is joined with
    the next lower one, the last with the one above. Fewer than `FEWEST` people in all give no groups.

    >>> [(each.high, each.low, each.people) for each in score_groups({10: 2, 9: 7, 3: 6})]
    [(10, 9, 9), (3, 3, 6)]
    """
    total = sum(counts.values())
    if total < FEWEST:
        return []
    spans = [(score, score, counts[score]) for score in sorted(counts, reverse=True) if counts[score]]
    spans = _joined(spans)
    while len(spans) > MOST_GROUPS:
        (high, _low, upper), (_high, low, lower) = spans[-2:]
        spans[-2:] = [(high, low, upper + lower)]
    groups: list[ScoreGroup] = []
    for high, low, people in spans:
        start = groups[-1].start + groups[-1].width if groups else 0.0
        groups.append(ScoreGroup(high, low, people, start, 100 * people / total))
    return groups


def _joined(spans: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return *spans* (high, low, people) with those of too few people joined with their neighbours."""
    found: list[tuple[int, int, int]] = []
    for high, low, people in spans:
        if found and found[-1][2] < FEWEST:
            high, _low, above = found.pop()
            found.append((high, low, above + people))
        else:
            found.append((high, low, people))
    if len(found) > 1 and found[-1][2] < FEWEST:
        (high, _low, upper), (_high, low, lower) = found[-2:]
        found[-2:] = [(high, low, upper + lower)]
    return found


@dataclass(frozen=True)
class Arc:
    """An arc of the ring: SVG's dash and offset on a circle whose `pathLength` is 100."""

    is_right: bool
    dash: str
    offset: str


def ring(marks: Sequence[bool]) -> list[Arc]:
    """Return an arc for each of *marks*, from the top, clockwise. No marks, no arcs.

    >>> [(each.dash, each.offset) for each in ring([True, False])]
    [('47.8 52.2', '23.9'), ('47.8 52.2', '-26.1')]
    """
    turn = 100 / len(marks) if marks else 0.0
    gap = min(2.2, turn / 4)
    length = turn - gap
    return [
        Arc(is_right, f"{length:.4g} {100 - length:.4g}", f"{25 - gap / 2 - number * turn:.4g}")
        for number, is_right in enumerate(marks)
    ]


@dataclass(frozen=True)
class Neighbour:
    """A paper beside one's own: its rank, what separates the two (None in a tie or without a measure), and its place in
    the drawing.

    `x` is % across, where one's own paper stands in the middle and better ones at the left; None where no common unit
    measures it. `duration_ms` is its time if that is public.
    """

    rank: int
    is_better: bool
    gap: Gap | None
    x: float | None
    duration_ms: int | None
    is_tie: bool = False


_BY_TIME = (Criterion.DURATION, Criterion.SUBMITTED)


def within_seconds(gaps: Sequence[Gap | None]) -> bool:
    """Return whether each gap is one of time, shorter than a minute; a tie (None) is none. False for no gap at all.

    >>> within_seconds([Gap(Criterion.DURATION, 18_000), None]), within_seconds([None])
    (True, False)
    >>> within_seconds([Gap(Criterion.DURATION, 140_000)]), within_seconds([Gap(Criterion.CORRECT, 1)])
    (False, False)
    """
    found = [each for each in gaps if each is not None]
    return bool(found) and all(each.criterion in _BY_TIME and each.amount < 60_000 for each in found)


MIDDLE, REACH = 50.0, 40.0
"""The place of one's own paper, and how far from it the farthest neighbour stands, in %."""


def placed(neighbours: Sequence[Neighbour], unit: Criterion) -> list[Neighbour]:
    """Return *neighbours* with the places of those who are separated by *unit*; ties stand at one's own place.

    >>> near = Neighbour(6, True, Gap(Criterion.DURATION, 3000), None, None)
    >>> far = Neighbour(9, False, Gap(Criterion.DURATION, 6000), None, None)
    >>> [each.x for each in placed([near, far], Criterion.DURATION)]
    [30.0, 90.0]
    """
    amounts = [each.gap.amount for each in neighbours if each.gap and each.gap.criterion is unit]
    most = max(amounts, default=0) or 1

    def at(each: Neighbour) -> float | None:
        if each.is_tie:
            return MIDDLE
        if each.gap is None or each.gap.criterion is not unit:
            return None
        return MIDDLE + (-1 if each.is_better else 1) * REACH * each.gap.amount / most

    return [replace(each, x=at(each)) for each in neighbours]


class Praise(StrEnum):
    """The sentence that a result begins with."""

    FIRST = "first"
    GAP = "gap"
    HARD = "hard"
    RIGHT = "right"
    NONE = "none"


def praise(*, rank: int, people: int, correct: int, has_gap: bool, hardest_right: float | None) -> Praise:
    """Return what to say first: nothing stands above the first; the upper half hears what separates it from the next.

    The lower half hears first of a hard question that it had right (*hardest_right* is the smallest share of people who
    had one of them right), else how many it had right. Without a right answer nothing is said.
    """
    if rank == 1:
        return Praise.FIRST
    if 2 * rank <= people + 1 and has_gap:
        return Praise.GAP
    if hardest_right is not None and hardest_right < HARD:
        return Praise.HARD
    return Praise.RIGHT if correct else Praise.NONE
