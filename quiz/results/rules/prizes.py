"""Prizes by the standings, and the ties that a public draw decides."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from quiz.contest.rules.presets import Ties
from quiz.contest.rules.prizes import Tier
from quiz.results.rules.ranking import Standing


@dataclass(frozen=True, slots=True)
class Award:
    """A standing with its prize; no tier means the draw decides."""

    standing: Standing
    tier: Tier | None
    needs_draw: bool


def award(
    standings: Sequence[Standing], tiers: Sequence[Tier], ties: Ties, passed: Collection[str] = ()
) -> list[Award]:
    """Return the prizes down the standings, tier after tier, in the order given.

    `passed` are refs that get none (unreachable, excluded); the next ones move up. SHARE: a tie group that starts
    inside a tier gets that tier whole, and uses up as many places below it. DRAW: a group whose places have different
    outcomes (two tiers, or prize and none) waits for the draw as a whole. An entry with 0 correct gets no prize.
    Standings, groups and awards keep their order; no standings or tiers give no awards; raises nothing.
    """
    places = [tier for tier in tiers for _ in range(tier.quantity)]
    awards: list[Award] = []
    taken = 0
    for group in _tie_groups(standings, passed):
        if taken >= len(places):
            break
        outcomes = places[taken : taken + len(group)]
        split = len(outcomes) < len(group) or any(tier is not outcomes[0] for tier in outcomes)
        if ties is Ties.DRAW and split:
            awards += [Award(standing, None, True) for standing in group]
        else:
            awards += [Award(standing, outcomes[0], False) for standing in group]
        taken += len(group)
    return awards


def forgone(
    standings: Sequence[Standing], tiers: Sequence[Tier], ties: Ties, passed: Collection[str]
) -> dict[str, Award]:
    """Return the prize of each of *passed* who would have one if reached, the others passed as they are; by ref.

    A mark "not reached" belongs to a prize: those who are missing here were never in line for one. None passed, or no
    tiers, give an empty dict; raises nothing.
    """
    offered = {ref: award(standings, tiers, ties, set(passed) - {ref}) for ref in passed}
    return {ref: each for ref, awards in offered.items() for each in awards if each.standing.entry.ref == ref}


def _tie_groups(standings: Sequence[Standing], passed: Collection[str]) -> Iterator[list[Standing]]:
    ordered = sorted(standings, key=_place)  # stable: a tie keeps its order
    for _, group in groupby(ordered, key=_place):
        eligible = [one for one in group if one.entry.ref not in passed and one.entry.correct > 0]
        if eligible:
            yield eligible


def _place(standing: Standing) -> int:
    return standing.rank
