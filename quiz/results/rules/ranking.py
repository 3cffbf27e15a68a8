"""Rank entries by the declared criteria and record which criterion decided each pair."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter, itemgetter
from typing import NamedTuple

from quiz.attempt.rules.entry import EntryValue
from quiz.contest.rules.presets import Criterion, GuessTarget, Key, Rules

_MISSING = 1 << 62  # larger than every real value: 2^62 ms is 146 million years
_Reader = Callable[[EntryValue], int]


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
    """Return the standings (competition ranking 1, 2, 2, 4) by the declared keys; `target` is what was guessed at, a
    plain number being a count. Those of each bloc are ranked apart and follow one another.

    Most correct first; less time, a closer guess and an earlier moment are better. A missing value (or a guess without
    a target) is last in its key. `decided_by` is None for the first and inside a tie. Members of a tie are listed by
    ref, which never affects a rank. No entries give an empty list; raises nothing.
    """
    aim = as_target(target)
    values_of = sort_key(order, aim)
    by_ref = sorted(entries, key=attrgetter("ref"))
    rows = [(entry.bloc or 0, values_of(entry), entry) for entry in by_ref]
    rows.sort(key=itemgetter(0, 1))  # stable: a tie stays in the order of its refs
    standings: list[Standing] = []
    above: tuple[int, ...] | None = None
    place, first, of = 0, 1, 0
    for position, (bloc, values, entry) in enumerate(rows, start=1):
        decided = None
        if bloc != of:
            above, first, of = None, position, bloc
        if values != above:
            place = position - first + 1
            decided = _first_difference(above, values, order)
            above = values
        standings.append(Standing(place, entry, distance_of(entry, aim), decided))
    return standings


def sort_key(order: Sequence[Key], target: GuessedNumber | None) -> Callable[[EntryValue], tuple[int, ...]]:
    """Return the function that gives the values of an entry in the declared order; smaller is better."""
    readers = [_reader(key, target) for key in order]
    return lambda entry: tuple([read(entry) for read in readers])


def gap(above: Standing, below: Standing, order: Sequence[Key]) -> Gap | None:
    """Return the first key in which `below` differs from `above`, and by how much.

    The amount is in whole buckets converted back into units (3.999 ms in one-second buckets is at most 3.000). None
    when they tie, or when either has no value there to measure by.
    """
    for key in order:
        first, second = _measured(above, key), _measured(below, key)
        if first == second:
            continue
        if first is None or second is None:
            return None
        return Gap(key.criterion, abs(second - first) * _unit(key))
    return None


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
    if entry.guess is None or target is None:
        return None
    return target.distance(entry.guess)


def _first_difference(above: tuple[int, ...] | None, below: tuple[int, ...], order: Sequence[Key]) -> Criterion | None:
    if above is None:
        return None
    pairs = zip(above, below, order, strict=True)
    return next((key.criterion for one, other, key in pairs if one != other), None)


def _reader(key: Key, target: GuessedNumber | None) -> _Reader:
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


def _distance(target: GuessedNumber | None, entry: EntryValue) -> int:
    distance = distance_of(entry, target)
    return _MISSING if distance is None else distance


def _measured(standing: Standing, key: Key) -> int | None:
    if key.criterion is Criterion.GUESS:
        return standing.distance
    value = _reader(key, None)(standing.entry)
    return None if value == _MISSING else value


def _unit(key: Key) -> int:
    return key.bucket_ms if key.criterion in (Criterion.DURATION, Criterion.SUBMITTED) else 1
