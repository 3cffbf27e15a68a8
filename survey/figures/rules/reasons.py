"""The reasons that released ratings gave, for the dissatisfied and the satisfied apart."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.values.week import month_of
from survey.figures.rules.quarter import Quarter, quarter_of
from survey.instrument.rules.levels import Level
from survey.rating.rules.release import MINIMUM

DISSATISFIED = frozenset({Level.VERY_DISSATISFIED, Level.DISSATISFIED})
SATISFIED = frozenset({Level.SATISFIED, Level.VERY_SATISFIED})


@dataclass(frozen=True)
class Given:
    """*count* ratings with one level that ticked the same reasons, of batches whose last week is *until*.

    All of them were released in the week after it.
    """

    until: date
    level: Level
    reasons: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class ReasonCount:
    """How many ratings ticked a reason; None: fewer than MINIMUM."""

    reason: str
    count: int | None


@dataclass(frozen=True)
class Reasons:
    """The reasons of *n* ratings that gave any: the largest count first, then those withheld, in the list's order."""

    n: int
    counts: tuple[ReasonCount, ...]


def reasons_of(
    given: Iterable[Given], levels: frozenset[Level], listed: Sequence[str], quarter: Quarter | None = None
) -> Reasons | None:
    """Return the reasons *listed*, of the ratings of *levels* in *given*, which holds released batches alone.

    The group advances by MINIMUM ratings of its own or more: batches are gathered in the order of their release until
    they hold that many. In the order of weeks a counter that was released later would add to what was seen. A figure of
    reasons says more about a person than a level does, and few are dissatisfied, so that the five ratings of a released
    batch may hold one such person.

    Of a *quarter* those of the whole batches that lie within it, so that what all quarters hold and what lies between
    them differ by a batch or more.

    None while no batch is whole. A reason that is not listed is passed over.
    """
    of_group = [each for each in given if each.level in levels and each.reasons and each.count]
    per_release: Counter[date] = Counter()
    for each in of_group:
        per_release[each.until] += each.count
    batches = [batch for batch in gathered_batches(per_release) if quarter in (None, *_quarters(batch))]
    releases = {until for batch in batches for until in batch}
    shown = [each for each in of_group if each.until in releases]
    counts: Counter[str] = Counter()
    for each in shown:
        counts.update(dict.fromkeys(each.reasons, each.count))
    rows = [ReasonCount(reason, counts[reason] if counts[reason] >= MINIMUM else None) for reason in listed]
    rows.sort(key=lambda row: -(row.count or 0))
    n = sum(each.count for each in shown)
    return Reasons(n, tuple(rows)) if n else None


def _quarters(batch: Sequence[date]) -> tuple[Quarter, ...]:
    """Return the quarter of the releases of *batch*; empty where they are of two."""
    found = {quarter_of(month_of(until)) for until in batch}
    return tuple(found) if len(found) == 1 else ()


def gathered_batches(counts: Mapping[date, int]) -> list[tuple[date, ...]]:
    """Return the releases, named by their last week, in whole batches: of MINIMUM ratings or more, from the first on.

    >>> days = [date(2026, 6, 1), date(2026, 6, 8), date(2026, 6, 15)]
    >>> gathered_batches(dict(zip(days, [3, 2, 4]))) == [tuple(days[:2])]
    True
    """
    batches: list[tuple[date, ...]] = []
    waiting: tuple[date, ...] = ()
    for until in sorted(counts):
        waiting = (*waiting, until)
        if sum(counts[each] for each in waiting) >= MINIMUM:
            batches.append(waiting)
            waiting = ()
    return batches
