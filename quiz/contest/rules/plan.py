"""The rounds that a plan names: patterns of a schedule, and the mistakes of a table of rounds."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from core.values.week import day_start
from quiz.contest.rules.schedule import NOON, WEEK, Span

HALF_YEAR_MONTHS = 6
LONGEST = timedelta(days=400)
"""A round that is open for longer is taken for a typing error."""
MONDAY, TUESDAY = 0, 1


class Pattern(StrEnum):
    """A known schedule, or a table in which each round has its own days and hours."""

    WEEKLY = "tuan"
    OFFICE_HOURS = "thu-hai-10-gio"
    FROM_TUESDAY = "thu-ba-7-gio"
    FORTNIGHT = "hai-tuan"
    HALF_YEAR = "nua-nam"
    TABLE = "bang"


class RoundShape(NamedTuple):
    """One round of a pattern: its weekday (None for any), and its moments from the start of its first day."""

    weekday: int | None
    opens: timedelta
    closes: timedelta
    results: timedelta
    step: timedelta


_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
SHAPES: dict[Pattern, RoundShape] = {
    Pattern.WEEKLY: RoundShape(MONDAY, 0 * _HOUR, WEEK, WEEK + NOON, WEEK),
    Pattern.OFFICE_HOURS: RoundShape(MONDAY, 10 * _HOUR, WEEK + 9 * _HOUR, WEEK + NOON, WEEK),
    Pattern.FROM_TUESDAY: RoundShape(TUESDAY, 7 * _HOUR, 6 * _DAY, 6 * _DAY + NOON, WEEK),
    Pattern.FORTNIGHT: RoundShape(None, 0 * _HOUR, 2 * WEEK, 2 * WEEK + NOON, 2 * WEEK),
}
"""The patterns of equally long rounds; Sunday ends at the midnight after it."""


@dataclass(frozen=True)
class PlannedRound:
    """A round of a plan. An empty name means "Tuần n"; `same_week` is another paper of the week of the round before."""

    span: Span
    name: str = ""
    same_week: bool = False

    @property
    def span_moments(self) -> tuple[datetime, datetime, datetime]:
        """Its opening, its close and the moment of its results."""
        return self.span.opens_at, self.span.closes_at, self.span.results_at


class Mistake(StrEnum):
    """A mistake in a round of a table."""

    CLOSES_FIRST = "closes-first"
    RESULTS_FIRST = "results-first"
    TOO_LONG = "too-long"
    OUT_OF_ORDER = "out-of-order"
    OVERLAPS = "overlaps"
    NO_WEEK = "no-week"


def weekday_of(pattern: Pattern) -> int | None:
    """Return the weekday on which the first round of *pattern* begins, 0 for Monday; None for any."""
    return SHAPES[pattern].weekday if pattern in SHAPES else None


def spans(pattern: Pattern, first: date, count: int) -> list[Span]:
    """Return *count* rounds of *pattern* from the day *first*, without a gap. No rounds give an empty list.

    Raises ValueError for a table, whose rounds are typed.

    >>> [str(each.closes_at) for each in spans(Pattern.OFFICE_HOURS, date(2026, 12, 7), 1)]
    ['2026-12-14 02:00:00+00:00']
    """
    if pattern is Pattern.HALF_YEAR:
        days = [_months_later(first, HALF_YEAR_MONTHS * at) for at in range(count + 1)]
        return [
            Span(day_start(opens), day_start(closes), day_start(closes) + NOON)
            for opens, closes in zip(days, days[1:], strict=False)
        ]
    if pattern not in SHAPES:
        raise ValueError("the rounds of a table are typed")
    shape = SHAPES[pattern]
    starts = [day_start(first + at * shape.step) for at in range(count)]
    return [Span(start + shape.opens, start + shape.closes, start + shape.results) for start in starts]


def mistakes(rounds: Sequence[PlannedRound]) -> list[tuple[int, Mistake]]:
    """Return what is wrong with a table of rounds, by their index: one mistake for each, the first that holds.

    Rounds stand in the order of their opening, and one opens when all of the weeks before have closed; the papers of
    one week may overlap.
    """
    found = []
    week_opens: datetime | None = None  # the first opening of the present week
    week_closes: datetime | None = None  # the last close of the present week
    closed: datetime | None = None  # the last close of the weeks before
    for at, round in enumerate(rounds):
        span = round.span
        if not round.same_week:
            closed, week_opens, week_closes = week_closes, None, closed
        mistake = _own_mistake(span) or _place_mistake(round, at, closed=closed, week_opens=week_opens)
        if mistake:
            found.append((at, mistake))
        week_opens = week_opens or span.opens_at
        week_closes = max(filter(None, (week_closes, closed, span.closes_at)))
    return found


def _own_mistake(span: Span) -> Mistake | None:
    if span.closes_at <= span.opens_at:
        return Mistake.CLOSES_FIRST
    if span.results_at < span.closes_at:
        return Mistake.RESULTS_FIRST
    return Mistake.TOO_LONG if span.closes_at - span.opens_at > LONGEST else None


def _place_mistake(
    round: PlannedRound, at: int, *, closed: datetime | None, week_opens: datetime | None
) -> Mistake | None:
    if round.same_week and at == 0:
        return Mistake.NO_WEEK
    if week_opens is not None and round.span.opens_at < week_opens:
        return Mistake.OUT_OF_ORDER
    return Mistake.OVERLAPS if closed is not None and round.span.opens_at < closed else None


def _months_later(day: date, months: int) -> date:
    """Return the same day *months* later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
