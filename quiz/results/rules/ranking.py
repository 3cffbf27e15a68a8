"""Rank entries by the declared criteria and record which criterion decided each pair."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter, itemgetter

from quiz.attempt.rules.entry import EntryValue
from quiz.contest.rules.presets import Criterion, GuessTarget, Key, Rules

_MISSING = 1 << 62  # larger than every real value: 2^62 ms is 146 million years
_Reader = Callable[[EntryValue], int]


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
    """Return the standings (competition ranking 1, 2, 2, 4) by the declared keys; `target` is the number guessed at.

    Most correct first; less time, a closer guess and an earlier moment are better. A missing value (or a guess without
    a target) is last in its key. `decided_by` is None for the first and inside a tie. Members of a tie are listed by
    ref, which never affects a rank. No entries give an empty list; raises nothing.
    """
    values_of = sort_key(order, target)
    by_ref = sorted(entries, key=attrgetter("ref"))
    rows = [(values_of(entry), entry) for entry in by_ref]
    rows.sort(key=itemgetter(0))  # stable: a tie stays in the order of its refs
    standings: list[Standing] = []
    above: tuple[int, ...] | None = None
    place = 0
    for position, (values, entry) in enumerate(rows, start=1):
        decided = None
        if values != above:
            place = position
            decided = _first_difference(above, values, order)
            above = values
        standings.append(Standing(place, entry, distance_of(entry, target), decided))
    return standings


def sort_key(order: Sequence[Key], target: int | None) -> Callable[[EntryValue], tuple[int, ...]]:
    """Return the function that gives the values of an entry in the declared order; smaller is better."""
    readers = [_reader(key, target) for key in order]
    return lambda entry: tuple([read(entry) for read in readers])


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
    value = _reader(key, None)(standing.entry)
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
    if entry.guess is None or target is None:
        return None
    return abs(entry.guess - target)


def _first_difference(above: tuple[int, ...] | None, below: tuple[int, ...], order: Sequence[Key]) -> Criterion | None:
    if above is None:
        return None
    pairs = zip(above, below, order, strict=True)
    return next((key.criterion for one, other, key in pairs if one != other), None)


def _reader(key: Key, target: int | None) -> _Reader:
    """Return the function that gives an entry's comparable value in this key; smaller is better."""
    if key.criterion is Criterion.CORRECT:
        return _wrongness
    if key.criterion is Criterion.DURATION:
        return partial(_duration, key.bucket_ms)
    if key.criterion is Criterion.SUBMITTED:
        return partial(_submitted, key.bucket_ms)
    return partial(_distance, target)


def _wrongness(entry: EntryValue) -> int:
    return -entry.correct


def _duration(bucket: int, entry: EntryValue) -> int:
    return _MISSING if entry.duration_ms is None else entry.duration_ms // bucket


def _submitted(bucket: int, entry: EntryValue) -> int:
    return _MISSING if entry.submitted_ms is None else entry.submitted_ms // bucket


def _distance(target: int | None, entry: EntryValue) -> int:
    if entry.guess is None or target is None:
        return _MISSING
    return abs(entry.guess - target)
