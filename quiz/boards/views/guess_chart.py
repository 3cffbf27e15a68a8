"""The spread of a round's guesses as a histogram, with the number that they are measured against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from quiz.contest.labels.guesses import GuessWords, guess_words
from quiz.contest.models import Round
from quiz.results.models import Result, RoundAnswers
from quiz.results.rules.answers import GuessSpread, spread

TICKS = 5
WORDS_WIDTH = 34
"""The width of the words of the truth on a phone, in per cent of the drawing."""


@dataclass(frozen=True)
class GuessBar:
    """A bar of the histogram, in per cent of its box."""

    x: Decimal
    width: Decimal
    y: Decimal
    height: Decimal
    count: int
    start: int
    last: int
    is_truth: bool

    @property
    def middle(self) -> Decimal:
        """The place of its count."""
        return self.x + self.width / 2


@dataclass(frozen=True)
class GuessChart:
    """The spread of the guesses with the truth, in words of its own."""

    spread: GuessSpread
    words: GuessWords
    truth: str
    bars: Sequence[GuessBar]
    truth_at: Decimal
    is_late: bool
    """Whether the truth is in the right half, so that its words stand on its left."""
    ticks: Sequence[tuple[Decimal, int]]

    @property
    def counted(self) -> GuessBar | None:
        """The tallest bar, whose count is written above it; None where the words of the truth stand."""
        tallest = min(self.bars, key=lambda bar: bar.y)
        side = self.truth_at - tallest.x if self.is_late else tallest.x - self.truth_at
        return None if -tallest.width <= side <= WORDS_WIDTH else tallest


def guess_chart(round: Round, result: Result, answers: RoundAnswers | None) -> GuessChart | None:
    """Return the histogram of a round; None without a target, and where too few guessed."""
    if answers is None or result.target is None:
        return None
    words = guess_words(round.declared, result.target_people)
    truth = words.nearest(result.target)
    found = spread({int(guess): count for guess, count in answers.guesses.items()}, truth)
    if found is None:
        return None
    at = _place(100 * words.exact(result.target) / found.end)
    return GuessChart(found, words, words.short_target(result.target), _bars(found, truth), at, at > 50, _ticks(found))


def _bars(found: GuessSpread, truth: int) -> list[GuessBar]:
    most, slot = found.tallest.count, Decimal(100) / len(found.bins)
    return [
        GuessBar(
            x=_place(at * slot + slot * Decimal("0.06")),
            width=_place(slot * Decimal("0.88")),
            y=_place(100 - Decimal(100 * each.count) / most),
            height=_place(Decimal(100 * each.count) / most),
            count=each.count,
            start=each.start,
            last=each.start + found.width - 1,
            is_truth=each.start <= truth < each.start + found.width,
        )
        for at, each in enumerate(found.bins)
    ]


def _ticks(found: GuessSpread) -> list[tuple[Decimal, int]]:
    steps = (base * 10**power for power in range(9) for base in (1, 2, 5))
    step = next(each for each in steps if each * TICKS >= found.end)
    return [(_place(Decimal(100 * at) / found.end), at) for at in range(0, found.end, step)]


def _place(x: Decimal) -> Decimal:
    return x.quantize(Decimal("0.01"))
