"""The spread of a round's guesses as a histogram, with the number that they are measured against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from quiz.contest.labels.guesses import GuessWords, guess_words
from quiz.contest.models import Round
from quiz.contest.rules.presets import GuessTarget
from quiz.results.models import Result, RoundAnswers
from quiz.results.rules.answers import GuessSpread, spread

ON_THE_LINE, HIGH, WORDS_REACH = 3, 8, 30
"""In per cent: how near to the line of the truth a count is not written, and the box below its words: from the top and
to their side.
"""
TICKS, LINES = 5, 3
"""The most labels below the bars, and the most lines behind them."""


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
    is_tallest: bool
    """Whether its count is written on a phone as well."""

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
    lines: Sequence[tuple[Decimal, int]]
    """The lines behind the bars: how far down, and the people that they stand for."""
    is_turnout: bool
    """Whether the number of participants was guessed, not of those with all answers right."""

    @property
    def counted(self) -> list[GuessBar]:
        """The bars whose counts are written: not one on the line of the truth, nor below its words, with which it would
        be read.
        """
        return [bar for bar in self.bars if bar.count and not self._is_in_the_way(bar)]

    def _is_in_the_way(self, bar: GuessBar) -> bool:
        away = self.truth_at - bar.middle if self.is_late else bar.middle - self.truth_at
        return abs(away) < ON_THE_LINE or (bar.y < HIGH and 0 < away < WORDS_REACH)


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
    is_turnout = round.declared.guess_target is GuessTarget.PEOPLE
    bars, ticks, lines = _bars(found, truth), _ticks(found), _lines(found.tallest.count)
    return GuessChart(found, words, words.short_target(result.target), bars, at, at > 50, ticks, lines, is_turnout)


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
            is_tallest=each is found.tallest,
        )
        for at, each in enumerate(found.bins)
    ]


def _ticks(found: GuessSpread) -> list[tuple[Decimal, int]]:
    step = _step(found.end, TICKS)
    return [(_place(Decimal(100 * at) / found.end), at) for at in range(0, found.end, step)]


def _lines(most: int) -> list[tuple[Decimal, int]]:
    step = _step(most, LINES)
    return [(_place(100 - Decimal(100 * count) / most), count) for count in range(step, most + 1, step)]


def _step(whole: int, parts: int) -> int:
    """Return the least 1, 2 or 5 with zeros of which *parts* reach *whole*."""
    steps = (base * int(10**power) for power in range(9) for base in (1, 2, 5))
    return next(each for each in steps if each * parts >= whole)


def _place(x: Decimal) -> Decimal:
    return x.quantize(Decimal("0.01"))
