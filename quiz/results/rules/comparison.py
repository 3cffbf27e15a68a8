"""Which criterion decides between two people, step by step through the declared order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

from quiz.contest.rules.presets import Criterion, Key
from quiz.results.rules.ranking import Standing, measured, unit_of

T = TypeVar("T")


class CriterionState(StrEnum):
    """The result of one criterion for two entries."""

    EQUAL = "equal"
    DECIDES = "decides"
    UNUSED = "unused"
    """A criterion before it has decided."""


@dataclass(frozen=True, slots=True)
class CriterionStep:
    """One criterion: its place in the order (1 first), and the values of both entries in whole buckets.

    Values are right answers, points, ms, ms since the epoch, people off the target, or rounds; None where a person has
    none.
    """

    place: int
    criterion: StrEnum
    upper: int | None
    lower: int | None
    state: CriterionState

    @property
    def amount(self) -> int | None:
        """How far the two are apart; None where one has no value."""
        return None if self.upper is None or self.lower is None else abs(self.upper - self.lower)


@dataclass(frozen=True, slots=True)
class RankComparison(Generic[T]):
    """Two people's results, the better one first, and what each criterion says of them, in the declared order."""

    upper: T
    lower: T
    steps: tuple[CriterionStep, ...]

    @property
    def decisive(self) -> CriterionStep | None:
        """The first criterion in which the two differ; None in an exact tie."""
        return next((step for step in self.steps if step.state is CriterionState.DECIDES), None)

    @property
    def is_tie(self) -> bool:
        """Whether the two are equal in every criterion."""
        return self.decisive is None


EntryComparison: TypeAlias = RankComparison[Standing]


@dataclass(frozen=True, slots=True)
class MeasuredPair:
    """A criterion and what it measures of two people, in whole buckets of *unit*; None where one has no value."""

    criterion: StrEnum
    first: int | None
    second: int | None
    unit: int = 1
    is_more_better: bool = False

    @property
    def differs(self) -> bool:
        """Whether the criterion decides."""
        return self.first != self.second

    @property
    def is_second_better(self) -> bool:
        """Whether the second is ahead, where the two differ; a missing value is behind every known one."""
        if self.first is None or self.second is None:
            return self.first is None
        return self.first < self.second if self.is_more_better else self.first > self.second

    @property
    def swapped(self) -> MeasuredPair:
        """The pair the other way round."""
        return replace(self, first=self.second, second=self.first)


def compare(one: T, other: T, pairs: Sequence[MeasuredPair]) -> RankComparison[T]:
    """Return which of two is ahead by the first of *pairs* in which they differ.

    Two missing values are equal. Of a tie the first given stays first. No pairs give a tie without steps; raises
    nothing.
    """
    at = next((place for place, pair in enumerate(pairs) if pair.differs), None)
    swaps = at is not None and pairs[at].is_second_better
    steps = tuple(
        CriterionStep(place + 1, pair.criterion, _shown(pair.first, pair), _shown(pair.second, pair), _state(place, at))
        for place, pair in enumerate(pair.swapped if swaps else pair for pair in pairs)
    )
    return RankComparison(other, one, steps) if swaps else RankComparison(one, other, steps)


def compare_entries(one: Standing, other: Standing, order: Sequence[Key]) -> EntryComparison:
    """Return which of two standings of one round is ahead by *order*, and why, as `compare` does.

    Values are compared as the ranking does, in whole buckets: 192.400 and 192.900 ms are equal where whole seconds
    count.
    """
    return compare(
        one,
        other,
        [
            MeasuredPair(
                key.criterion,
                measured(one, key),
                measured(other, key),
                unit_of(key),
                is_more_better=key.criterion is Criterion.CORRECT,
            )
            for key in order
        ],
    )


def _shown(value: int | None, pair: MeasuredPair) -> int | None:
    return None if value is None else value * pair.unit


def _state(place: int, decisive: int | None) -> CriterionState:
    if place == decisive:
        return CriterionState.DECIDES
    return CriterionState.EQUAL if decisive is None or place < decisive else CriterionState.UNUSED
