"""The value of an attempt for counting and ranking."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EntryValue:
    """The ranked values of an attempt: right answers, ms taken, number guessed, ms since the epoch."""

    ref: str
    correct: int
    duration_ms: int | None
    guess: int | None
    submitted_ms: int | None
