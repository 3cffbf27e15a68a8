"""A counted paper as a sheet shows it to everybody: its rank and what it was ranked by, without a person."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CountedPaper:
    """A counted paper: its rank (None: not ranked), right answers, ms taken, number guessed, ms since the epoch."""

    rank: int | None
    correct: int
    duration_ms: int | None
    guess: int | None
    submitted_ms: int | None
    bloc: int | None = None
