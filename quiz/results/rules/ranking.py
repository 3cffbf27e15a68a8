"""Rank entries by the declared criteria and record which criterion decided each pair."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import overload

from quiz.attempt.rules.entry import EntryColumns, EntryValue
from quiz.contest.rules.presets import Criterion, GuessTarget, Key, Rules

_MISSING = 1 << 62  # larger than every real value: 2^62 ms is 146 million years


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry's rank, its guess's distance, and the criterion that separates it from the one above."""

    rank: int
    entry: EntryValue
    distance: int | None
    decided_by: Criterion | None


@dataclass(frozen=True, slots=True)
class Gap:
    """The distance between two standings: questions, ms, people or ms, by criterion."""

    criterion: Criterion
    amount: int


def rank(entries: Iterable[EntryValue], order: Sequence[Key], target: int | None) -> list[Standing]:
    """Return the standings as `rank_columns` does, as a list of values."""
    return list(rank_columns(EntryColumns.of(entries), order, target))


def rank_columns(entries: EntryColumns, order: Sequence[Key], target: int | None) -> Standings:
    """Return the standings (competition ranking 1, 2, 2, 4) by the declared keys; `target` is the number guessed at.

    Most correct first; less time, a closer guess and an earlier moment are better. A missing value (or a guess without
    a target) is last in its key. `decided_by` is None for the first and inside a tie. Members of a tie are listed by
    ref, which never affects a rank. No entries give empty standings; raises nothing.
    """
    columns = [_column(key, entries, target) for key in order]
    lines = sorted(range(len(entries)), key=entries.refs.__getitem__)
    for column in reversed(columns):  # each sort is stable, so that the last one is by the first key
        lines.sort(key=column.__getitem__)
    decided: list[Criterion | None] = [None] * len(lines)
    for key, column in zip(reversed(order), reversed(columns), strict=True):
        values = [column[at] for at in lines]
        pairs = zip(values, values[1:], decided[1:], strict=False)
        decided[1:] = [key.criterion if above != below else later for above, below, later in pairs]
    return Standings(entries, lines, _ranks(decided), decided, target)


def _ranks(decided: Sequence[Criterion | None]) -> list[int]:
    """Return the ranks of lines by what separates each from the one above; the first has none."""
    ranks, place = [], 1
    for position, criterion in enumerate(decided, start=1):
        if criterion is not None:
            place = position
        ranks.append(place)
    return ranks


class Standings(Sequence[Standing]):
    """The standings of very many entries, best first: columns, and a `Standing` only for the lines that are read.

    `lines` are the places of the entries in their columns; `ranks` and `decided` belong to the lines.
    """

    def __init__(
        self,
        entries: EntryColumns,
        lines: Sequence[int],
        ranks: Sequence[int],
        decided: Sequence[Criterion | None],
        target: int | None,
    ) -> None:
        self.entries, self.lines, self.ranks, self.decided, self.target = entries, lines, ranks, decided, target

    def __len__(self) -> int:
        return len(self.lines)

    @overload
    def __getitem__(self, which: int) -> Standing: ...

    @overload
    def __getitem__(self, which: slice) -> list[Standing]: ...

    def __getitem__(self, which: int | slice) -> Standing | list[Standing]:
        if isinstance(which, slice):
            return [self[at] for at in range(*which.indices(len(self)))]
        entry = self.entries.value(self.lines[which])
        return Standing(self.ranks[which], entry, distance_of(entry, self.target), self.decided[which])

    def places_of(self, refs: Collection[str]) -> dict[str, tuple[int, int]]:
        """Return the position and the rank of each of *refs* that is ranked."""
        names, wanted = self.entries.refs, frozenset(refs)
        found = ((at, names[line]) for at, line in enumerate(self.lines) if names[line] in wanted)
        return {ref: (at + 1, self.ranks[at]) for at, ref in found}


def sort_keys(entries: EntryColumns, order: Sequence[Key], target: int | None) -> list[tuple[int, ...]]:
    """Return the values of each entry in the declared order; smaller is better."""
    return list(zip(*(_column(key, entries, target) for key in order), strict=True))


def gap(above: Standing, below: Standing, order: Sequence[Key]) -> Gap | None:
    """Return the first key in which `below` differs from `above`, and by how much.

    The amount is in whole buckets converted back into units (3.999 ms in one-second buckets is at most 3.000). None
    when they tie, or when either has no value there to measure by.
    """
    for key in order:
        first, second = measured(above, key), measured(below, key)
        if first == second:
            continue
        if first is None or second is None:
            return None
        return Gap(key.criterion, abs(second - first) * unit_of(key))
    return None


def measured(standing: Standing, key: Key) -> int | None:
    """Return the value of *standing* in this key: right answers, whole buckets of time, or people off the target; None
    where it has none.
    """
    if key.criterion is Criterion.GUESS:
        return standing.distance
    if key.criterion is Criterion.CORRECT:
        return standing.entry.correct
    value = _value(key, standing.entry, None)
    return None if value == _MISSING else value


def unit_of(key: Key) -> int:
    """Return the worth of one step of a key's values: ms in a bucket of time, else 1."""
    return key.bucket_ms if key.criterion in (Criterion.DURATION, Criterion.SUBMITTED) else 1


def target_of(rules: Rules, *, perfect: int, people: int) -> int | None:
    """Return the target A that guesses are measured against; None when the rules have no guess."""
    if rules.guess_target is GuessTarget.NONE:
        return None
    return perfect if rules.guess_target is GuessTarget.PERFECT else people


def distance_of(entry: EntryValue, target: int | None) -> int | None:
    """Return the distance between the guess and the target, in people; None when either is missing.

    >>> distance_of(EntryValue("a", 10, None, 480, None), 489)
    9
    """
    return distance(entry.guess, target)


def distance(guess: int | None, target: int | None) -> int | None:
    """Return the distance between a guess and the target; None when either is missing."""
    if guess is None or target is None:
        return None
    return abs(guess - target)


def _column(key: Key, entries: EntryColumns, target: int | None) -> list[int]:
    """Return the comparable values of all entries in this key; smaller is better, a missing one is last."""
    if key.criterion is Criterion.CORRECT:
        return [-correct for correct in entries.correct]
    if key.criterion is Criterion.GUESS:
        if target is None:
            return [_MISSING] * len(entries)
        return [_MISSING if guess is None else abs(guess - target) for guess in entries.guess]
    measures = entries.duration_ms if key.criterion is Criterion.DURATION else entries.submitted_ms
    return [_MISSING if measure is None else measure // key.bucket_ms for measure in measures]


def _value(key: Key, entry: EntryValue, target: int | None) -> int:
    return _column(key, EntryColumns.of([entry]), target)[0]
