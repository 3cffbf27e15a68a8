"""The prizes of units by a declared measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from quiz.contest.rules.measures import by_measure
from quiz.contest.rules.presets import Ties
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.terms import CollectiveMeasure
from quiz.results.rules.draws import DrawOrder, TieGroup, parts_by


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """The figures of a unit, its villages included, in the closed rounds, without papers that are not recognised.

    `capped` are the turns up to the declared cap; `headcount` is None where no usable one is known.
    """

    ref: int
    turns: int
    capped: int
    people: int
    winners: int
    points: int
    headcount: int | None = None

    @property
    def is_over(self) -> bool:
        """Whether it has more people than inhabitants, so that it has no rate: false entries, or a wrong headcount."""
        return bool(self.headcount) and self.people > (self.headcount or 0)

    def value(self, measure: CollectiveMeasure) -> Fraction | None:
        """Return the exact value by *measure*; None for a rate without a headcount, or above it.

        >>> UnitFigures(1, 30, 20, 12, 1, 90, headcount=4000).value(CollectiveMeasure.RATE)
        Fraction(3, 1000)
        """
        if measure is not CollectiveMeasure.RATE:
            return Fraction(getattr(self, measure.value))
        if not self.headcount or self.is_over:
            return None
        return Fraction(self.people, self.headcount)


@dataclass(frozen=True, slots=True)
class UnitAward:
    """A unit in the order of the measure, with its prize; `needs_draw` where the public draw decides, for *places*.

    `draw` is the id of the recorded draw by which it got its prize, or none.
    """

    figures: UnitFigures
    value: Fraction
    rank: int
    tier: Tier | None
    needs_draw: bool = False
    places: tuple[str, ...] = ()
    draw: int | None = None


@dataclass(frozen=True, slots=True)
class MeasureList:
    """The units in the order of one measure, with the prizes that go by it."""

    measure: CollectiveMeasure
    awards: Sequence[UnitAward]
    has_prizes: bool = True


DrawsByMeasure = Mapping[CollectiveMeasure, Sequence[DrawOrder]]


def awards_by_measure(
    figures: Sequence[UnitFigures],
    tiers: Sequence[Tier],
    main: CollectiveMeasure | None,
    ties: Ties,
    draws: DrawsByMeasure | None = None,
) -> list[MeasureList]:
    """Return the units by each measure of *tiers*, ranked apart: a unit may have a prize in each list.

    Prizes without a measure go by *main*; no tiers give the order by *main* without prizes, if there is one. *draws*
    are the recorded draws of each measure, the oldest first.
    """
    lists: dict[CollectiveMeasure, list[Tier]] = by_measure(tiers, main) or ({main: []} if main else {})
    return [
        MeasureList(each, collective_awards(figures, own, each, ties, (draws or {}).get(each, ())), bool(own))
        for each, own in lists.items()
    ]


def collective_awards(
    figures: Sequence[UnitFigures],
    tiers: Sequence[Tier],
    measure: CollectiveMeasure,
    ties: Ties,
    draws: Sequence[DrawOrder] = (),
) -> list[UnitAward]:
    """Return the units by *measure*, best first (1, 2, 2, 4), with the prizes down the list.

    Units with nothing, and those without a value by the measure, are not listed. SHARE: equal units that start inside
    a tier get it whole and use up as many places below it. DRAW: equal units whose places have different outcomes wait
    for the draw, or get their places in the order of the one of *draws* that decides about them. Equal units keep the
    order of their refs else. No tiers give no prizes; raises nothing.
    """
    valued = [(value, each) for each in figures if (value := each.value(measure))]
    valued.sort(key=lambda pair: (-pair[0], pair[1].ref))
    places: list[Tier | None] = [tier for tier in tiers for _ in range(tier.quantity)]
    found: list[UnitAward] = []
    for value, pairs in groupby(valued, key=lambda pair: pair[0]):
        group = [each for _value, each in pairs]
        rank = len(found) + 1
        outcomes = places[len(found) : len(found) + len(group)]
        outcomes += [None] * (len(group) - len(outcomes))
        for part, own, draw in _parts(group, outcomes, ties, draws):
            is_split = _is_split(own, ties)
            waits = tuple(tier.name for tier in own if tier) if is_split else ()
            tier = None if is_split else own[0]
            found += [UnitAward(each, value, rank, tier, is_split, waits, draw) for each in part]
    return found


Part = tuple[list[UnitFigures], list[Tier | None], int | None]
"""Units that get one outcome, or wait together; their places; and the draw that put them there."""


def _parts(
    group: list[UnitFigures], outcomes: list[Tier | None], ties: Ties, draws: Sequence[DrawOrder], by: int | None = None
) -> list[Part]:
    """Return equal units in the parts that draws make of them, with the places of each."""
    units = {str(each.ref): each for each in group}
    drawn = parts_by(list(units), draws) if _is_split(outcomes, ties) else None
    if drawn is None:
        return [(group, outcomes, by)]
    draw, parts = drawn
    found, start = list[Part](), 0
    for refs in parts:
        own = outcomes[start : start + len(refs)]
        found += _parts([units[ref] for ref in refs], own, ties, draws, draw.id)
        start += len(refs)
    return found


def _is_split(outcomes: Sequence[Tier | None], ties: Ties) -> bool:
    return ties is Ties.DRAW and any(each is not outcomes[0] for each in outcomes)


def units_to_draw(awards: Sequence[UnitAward]) -> list[TieGroup]:
    """Return the groups of equal units among the *awards* by one measure that wait for a draw, in their order."""
    waiting = [each for each in awards if each.needs_draw]
    return [
        TieGroup(0, rank, tuple(str(each.figures.ref) for each in group), places)
        for (rank, places), group in groupby(waiting, key=lambda each: (each.rank, each.places))
    ]


@dataclass(frozen=True, slots=True)
class MeasureLead:
    """The units that would be first by a measure, and how many of those with people have what it needs.

    No refs where no unit has a value, or where they can't be compared.
    """

    refs: tuple[int, ...]
    known: int
    of: int

    @property
    def is_comparable(self) -> bool:
        """Whether every unit with people has what the measure needs."""
        return self.known == self.of


def first_by_measure(figures: Sequence[UnitFigures]) -> dict[CollectiveMeasure, MeasureLead]:
    """Return by each measure the units that would be first.

    A rate is compared only when every unit with people has a headcount: the others might be ahead. A unit without
    people can't be first, so its headcount is not needed. Raises nothing.

    >>> first_by_measure([UnitFigures(1, 9, 9, 9, 0, 9, headcount=90), UnitFigures(2, 5, 5, 5, 0, 5)])["rate"]
    MeasureLead(refs=(), known=1, of=2)
    """
    return {measure: _first(figures, measure) for measure in CollectiveMeasure}


def _first(figures: Sequence[UnitFigures], measure: CollectiveMeasure) -> MeasureLead:
    taking_part = [each for each in figures if each.people]
    known = [each for each in taking_part if measure is not CollectiveMeasure.RATE or each.headcount]
    if len(known) < len(taking_part):
        return MeasureLead((), len(known), len(taking_part))
    values = {each.ref: value for each in figures if (value := each.value(measure))}
    best = max(values.values(), default=None)
    refs = tuple(ref for ref, value in values.items() if value == best)
    return MeasureLead(refs, len(known), len(taking_part))
