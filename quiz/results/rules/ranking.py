"""Rank entries by the declared criteria and record which criterion decided each pair."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, overload

import numpy as np
import numpy.typing as npt

from core.values.columns import NONE, Flags, Ints
from quiz.attempt.rules.entry import EntryColumns, EntryValue
from quiz.contest.rules.presets import Criterion, GuessTarget, Key, Rules

_MISSING = 1 << 62  # larger than every real value: 2^62 ms is 146 million years


class GuessedNumber(NamedTuple):
    """The number guessed at, as a fraction: `number` of `people`, in the `scale` of the guesses.

    A count is itself, of one. A percentage of *M* people with *p* decimals has `people` M and `scale` 100·10^p, since
    its guesses are kept as whole numbers of 10^-p per cent.
    """

    number: int
    people: int = 1
    scale: int = 1

    def distance(self, guess: int) -> int:
        """Return |guess·people − scale·number|, exactly; for a count the distance itself.

        >>> GuessedNumber(489).distance(480), GuessedNumber(1, 3, 10_000).distance(3333)
        (9, 1)
        """
        return abs(guess * self.people - self.scale * self.number)


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry's rank, the distance of its guess (as `GuessedNumber` gives it), and the criterion that separates it
    from the one above.
    """

    rank: int
    entry: EntryValue
    distance: int | None
    decided_by: Criterion | None


@dataclass(frozen=True, slots=True)
class Gap:
    """The distance between two standings: questions, ms, `GuessedNumber.distance` or ms, by criterion."""

    criterion: Criterion
    amount: int


def rank(entries: Iterable[EntryValue], order: Sequence[Key], target: GuessedNumber | int | None) -> list[Standing]:
    """Return the standings as `rank_columns` does, as a list of values; a plain number as target is a count."""
    return list(rank_columns(EntryColumns.of(entries), order, as_target(target)))


def rank_columns(entries: EntryColumns, order: Sequence[Key], target: GuessedNumber | None) -> Standings:
    """Return the standings (competition ranking 1, 2, 2, 4) by the declared keys; `target` is what was guessed at.
    Those of each bloc are ranked apart and follow one another.

    Most correct first; less time, a closer guess and an earlier moment are better. A missing value (or a guess without
    a target) is last in its key. `decided_by` is None for the first (of a bloc) and inside a tie. Members of a tie are
    listed by ref, which never affects a rank. No entries give empty standings; raises nothing.
    """
    columns = [_column(key, entries, target) for key in order]
    by_ref, blocs = entries.by_ref, entries.bloc
    keys = [blocs, *columns]  # the first key decides first
    lines = by_ref[np.lexsort([key[by_ref] for key in reversed(keys)])]
    begins = np.diff(blocs[lines], prepend=-1) != 0
    decider = np.full(len(lines), len(order), np.int8)
    for at, column in reversed(list(enumerate(columns))):
        decider[np.diff(column[lines], prepend=0) != 0] = at
    decider[begins] = len(order)
    decided = Decided(decider, [*(key.criterion for key in order), None])
    starts = np.flatnonzero(begins).tolist() or [0]
    return Standings(entries, lines, _ranks(decider < len(order), begins), decided, target, starts)


def _ranks(is_decided: Flags, begins: Flags) -> Ints:
    """Return the ranks of lines by whether something separates each from the one above, or it *begins* a bloc."""
    at = np.arange(len(begins))
    first = np.maximum.accumulate(np.where(begins, at, 0)) if len(at) else at
    place = np.maximum.accumulate(np.where(begins | is_decided, at, 0)) if len(at) else at
    return place - first + 1


class Decided(NamedTuple):
    """The criterion that separates each line from the one above, as a place in `criteria`."""

    places: npt.NDArray[np.int8]
    criteria: Sequence[Criterion | None]


