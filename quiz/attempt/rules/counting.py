"""Which of a person's attempts is the entry, and whose guess binds."""

from __future__ import annotations

from collections.abc import Sequence

from quiz.attempt.rules.entry import EntryValue
from quiz.contest.rules.presets import Counts, GuessBinds

_LAST = 1 << 62


def is_better(new: EntryValue, old: EntryValue, counts: Counts) -> bool:
    """Whether `new` takes the place of `old` as the person's counted entry.

    FIRST: it was submitted earlier. BEST: more correct, or as many and earlier
    (the national rule). An attempt without a time is later than any with one;
    equals never replace each other.
    """
    return _order(new, counts) < _order(old, counts)


def counted(attempts: Sequence[EntryValue], counts: Counts) -> EntryValue:
    """The attempt that counts; among equals the one listed first. Raises ValueError on none."""
    if not attempts:
        raise ValueError("a person without attempts has no entry")
    best = attempts[0]
    for attempt in attempts[1:]:
        if is_better(attempt, best, counts):
            best = attempt
    return best


def bound_guess(attempts: Sequence[EntryValue], chosen: EntryValue, binds: GuessBinds) -> int | None:
    """The guess that stands for the person: of the first attempt, or of the chosen one.

    A first attempt without a guess binds none. No attempts: the chosen one's guess.
    """
    if binds is GuessBinds.COUNTED or not attempts:
        return chosen.guess
    return counted(attempts, Counts.FIRST).guess


def _order(entry: EntryValue, counts: Counts) -> tuple[int, int]:
    moment = _LAST if entry.submitted_ms is None else entry.submitted_ms
    return (0 if counts is Counts.FIRST else -entry.correct, moment)
