"""The answers of a round, counted: shares by question, the spread of the guesses, and the findings that are titles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil

FEWEST = 5
"""Papers below which no share of a question is shown."""
FEWEST_GUESSES = 20
"""GuessSpread below which their spread is not drawn."""
COMMON_SLIP = 0.25
"""A wrong choice of at least this share of people is named in words."""
HARD = 0.6
"""A question is hard if fewer people than this share have it right."""
MOST_BINS = 12
_WIDTHS = (1, 2, 3, 4, 5, *(base * 10**power for power in range(5) for base in (10, 15, 20, 25, 30, 40, 50)))


@dataclass(frozen=True)
class ChosenShare:
    """The share of people who chose these letters: whole per cents that add up with the others to 100."""

    letters: str
    percent: int


@dataclass(frozen=True)
class QuestionShares:
    """The answers to one question in whole per cents: right, wrong in falling order, without an answer.

    `slip` is the most common wrong choice if it is common, else None.
    """

    right: ChosenShare
    wrong: tuple[ChosenShare, ...]
    blank: int
    slip: ChosenShare | None


def question_shares(counts: Mapping[str, int], key: frozenset[str], people: int | None) -> QuestionShares | None:
    """Return the shares of one question; *people* had it on their paper, None if that is not known.

    Without *people* the shares are those of the people who answered. None below `FEWEST` people.
    """
    answered = sum(counts.values())
    total = max(answered, people or 0)
    if total < FEWEST:
        return None
    right = "".join(sorted(key))
    wrong = sorted(((letters, n) for letters, n in counts.items() if letters != right), key=lambda each: -each[1])
    found = [(right, counts.get(right, 0)), *wrong, ("", total - answered)]
    percents = whole_percents([count for _letters, count in found], total)
    shares = [ChosenShare(letters, percent) for (letters, _n), percent in zip(found, percents, strict=True)]
    common = wrong and wrong[0][1] >= COMMON_SLIP * total
    return QuestionShares(shares[0], tuple(shares[1:-1]), shares[-1].percent, shares[1] if common else None)


def whole_percents(counts: Sequence[int], total: int) -> list[int]:
    """Return *counts* of *total* as whole per cents that add up to 100, by the largest remainders.

    >>> whole_percents([1, 1, 1], 3)
    [34, 33, 33]
    """
    floors = [100 * count // total for count in counts]
    by_rest = sorted(range(len(counts)), key=lambda at: -(100 * counts[at] % total))
    for at in by_rest[: 100 - sum(floors)]:
        floors[at] += 1
    return floors


def hardest(rights: Sequence[int | None]) -> int | None:
    """Return the index of the one question that the fewest people have right (in per cent); None if two share that, if
    it is not hard, or if there is one question alone.
    """
    known = [right for right in rights if right is not None]
    if len(known) < 2 or min(known) >= 100 * HARD or known.count(min(known)) > 1:
        return None
    return list(rights).index(min(known))


@dataclass(frozen=True)
class GuessBin:
    """The guesses from `start` on, up to the next bin."""

    start: int
    count: int


@dataclass(frozen=True)
class GuessSpread:
    """The spread of the guesses: the middle half, bins of equal `width` from zero, those beyond the last bin."""

    total: int
    low: int
    high: int
    width: int
    bins: tuple[GuessBin, ...]
    beyond: int
    exact: int

    @property
    def end(self) -> int:
        """The number at which the last bin ends."""
        return self.width * len(self.bins)

    @property
    def tallest(self) -> GuessBin:
        """The bin with the most guesses, the first of several."""
        return max(self.bins, key=lambda each: each.count)


def spread(guesses: Mapping[int, int], truth: int) -> GuessSpread | None:
    """Return the spread of *guesses* (guess → people) around the *truth*; None below `FEWEST_GUESSES`.

    The bins reach to the truth and to 95 in 100 guesses, so that one guess of a million leaves the others visible. The
    middle half goes from the first to the third quartile.
    """
    total = sum(guesses.values())
    if total < FEWEST_GUESSES:
        return None
    ordered = sorted(guesses.items())
    low, high, most = (_quantile(ordered, total, part) for part in (0.25, 0.75, 0.95))
    reach = max(most, truth) + 1
    width = next((each for each in _WIDTHS if ceil(reach / each) <= MOST_BINS), ceil(reach / MOST_BINS))
    counts = [0] * ceil(reach / width)
    for guess, count in ordered:
        if guess < width * len(counts):
            counts[guess // width] += count
    bins = tuple(GuessBin(at * width, count) for at, count in enumerate(counts))
    return GuessSpread(total, low, high, width, bins, total - sum(counts), guesses.get(truth, 0))


def _quantile(ordered: Sequence[tuple[int, int]], total: int, part: float) -> int:
    """Return the smallest guess that at least this *part* of all do not exceed."""
    seen = accumulate(count for _guess, count in ordered)
    return next(guess for (guess, _count), up_to in zip(ordered, seen, strict=True) if up_to >= part * total)
