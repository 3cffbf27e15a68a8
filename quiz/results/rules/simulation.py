"""A closed round ranked by other rules: whose rank changes at the front, and how often each criterion decides."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import NamedTuple

from quiz.attempt.rules.entry import EntryColumns, EntryValue
from quiz.contest.rules.presets import Criterion, Rules
from quiz.results.rules.ranking import GuessedNumber, Standing, rank, sort_keys, target_of

FRONT = 20
"""Places at the front that are compared."""


@dataclass(frozen=True)
class SimulatedLine:
    """An entry at the front by other rules: its rank there, its rank now, and whether it could take a prize.

    It `moves` if its rank among the entries of today changes: somebody erased since leaves a gap in the ranks of now.
    """

    standing: Standing
    before: int
    may_win: bool
    moves: bool


@dataclass(frozen=True)
class Simulation:
    """The front of a round by other rules.

    `decided` counts the neighbouring pairs at the front by the criterion that separates them; pairs that nothing
    separates are `tied`. `left` are the ranks now of those who leave the front.
    """

    target: GuessedNumber | None
    lines: tuple[SimulatedLine, ...]
    decided: Mapping[Criterion, int]
    tied: int
    left: tuple[int, ...]

    @property
    def moved(self) -> int:
        """The number of entries at the front whose rank changes."""
        return sum(line.moves for line in self.lines)

    def share(self, criterion: Criterion) -> int:
        """Return the share of the pairs that *criterion* decides, in whole %; 0 without pairs."""
        pairs = sum(self.decided.values()) + self.tied
        return round(100 * self.decided.get(criterion, 0) / pairs) if pairs else 0


def simulate(entries: Sequence[EntryValue], before: Mapping[str, int], rules: Rules, *, size: int) -> Simulation:
    """Return the front of *entries* by *rules*, against their ranks *before*; *size* is the number of questions.

    The counted attempts and their guesses stay as they are: which attempt counts is not simulated. The target counts
    these entries; blocs are ranked apart, each with a front. The whole round is read once, and only the fronts are
    sorted. No entries give an empty front; raises nothing.
    """
    right = sum(entry.correct >= size for entry in entries)
    target = target_of(rules, perfect=right, people=len(entries))
    blocs: dict[int, list[EntryValue]] = {}
    for entry in entries:
        blocs.setdefault(entry.bloc or 0, []).append(entry)
    parts = [_front(blocs[bloc], before, rules, target, size) for bloc in sorted(blocs)]
    decided = Counter(criterion for part in parts for criterion in part.decided)
    return Simulation(
        target=target,
        lines=tuple(line for part in parts for line in part.lines),
        decided={criterion: count for criterion, count in decided.items() if criterion is not None},
        tied=decided[None],
        left=tuple(each for part in parts for each in part.left),
    )


class _Front(NamedTuple):
    """The front of one bloc: its lines, the criterion of each pair, the ranks now of those who leave it."""

    lines: list[SimulatedLine]
    decided: list[Criterion | None]
    left: list[int]


def _front(
    entries: Sequence[EntryValue], before: Mapping[str, int], rules: Rules, target: GuessedNumber | None, size: int
) -> _Front:
    by_ref = sorted(entries, key=lambda entry: before[entry.ref])
    keys = sort_keys(EntryColumns.of(by_ref), rules.order, target)
    first = nsmallest(FRONT, range(len(by_ref)), key=keys.__getitem__)
    standings = rank([by_ref[at] for at in first], rules.order, target)
    ranks, there = sorted(before[entry.ref] for entry in entries), {one.entry.ref for one in standings}
    least = size if rules.all_right_only else 1
    lines = [
        SimulatedLine(one, was, one.entry.correct >= least, bisect_left(ranks, was) + 1 != one.rank)
        for one in standings
        if (was := before[one.entry.ref])
    ]
    left = [before[entry.ref] for entry in by_ref[:FRONT] if entry.ref not in there]
    return _Front(lines, [one.decided_by for one in standings[1:]], left)
