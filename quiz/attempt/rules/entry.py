"""The value of an attempt for counting and ranking."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class EntryValue:
    """The ranked values of an attempt: right answers, ms taken, number guessed, ms since the epoch.

    People of a `bloc` are ranked among themselves; None where the contest has no blocs.
    """

    ref: str
    correct: int
    duration_ms: int | None
    guess: int | None
    submitted_ms: int | None
    bloc: int | None = None


def at_the_limit(entry: EntryValue, limit_ms: int) -> EntryValue:
    """Return a paper as it ranks without times of the server: the whole limit used, without a moment, which is last.

    Source: decision 0039. Right answers and the guess stay.

    >>> at_the_limit(EntryValue("a", 10, 1000, 5, 3), 600_000)
    EntryValue(ref='a', correct=10, duration_ms=600000, guess=5, submitted_ms=None, bloc=None)
    """
    return replace(entry, duration_ms=limit_ms, submitted_ms=None)
