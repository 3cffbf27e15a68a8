"""The prizes of people for the whole contest, down the standings of the season."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from quiz.attempt.rules.entry import EntryValue
from quiz.contest.rules.presets import Rules
from quiz.contest.rules.prizes import Tier
from quiz.results.rules.draws import DrawOrder
from quiz.results.rules.prizes import Award, award, forgone
from quiz.results.rules.ranking import Standing


@dataclass(frozen=True, slots=True)
class SeasonPlace:
    """A person in the standings of the whole contest: their rank in their bloc, and what the rounds add up to."""

    ref: str
    rank: int
    score: int
    bloc: int | None = None


def season_awards(
    places: Sequence[SeasonPlace],
    tiers: Sequence[Tier],
    rules: Rules,
    *,
    passed: Collection[str] = (),
    draws: Sequence[DrawOrder] = (),
) -> list[Award]:
    """Return the prizes of *tiers* down *places*, as those of a round are given down its standings.

    Those of equal rank share, or wait for the public draw, by the ties of *rules*; where more are equal than may share,
    the draw decides, since a season has no earlier submission. Somebody whom the rounds gave nothing gets no prize.

    >>> from quiz.contest.rules.presets import PRESETS
    >>> found = season_awards([SeasonPlace("a", 1, 40), SeasonPlace("b", 2, 38)], [Tier("Nhất", 1)], PRESETS["vcnet"])
    >>> [each.standing.entry.ref for each in found]
    ['a']
    """
    return award(_standings(places), tiers, rules.ties, passed, rules.most_sharing, draws)


def season_forgone(
    places: Sequence[SeasonPlace],
    tiers: Sequence[Tier],
    rules: Rules,
    *,
    passed: Collection[str],
    draws: Sequence[DrawOrder] = (),
) -> dict[str, Award]:
    """Return the prize of each of *passed* who would have one if reached; none passed give an empty dict."""
    return forgone(_standings(places), tiers, rules.ties, passed, rules.most_sharing, draws)


def _standings(places: Sequence[SeasonPlace]) -> list[Standing]:
    return [
        Standing(
            rank=each.rank,
            entry=EntryValue(
                ref=each.ref, correct=each.score, duration_ms=None, guess=None, submitted_ms=None, bloc=each.bloc
            ),
            distance=None,
            decided_by=None,
        )
        for each in places
    ]
