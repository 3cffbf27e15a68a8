"""The reasons that released ratings gave, for the dissatisfied and the satisfied apart."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

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


def reasons_of(given: Iterable[Given], levels: frozenset[Level], listed: Sequence[str]) -> Reasons | None:
    """Return the reasons *listed*, of the ratings of *levels* in *given*, which holds released batches alone.

    The group advances by MINIMUM ratings of its own or more: batches are gathered in the order of their release until
    they hold that many. In the order of weeks a counter that was released later would add to what was seen. A figure of
    reasons says more about a person than a level does, and few are dissatisfied, so that the five ratings of a released
    batch may hold one such person.

    None while no batch is whole. A reason that is not listed is passed over.
    """
    of_group = [each for each in given if each.level in levels and each.reasons and each.count]
    per_release: Counter[date] = Counter()
    for each in of_group:
        per_release[each.until] += each.count
    releases = gathered_releases(per_release)
    shown = [each for each in of_group if each.until in releases]
    counts: Counter[str] = Counter()
    for each in shown:
        counts.update(dict.fromkeys(each.reasons, each.count))
    rows = [ReasonCount(reason, counts[reason] if counts[reason] >= MINIMUM else None) for reason in listed]
    rows.sort(key=lambda row: -(row.count or 0))
    n = sum(each.count for each in shown)
    return Reasons(n, tuple(rows)) if n else None


def gathered_releases(counts: Mapping[date, int]) -> frozenset[date]:
    """Return the releases, named by their last week, whose ratings are shown: gathered from the first on until they
    hold MINIMUM ratings or more.

    >>> days = [date(2026, 6, 1), date(2026, 6, 8), date(2026, 6, 15)]
    >>> sorted(gathered_releases(dict(zip(days, [3, 2, 4])))) == days[:2]
    True
    """
    shown: list[date] = []
    waiting: list[date] = []
    for until in sorted(counts):
        waiting.append(until)
        if sum(counts[each] for each in waiting) >= MINIMUM:
            shown += waiting
            waiting = []
    return frozenset(shown)
