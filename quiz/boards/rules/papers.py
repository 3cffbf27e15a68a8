"""A counted paper as a sheet shows it to everybody: its rank and what it was ranked by, without a person."""

from typing import NamedTuple


class CountedPaper(NamedTuple):
    """A counted paper: its rank (None: not ranked), right answers, ms taken, number guessed, ms since the epoch,
    and its bloc, where the contest has blocs.
    """

    rank: int | None
    correct: int
    duration_ms: int | None
    guess: int | None
    submitted_ms: int | None
    bloc: int | None = None
