"""Which criterion decides between two entries of a round, step by step through the declared order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from quiz.contest.rules.presets import Criterion, Key
from quiz.results.rules.ranking import Standing, measured, unit_of


class CriterionState(StrEnum):
    """The result of one criterion for two entries."""

    EQUAL = "equal"
    DECIDES = "decides"
    UNUSED = "unused"
    """A criterion before it has decided."""


@dataclass(frozen=True, slots=True)
class CriterionStep:
    """One criterion: its place in the order (1 first), and the values of both entries in whole buckets.

    Values are right answers, ms, ms since the epoch, or people off the target; None where an entry has none.
    """

    place: int
    criterion: Criterion
    upper: int | None
    lower: int | None
    state: CriterionState

    @property
    def amount(self) -> int | None:
        """How far the two are apart; None where one has no value."""
        return None if self.upper is None or self.lower is None else abs(self.upper - self.lower)


@dataclass(frozen=True, slots=True)
class EntryComparison:
    """Two entries, the better one first, and what each criterion says of them, in the declared order."""

    upper: Standing
    lower: Standing
    steps: tuple[CriterionStep, ...]

    @property
    def decisive(self) -> CriterionStep | None:
        """The first criterion in which the two differ; None in an exact tie."""
        return next((step for step in self.steps if step.state is CriterionState.DECIDES), None)

    @property
    def is_tie(self) -> bool:
        """Whether the two are equal in every criterion."""
        return self.decisive is None


def compare_entries(one: Standing, other: Standing, order: Sequence[Key]) -> EntryComparison:
    """Return which of two standings of one round is ahead by *order*, and why.

    Values are compared as the ranking does, in whole buckets: 192.400 and 192.900 ms are equal where whole seconds
    count. A missing value is behind every known one; two missing ones are equal. Of a tie the first given stays first.
    An empty order gives a tie without steps; raises nothing.
    """
    found = [(measured(one, key), measured(other, key)) for key in order]
    at = next((place for place, (first, second) in enumerate(found) if first != second), None)
    swapped = at is not None and _is_behind(*found[at], order[at].criterion)
    if swapped:
        found = [(second, first) for first, second in found]
    steps = tuple(
        CriterionStep(place + 1, key.criterion, _shown(first, key), _shown(second, key), _state(place, at))
        for place, (key, (first, second)) in enumerate(zip(order, found, strict=True))
    )
    return EntryComparison(other, one, steps) if swapped else EntryComparison(one, other, steps)


def _is_behind(first: int | None, second: int | None, criterion: Criterion) -> bool:
    if first is None or second is None:
        return first is None
    return first < second if criterion is Criterion.CORRECT else first > second


def _shown(value: int | None, key: Key) -> int | None:
    return None if value is None else value * unit_of(key)


def _state(place: int, decisive: int | None) -> CriterionState:
    if place == decisive:
        return CriterionState.DECIDES
    return CriterionState.EQUAL if decisive is None or place < decisive else CriterionState.UNUSED
