"""Guesses, the number guessed at and distances in words: people, or per cent with the declared decimals."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from core.translation import gettext
from core.values.numbers import decimal, percentage, thousands
from quiz.contest.rules.presets import GuessTarget, Rules

FURTHER = 2
"""Decimals of the target and of distances beyond those of a guess, so that near ones look different."""


class GuessWords(NamedTuple):
    """The words for the guesses of a round: without `decimals` counts of people, else per cent of *people*."""

    decimals: int | None = None
    people: int = 1

    @property
    def is_percent(self) -> bool:
        """Whether a percentage is guessed."""
        return self.decimals is not None

    def bare(self, guess: int) -> str:
        """Return a guess as a number: "480", "33,5 %"."""
        return thousands(guess) if self.decimals is None else percentage(self.value(guess), self.decimals)

    def short(self, guess: int) -> str:
        """Return a guess as a number without decimals that are zero, for an axis."""
        if self.decimals is None:
            return thousands(guess)
        whole = self.value(guess).normalize()
        return percentage(whole, max(0, -int(whole.as_tuple().exponent)))

    def guess(self, guess: int) -> str:
        """Return a guess with its unit: "480 người", "33,5 %"."""
        return self.bare(guess) if self.is_percent else _people(guess)

    def target(self, number: int) -> str:
        """Return the target as a number, a percentage with what it is of: "33,86 % (484 trong 1.429 người)"."""
        if self.decimals is None:
            return thousands(number)
        return gettext(
            "%(share)s (%(number)s trong %(people)s người)",
            share=percentage(self.share(number), self.decimals + FURTHER),
            number=thousands(number),
            people=thousands(self.people),
        )

    def short_target(self, number: int) -> str:
        """Return the target as a number alone."""
        if self.decimals is None:
            return thousands(number)
        return percentage(self.share(number), self.decimals + FURTHER)

    def distance(self, distance: int) -> str:
        """Return the distance of a guess from the target, or between two: "9 người", "0,36 điểm phần trăm"."""
        if self.decimals is None:
            return _people(distance)
        return gettext("%(n)s điểm phần trăm", n=self.bare_distance(distance))

    def bare_distance(self, distance: int) -> str:
        """Return a distance without its unit, for a column that names it."""
        if self.decimals is None:
            return thousands(distance)
        return decimal(self.distance_value(distance), self.decimals + FURTHER)

    def value(self, guess: int) -> Decimal:
        """Return a guess as the number that was typed.

        >>> GuessWords(1).value(335)
        Decimal('33.5')
        """
        return Decimal(guess).scaleb(-(self.decimals or 0))

    def share(self, number: int) -> Decimal:
        """Return the target in per cent.

        >>> GuessWords(1, 4).share(1)
        Decimal('25')
        """
        return Decimal(100 * number) / self.people

    def exact(self, number: int) -> Decimal:
        """Return the target in the unit in which guesses are kept: a percentage by its last decimal."""
        return self.share(number).scaleb(self.decimals) if self.decimals is not None else Decimal(number)

    def nearest(self, number: int) -> int:
        """Return the guess that is nearest to the target, the higher one of two."""
        return int(self.exact(number).quantize(Decimal(1), ROUND_HALF_UP))

    def distance_value(self, distance: int) -> Decimal:
        """Return a distance in people, or in percentage points."""
        return Decimal(distance).scaleb(-(self.decimals or 0)) / self.people

    def sheet(self, guess: int) -> int | float:
        """Return a guess as the number in a sheet."""
        return float(self.value(guess)) if self.is_percent else guess

    def sheet_distance(self, distance: int) -> int | float:
        """Return a distance as the number in a sheet; percentage points have six decimals."""
        return round(float(self.distance_value(distance)), 6) if self.is_percent else distance


def guess_words(rules: Rules, people: int | None) -> GuessWords:
    """Return the words of a round with *rules*, whose results measure a share of so many *people*."""
    if rules.guess_target is not GuessTarget.PERCENT:
        return GuessWords()
    return GuessWords(rules.guess_decimals, people or 1)


def _people(n: int) -> str:
    return gettext("%(n)s người", n=thousands(n))
