"""Count a person's attempts in a round: the entry, the guess that binds, and their part in the tally.

The live submission, the import of a sheet, the re-mark and the recount all use `count_person`; the tally changes by the
`growth` from one count to the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from quiz.attempt.rules.entry import EntryValue
from quiz.contest.rules.presets import Counts, GuessBinds, Rules

_LAST = 1 << 62

Amounts = tuple[int, int, int]
"""Turns, people, perfect entries."""


@dataclass(frozen=True, slots=True)
class SubmittedAttempt:
    """A submitted attempt: its value for ranking, the local day on which it is tallied, its order among equal
    moments.
    """

    entry: EntryValue
    day: date
    order: int


@dataclass(frozen=True)
class PersonCount:
    """A person's count in a round: the entry, the guess that binds, and the part in each day's tally."""

    entry: EntryValue
    guess: int | None
    days: dict[date, Amounts]


def count_person(attempts: Iterable[SubmittedAttempt], rules: Rules, size: int) -> PersonCount:
    """Count one person's submitted attempts by the declared *rules*; *size* is the number of questions.

    Source: decisions 0006 and 0011. Turns count on their days, the person on the first day, a perfect entry on the
    day of the counted attempt; an attempt without a moment is later than any with one. Raises ValueError without
    attempts.
    """
    ordered = sorted(attempts, key=_submitted)
    entries = [each.entry for each in ordered]
    chosen = counted(entries, rules.counts)
    turns = Counter(each.day for each in ordered)
    first = min(turns)
    best_day = next(each.day for each in ordered if each.entry is chosen)
    is_perfect = chosen.correct == size
    days = {day: (count, int(day == first), int(is_perfect and day == best_day)) for day, count in turns.items()}
    return PersonCount(chosen, bound_guess(entries, chosen, rules.guess_binds), days)


def growth(before: PersonCount | None, after: PersonCount | None) -> dict[date, Amounts]:
    """Return what a change of a person's count from *before* to *after* adds to the tally, by day; None means no
    attempt.

    Days without a change are absent; amounts may be negative.
    """
    old, new = before.days if before else {}, after.days if after else {}
    grown = {
        day: (now[0] - was[0], now[1] - was[1], now[2] - was[2])
        for day in old.keys() | new.keys()
        if (now := new.get(day, (0, 0, 0))) != (was := old.get(day, (0, 0, 0)))
    }
    return dict(sorted(grown.items()))


def is_better(new: EntryValue, old: EntryValue, counts: Counts) -> bool:
    """Whether `new` replaces `old` as the person's counted entry.

    FIRST: it was submitted earlier. BEST: more correct, or as many and earlier (the national rule). An attempt without
    a time is later than any with one; equals never replace each other.
    """
    return _order(new, counts) < _order(old, counts)


def counted(attempts: Sequence[EntryValue], counts: Counts) -> EntryValue:
    """Return the attempt that counts; among equals the one listed first. Raises ValueError without attempts."""
    if not attempts:
        raise ValueError("a person without attempts has no entry")
    best = attempts[0]
    for attempt in attempts[1:]:
        if is_better(attempt, best, counts):
            best = attempt
    return best


def bound_guess(attempts: Sequence[EntryValue], chosen: EntryValue, binds: GuessBinds) -> int | None:
    """Return the person's binding guess: of the first attempt, or of the chosen one.

    A first attempt without a guess binds none. No attempts: the chosen one's guess.
    """
    if binds is GuessBinds.COUNTED or not attempts:
        return chosen.guess
    return counted(attempts, Counts.FIRST).guess


def _order(entry: EntryValue, counts: Counts) -> tuple[int, int]:
    moment = _LAST if entry.submitted_ms is None else entry.submitted_ms
    return (0 if counts is Counts.FIRST else -entry.correct, moment)


def _submitted(attempt: SubmittedAttempt) -> tuple[bool, int, int]:
    moment = attempt.entry.submitted_ms
    return (moment is None, moment or 0, attempt.order)
