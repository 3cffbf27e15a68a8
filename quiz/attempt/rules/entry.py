"""One attempt as the rules compare and rank it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EntryValue:
    """What ranking needs of one attempt: right answers, ms taken, people guessed, ms since the epoch."""

    ref: str
    correct: int
    duration_ms: int | None
    guess: int | None
    submitted_ms: int | None