class Standings(Sequence[Standing]):
    """The standings of very many entries, best first: columns, and a `Standing` only for the lines that are read.

    `lines` are the places of the entries in their columns; `ranks` and `decided` belong to the lines. `starts` are the
    lines that begin a bloc; without blocs, the first alone.
    """

    def __init__(
        self,
        entries: EntryColumns,
        lines: Ints,
        ranks: Ints,
        decided: Decided,
        target: GuessedNumber | None,
        starts: Sequence[int] = (0,),
    ) -> None:
        self.entries, self.lines, self.ranks, self.decided, self.target = entries, lines, ranks, decided, target
        self.starts = starts

    def __len__(self) -> int:
        return len(self.lines)

    @overload
    def __getitem__(self, which: int) -> Standing: ...

    @overload
    def __getitem__(self, which: slice) -> list[Standing]: ...

    def __getitem__(self, which: int | slice) -> Standing | list[Standing]:
        if isinstance(which, slice):
            return [self[at] for at in range(*which.indices(len(self)))]
        entry = self.entries.value(int(self.lines[which]))
        decided = self.decided.criteria[self.decided.places[which]]
        return Standing(int(self.ranks[which]), entry, distance_of(entry, self.target), decided)

    @property
    def parts(self) -> list[tuple[int | None, range]]:
        """Each bloc with its lines, in order; without blocs, None with all lines."""
        ends = pairwise([*self.starts, len(self)])
        return [(self.bloc_at(start), range(start, end)) for start, end in ends if start < end]

    def bloc_at(self, line: int) -> int | None:
        """Return the bloc of a line."""
        return int(self.entries.bloc[self.lines[line]]) or None

    def places_of(self, refs: Collection[str]) -> dict[str, tuple[int, int]]:
        """Return the position and the rank of each of *refs* that is ranked."""
        at = np.flatnonzero(self.entries.are_in(refs)[self.lines])
        names = map(self.entries.refs.__getitem__, self.lines[at].tolist())
        return dict(zip(names, zip((at + 1).tolist(), self.ranks[at].tolist(), strict=True), strict=True))

    @property
    def distances(self) -> Ints:
        """The distance of the guess of each entry, `NONE` for one without, in the order of the columns."""
        return _distances(self.entries, self.target)


def sort_keys(entries: EntryColumns, order: Sequence[Key], target: GuessedNumber | None) -> list[tuple[int, ...]]:
    """Return the values of each entry in the declared order; smaller is better."""
    return list(zip(*(_column(key, entries, target).tolist() for key in order), strict=True))


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
    """Return the value of *standing* in this key: right answers, whole buckets of time, or the distance of the
    guess; None where it has none.
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


def target_of(rules: Rules, *, perfect: int, people: int) -> GuessedNumber | None:
    """Return the target A that guesses are measured against; None when the rules have no guess, and when a percentage
    of no people is asked.
    """
    if rules.guess_target is GuessTarget.NONE:
        return None
    if rules.guess_target is GuessTarget.PERCENT:
        return GuessedNumber(perfect, people, percent_scale(rules)) if people else None
    return GuessedNumber(perfect if rules.guess_target is GuessTarget.PERFECT else people)


def percent_scale(rules: Rules) -> int:
    """Return the whole number by which *rules* keep a guess of 100 %.

    >>> from dataclasses import replace
    >>> from quiz.contest.rules.presets import PRESETS
    >>> percent_scale(replace(PRESETS["guess"], guess_target=GuessTarget.PERCENT, guess_decimals=2))
    10000
    """
    return int(100 * 10**rules.guess_decimals)


def stored_target(rules: Rules, number: int | None, people: int | None) -> GuessedNumber | None:
    """Return the target of stored results: a count, or *number* of so many *people* where a percentage is guessed."""
    if number is None:
        return None
    return GuessedNumber(number) if people is None else GuessedNumber(number, people, percent_scale(rules))


def as_target(target: GuessedNumber | int | None) -> GuessedNumber | None:
    """Return *target*, a plain number as a count."""
    return GuessedNumber(target) if isinstance(target, int) else target


def distance_of(entry: EntryValue, target: GuessedNumber | None) -> int | None:
    """Return the distance between the guess and the target; None when either is missing.

    >>> distance_of(EntryValue("a", 10, None, 480, None), GuessedNumber(489))
    9
    """
    return distance(entry.guess, target)


def distance(guess: int | None, target: GuessedNumber | None) -> int | None:
    """Return the distance between a guess and the target; None when either is missing."""
    if guess is None or target is None:
        return None
    return target.distance(guess)


def _column(key: Key, entries: EntryColumns, target: GuessedNumber | None) -> Ints:
    """Return the comparable values of all entries in this key; smaller is better, a missing one is last."""
    if key.criterion is Criterion.CORRECT:
        return -entries.correct
    if key.criterion is Criterion.GUESS:
        measures, step = _distances(entries, target), 1
    else:
        measures, step = _measures(key, entries), key.bucket_ms
    return np.where(measures == NONE, _MISSING, measures // step)


def _measures(key: Key, entries: EntryColumns) -> Ints:
    return entries.duration_ms if key.criterion is Criterion.DURATION else entries.submitted_ms


def _distances(entries: EntryColumns, target: GuessedNumber | None) -> Ints:
    guess = entries.guess
    if target is None:
        return np.full(len(guess), NONE)
    has, aim = guess != NONE, target.scale * target.number
    if max(np.abs(guess[has]).max(initial=0).item() * target.people, aim) >= _MISSING:
        raise OverflowError("a distance needs more than 62 bits")
    return np.where(has, np.abs(guess * target.people - aim), NONE)


def _value(key: Key, entry: EntryValue, target: GuessedNumber | None) -> int:
    return int(_column(key, EntryColumns.of([entry]), target)[0])
